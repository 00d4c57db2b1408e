/** Who answers for a utility: each has a token of their own, which is kept nowhere and can be taken back. */
import { PortalError } from '@oya/contract';
import { randomUUID } from 'node:crypto';
import type { Database } from '../database/open.ts';
import { digestOf, newSecret } from '../identity/digests.ts';
import { countTry, forgiveTry, type Counter } from '../identity/slow-down.ts';

/** What somebody is let do: read and answer customers' messages, and read and decide their requests; say what is cut, and see what customers report. */
export const AGENT_DUTIES = ['messages', 'network'] as const;
export type AgentDuty = (typeof AGENT_DUTIES)[number];

export interface Agent {
  readonly id: string;
  /** As customers see who answered. */
  readonly name: string;
}

/** @returns the token, which is told once */
export async function addAgent(db: Database, utilityId: string, name: string, now: number, duties: readonly AgentDuty[] = ['messages']): Promise<string> {
  const token = newSecret();
  await db
    .insertInto('agent')
    .values({ id: randomUUID(), utility_id: utilityId, name, token_hash: digestOf('agent', token), created_at: new Date(now), duties: [...duties] })
    .execute();
  return token;
}

export async function agentsOf(db: Database, utilityId?: string): Promise<(Agent & { readonly utilityId: string; readonly duties: readonly AgentDuty[]; readonly createdAt: Date; readonly revokedAt: Date | null })[]> {
  const all = db.selectFrom('agent').select(['id', 'name', 'utility_id as utilityId', 'duties', 'created_at as createdAt', 'revoked_at as revokedAt']).orderBy('created_at');
  return (utilityId === undefined ? all : all.where('utility_id', '=', utilityId)).execute();
}

/** @returns whether there was one whose token held */
export async function revokeAgent(db: Database, id: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('agent').set({ revoked_at: new Date(now) }).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** @param token of the header `authorization: Bearer …` @throws PortalError `unauthenticated`, `forbidden` for who is there for something else, or `rate-limited` for who guesses */
export async function requireAgent(db: Database, utilityId: string, token: string | undefined, duty: AgentDuty, { address, now }: { readonly address: string; readonly now: number }): Promise<Agent> {
  const counters: Counter[] = [{ subject: digestOf('agents of', utilityId, address), free: 10, longestWaitSeconds: 60, forgives: 'one' }];
  await countTry(db, counters, now);
  const agent = token === undefined ? undefined : await db.selectFrom('agent').select(['id', 'name', 'duties']).where('utility_id', '=', utilityId).where('token_hash', '=', digestOf('agent', token)).where('revoked_at', 'is', null).executeTakeFirst();
  if (!agent) throw new PortalError('unauthenticated', { code: 'agent', detail: 'no such token: “npm run agents -- add” makes one' });
  await forgiveTry(db, counters);
  const { id, name, duties } = agent;
  if (!duties.includes(duty)) throw new PortalError('forbidden', { code: 'agent', detail: `this token is not for that: “npm run agents -- add --for ${duty}” makes one that is` });
  return { id, name };
}
