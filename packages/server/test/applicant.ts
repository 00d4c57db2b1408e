/** Somebody who makes an account: what they type, and the work that their browser does. */
import { createHash } from 'node:crypto';
import type { Cents, Challenge, ProblemDocument, Proof, SignUp } from '@oya/contract';
import { accessRules, prospects, type Persona } from '@oya/personas';
import { Visitor, type Answer } from './visitor.ts';

export const PASSWORD = 'Verrerie+Viaur-26';

export function prospect(id: string): Persona {
  const found = prospects.find((persona) => persona.id === id);
  if (!found) throw new RangeError(`there is no prospect "${id}"`);
  return found;
}

export function invoiceProof({ invoice }: Persona): Proof {
  return { kind: 'invoice', number: invoice.number, total: invoice.totalCents as Cents };
}

export function contractProof({ contracts: [contract], customer }: Persona): Proof {
  if (!contract) throw new RangeError('no contract');
  return { kind: 'contract', contractNumber: contract.number, deliveryPoint: contract.deliveryPoint, lastName: customer.displayName.split(' ').at(-1) ?? '' };
}

export type Refusable<T> = T & ProblemDocument;

export class Applicant extends Visitor {
  start(proof: Proof, more: Record<string, unknown> = {}): Promise<Answer<Refusable<SignUp>>> {
    return this.send('POST', '/sign-ups', { body: { proof, termsVersion: accessRules.terms.version, language: 'fr', ...more } });
  }

  async solved(): Promise<string> {
    const { body } = await this.get<Challenge>('/access/challenge');
    const { algorithm, challenge, salt, signature, maxNumber } = body;
    let number = 0;
    while (number <= maxNumber && createHash('sha256').update(`${salt}${number}`).digest('hex') !== challenge) number++;
    return Buffer.from(JSON.stringify({ algorithm, challenge, number, salt, signature })).toString('base64');
  }

  async submit(signUpId: string, account: Record<string, unknown> = {}): Promise<Answer<Refusable<SignUp>>> {
    const body = { email: 'paul.vidal@example.net', identifier: 'paul.vidal', password: PASSWORD, challenge: await this.solved(), ...account };
    return this.send('PUT', `/sign-ups/${signUpId}/account`, { body });
  }

  confirm(signUpId: string, code: string): Promise<Answer<ProblemDocument & { state?: string; expiresAt?: string }>> {
    return this.send('POST', `/sign-ups/${signUpId}/confirmation`, { body: { code } });
  }

  resend(signUpId: string, body: object = {}): Promise<Answer<Refusable<SignUp>>> {
    return this.send('POST', `/sign-ups/${signUpId}/codes`, { body });
  }

  forgot(login: string, more: object = {}): Promise<Answer<ProblemDocument & { resetId: string; expiresAt: string; resendAt: string }>> {
    return this.send('POST', '/password-resets', { body: { login, language: 'fr', ...more } });
  }

  reset(resetId: string, code: string, password = PASSWORD): Promise<Answer<ProblemDocument & { state?: string }>> {
    return this.send('POST', `/password-resets/${resetId}`, { body: { code, password } });
  }

  whichIdentifier(email: string): Promise<Answer<ProblemDocument & { to: string }>> {
    return this.send('POST', '/forgotten-identifiers', { body: { email, language: 'fr' } });
  }
}
