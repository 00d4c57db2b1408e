/** Whom to call when the power is off or gas is smelt. */
import type { ContactPoint, Energy } from './portal.ts';

/** Answers everywhere in Europe, for whoever is in danger. */
export const DANGER_NUMBER = '112';
/** Answers text messages everywhere in France, for those who can neither hear nor speak. */
export const DANGER_TEXT_NUMBER = '114';

const ENERGY_OF: Readonly<Record<ContactPoint['purpose'], Energy | undefined>> = {
  'gas-emergency': 'gas',
  'electricity-breakdown': 'electricity',
  'customer-service': undefined,
};

/**
 * The numbers to call, what is dangerous first. Of one purpose those of the commune come alone, else those that answer
 * anywhere, else all: a commune that nobody knows must not leave somebody without a number.
 */
export function emergencyContacts(contacts: readonly ContactPoint[], { energy, commune }: { energy?: Energy | undefined; commune?: string | undefined } = {}): ContactPoint[] {
  const purposes = (Object.keys(ENERGY_OF) as ContactPoint['purpose'][]).filter((purpose) => ENERGY_OF[purpose] !== undefined && (energy === undefined || ENERGY_OF[purpose] === energy));
  return purposes.flatMap((purpose) => nearest(contacts.filter((contact) => contact.purpose === purpose && (contact.phone ?? contact.textRelay) !== undefined), commune));
}

/** Which energy a number is for; none for what is no emergency. */
export function energyOfContact({ purpose }: Pick<ContactPoint, 'purpose'>): Energy | undefined {
  return ENERGY_OF[purpose];
}

/** Where a text reaches who cannot hear: a number's `sms:`, or the address of a relay; `undefined` for what is neither. */
export function textRelayAddress(textRelay: string): string | undefined {
  if (/^https:\/\//i.test(textRelay)) return textRelay;
  return /^\+?[\d\s.()-]+$/.test(textRelay) ? `sms:${textRelay.replaceAll(/[^+\d]/g, '')}` : undefined;
}

function nearest(contacts: readonly ContactPoint[], commune: string | undefined): readonly ContactPoint[] {
  if (commune === undefined) return contacts;
  const wanted = folded(commune);
  const near = contacts.filter(({ place }) => place?.some((name) => folded(name) === wanted));
  const anywhere = contacts.filter(({ place }) => place === undefined);
  return [near, anywhere].find((found) => found.length > 0) ?? contacts;
}

function folded(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, ' ').trim();
}
