/** What a customer can change in their account, and what is kept of a change that is not finished. */
import type { OperationName, Profile } from '@oya/contract';
import { capitalized, type PortalClient } from '@oya/core';
import { areValues, type Values } from '../light-form/form-values.ts';
import { drop, keep, kept } from '../light-form/kept.ts';

/** Each by the operation that it needs. */
export const CHANGES = {
  email: 'startEmailChange',
  phone: 'updateProfile',
  address: 'changeAddress',
  withdrawal: 'withdrawRequest',
  identifier: 'changeIdentifier',
  password: 'changePassword',
  language: 'updateProfile',
  notifications: 'updateProfile',
  export: 'exportData',
  closure: 'closeAccount',
} as const satisfies Readonly<Record<string, OperationName>>;

export type Change = keyof typeof CHANGES;

/** Those in which something is typed that is no secret. */
export const DRAFTED = ['email', 'phone', 'address', 'identifier', 'language', 'notifications'] as const satisfies readonly Change[];

const SECRETS: ReadonlySet<string> = new Set(['currentPassword', 'password', 'repeat', 'code', 'username']);

export function keepDraft(client: PortalClient, change: Change, values: Values): void {
  if (isDrafted(change)) keep(keyOf(client.settings.value.utility, client.customerId, change), Object.fromEntries(Object.entries(values).filter(([name]) => !SECRETS.has(name))));
}

export function findDraft(client: PortalClient, change: Change): Values | undefined {
  const draft = kept(keyOf(client.settings.value.utility, client.customerId, change));
  return areValues(draft) ? draft : undefined;
}

export function dropDraft(client: PortalClient, change: Change, customerId = client.customerId): void {
  drop(keyOf(client.settings.value.utility, customerId, change));
}

function isDrafted(change: Change): boolean {
  return (DRAFTED as readonly Change[]).includes(change);
}

/** The number changes with the fields: a draft of another version of the kit is not read. */
function keyOf(utility: string | undefined, customerId: string, change: Change): string {
  return `oya-profile/1/${utility ?? ''}/${customerId}/${change}`;
}

/** A language by its own name: `English`, `Français`. */
export function languageName(tag: string): string {
  return capitalized(new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag, tag);
}

/** The change of address that waits, or that was refused last and has not been asked for anew. */
export function openRequest({ requests }: Profile): Profile['requests'][number] | undefined {
  const [latest] = requests;
  return latest?.state === 'pending' || latest?.state === 'refused' ? latest : undefined;
}
