/** What is typed in each step, read as the portal wants it, or else which fields to look at again and why. Pure. */
import { EmailAddress, Identifier, readAmount, readDeliveryPoint, readInvoiceNumber, type AccessRules, type Proof } from '@oya/contract';
import type { Values } from '../light-form/form-values.ts';
import { faultsOf } from '../light-form/password-rules.ts';

/** Why a field is refused: the key of its words is `<field>.<fault>`. */
export type Fault = 'empty' | 'invalid' | 'different' | 'email' | 'taken' | 'faults';
export type Faults = ReadonlyMap<string, Fault>;

export type Reading<T> = { readonly value: T } | { readonly faults: Faults };

export function readStart(values: Values, { terms, proofs }: AccessRules): Reading<Proof['kind']> {
  const kind = proofs.length === 1 ? proofs[0] : proofs.find((proof) => proof === values['proof']);
  return reading(kind as Proof['kind'], { proof: kind ? undefined : 'empty', terms: values['terms'] === terms.version ? undefined : 'empty' });
}

export function readProof(kind: Proof['kind'], values: Values): Reading<Proof> {
  const of = (name: string) => values[name]?.trim() ?? '';
  if (kind === 'invoice') {
    const [number, total] = [readInvoiceNumber(of('number')), readAmount(of('total'))];
    return reading<Proof>({ kind, number: number as string, total: total as NonNullable<typeof total> }, { number: unreadable(of('number'), number), total: unreadable(of('total'), total) });
  }
  const [contractNumber, lastName] = [of('contractNumber'), of('lastName')];
  const deliveryPoint = readDeliveryPoint(of('deliveryPoint'));
  return reading<Proof>(
    { kind, contractNumber, deliveryPoint: deliveryPoint as string, lastName },
    { contractNumber: contractNumber ? undefined : 'empty', deliveryPoint: unreadable(of('deliveryPoint'), deliveryPoint), lastName: lastName ? undefined : 'empty' },
  );
}

export interface Account {
  readonly email: string;
  readonly identifier: string;
  readonly password: string;
}

export function readAccount(values: Values, { password: policy }: AccessRules, { phone, taken }: { phone: 'none' | 'read' | 'invalid'; taken: boolean }): Reading<Account> {
  const [email, again, identifier] = ['email', 'emailAgain', 'identifier'].map((name) => values[name]?.trim() ?? '') as [string, string, string];
  const { password = '', passwordAgain = '' } = values;
  return reading(
    { email, identifier, password },
    {
      email: readEmail(email),
      emailAgain: again === '' ? 'empty' : again.toLowerCase() === email.toLowerCase() ? undefined : 'different',
      phone: phone === 'invalid' ? 'invalid' : undefined,
      identifier: identifierFault(identifier, taken),
      password: password === '' ? 'empty' : faultsOf(password, policy, personalWords(values)).length > 0 ? 'faults' : undefined,
      passwordAgain: passwordAgain === '' ? 'empty' : passwordAgain === password ? undefined : 'different',
    },
  );
}

/** Of what a password must not mainly be made. */
export function personalWords(values: Values): string[] {
  return ['identifier', 'email', 'lastName'].map((name) => values[name] ?? '');
}

export function readNewEmail(values: Values): Reading<string> {
  const email = values['newEmail']?.trim() ?? '';
  return reading(email, { newEmail: readEmail(email) });
}

export function readCode(values: Values, digits: number): Reading<string> {
  const code = (values['code'] ?? '').normalize('NFKC').replaceAll(/[\s.-]/g, '');
  return reading(code, { code: code === '' ? 'empty' : new RegExp(`^\\d{${digits}}$`).test(code) ? undefined : 'invalid' });
}

function reading<T>(value: T, faults: Readonly<Record<string, Fault | undefined>>): Reading<T> {
  const found = Object.entries(faults).filter((entry): entry is [string, Fault] => entry[1] !== undefined);
  return found.length > 0 ? { faults: new Map(found) } : { value };
}

function unreadable(typed: string, read: unknown): Fault | undefined {
  if (typed === '') return 'empty';
  return read === undefined ? 'invalid' : undefined;
}

function readEmail(email: string): Fault | undefined {
  if (email === '') return 'empty';
  return EmailAddress.safeParse(email).success ? undefined : 'invalid';
}

function identifierFault(identifier: string, taken: boolean): Fault | undefined {
  if (identifier === '') return 'empty';
  if (identifier.includes('@')) return 'email';
  if (!Identifier.safeParse(identifier).success) return 'invalid';
  return taken ? 'taken' : undefined;
}
