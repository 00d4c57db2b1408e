import type { AccessGrant, Instant, LocalDay } from '@oya/contract';

/** Read access that a persona has given to a contract of theirs. */
export interface PersonaGrant {
  readonly id: string;
  /** Id of a utility of `utilities`. */
  readonly utility: string;
  readonly contractId: string;
  /** Id of the persona who may read it; `null` for somebody who has not answered yet, or was nobody of ours. */
  readonly readerId: string | null;
  readonly email: string;
  readonly state: AccessGrant['state'];
  readonly invitedAt: Instant;
  readonly until: LocalDay | null;
}

/** Hélène lets her daughter see the family house; the agency that once let it no longer does. */
export const personaGrants: readonly PersonaGrant[] = [
  {
    id: 'helene-to-lea', utility: 'sicae', contractId: 'helene-second-electricity', readerId: 'lea',
    email: 'lea.cazals@example.org', state: 'active', invitedAt: '2026-06-20T16:12:00Z', until: '2027-06-30',
  },
  {
    id: 'helene-to-tenant', utility: 'sicae', contractId: 'helene-second-electricity', readerId: null,
    email: 'famille.moreau@example.org', state: 'invited', invitedAt: '2026-11-21T09:40:00Z', until: null,
  },
  {
    id: 'helene-to-agency', utility: 'sicae', contractId: 'helene-second-electricity', readerId: null,
    email: 'gestion@example.org', state: 'ended', invitedAt: '2025-03-02T10:05:00Z', until: '2026-03-01',
  },
];
