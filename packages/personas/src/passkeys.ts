import type { Passkey } from '@oya/contract';

/** Passkeys that a persona has from the start, where there is no device to make one: to be looked at and removed, they open nothing. */
export const personaPasskeys: readonly (Passkey & { readonly personaId: string })[] = [
  { personaId: 'nadia', id: 'nadia-phone', label: 'Mon téléphone', createdAt: '2026-05-02T17:24:00Z', lastUsedAt: '2026-11-22T19:41:00Z', synced: true },
  { personaId: 'nadia', id: 'nadia-computer', label: 'Ordinateur du bureau (Windows)', createdAt: '2026-03-18T08:12:00Z', lastUsedAt: null, synced: false },
];
