/** The pairs that sign receipts (Ed25519): one that does, the same for all instances, and the public halves of those that did. */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../database/open.ts';
import type { Schema } from '../database/schema.ts';
import type { Keys } from '../identity/keys.ts';
import { seal, unseal } from '../identity/seal.ts';

export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: KeyObject;
}

/** What anybody may know of a pair. */
export interface PublicSigningKey {
  readonly keyId: string;
  readonly publicKey: KeyObject;
  readonly createdAt: Date;
  /** Since then it signs nothing any more; what it signed is as good as before. */
  readonly retiredAt: Date | null;
}

/** The pair is there and does not open: its message says what to do. */
export class SigningKeyError extends Error {
  override readonly name = 'SigningKeyError';
}

/**
 * The one that signs; made where there is none.
 * @throws SigningKeyError when it was sealed with another secret
 */
export async function currentSigningKey(db: Database, keys: Keys, now: number): Promise<SigningKey> {
  const sealing = await keys.of('receipt');
  const row = (await findCurrent(db)) ?? (await makeCurrent(db, sealing, now));
  return { keyId: row.key_id, privateKey: open(row, sealing) };
}

/** From now on another one signs. Of two who ask for it at once, one makes it. */
export async function rotateSigningKey(db: Database, keys: Keys, now: number): Promise<PublicSigningKey> {
  const sealing = await keys.of('receipt');
  const row = await db.transaction().execute(async (transaction) => {
    await transaction.updateTable('receipt_key').set({ private_key: null, retired_at: new Date(now) }).where('retired_at', 'is', null).execute();
    return makeCurrent(transaction, sealing, now);
  });
  return publicPart(row);
}

/** All that ever signed, the latest first. */
export async function publicSigningKeys(db: Database): Promise<PublicSigningKey[]> {
  const rows = await db.selectFrom('receipt_key').selectAll().orderBy('created_at', 'desc').orderBy('retired_at', (order) => order.desc().nullsFirst()).execute();
  return rows.map(publicPart);
}

/** By what it is, so that no two are called alike: the thumbprint of its JWK (RFC 7638). */
export function keyIdOf(publicKey: KeyObject): string {
  const { crv, kty, x } = publicKey.export({ format: 'jwk' });
  return createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url');
}

type Row = Schema['receipt_key'];
type StoredKey = { readonly [K in 'key_id' | 'public_key' | 'private_key']: Row[K] } & { readonly created_at: Date; readonly retired_at: Date | null };

function findCurrent(db: Kysely<Schema>): Promise<StoredKey | undefined> {
  return db.selectFrom('receipt_key').selectAll().where('retired_at', 'is', null).executeTakeFirst();
}

async function makeCurrent(db: Kysely<Schema>, sealing: Buffer, now: number): Promise<StoredKey> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  await db
    .insertInto('receipt_key')
    .values({
      key_id: keyIdOf(publicKey),
      public_key: publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
      private_key: seal(privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64url'), sealing),
      created_at: new Date(now),
      retired_at: null,
    })
    // Whoever comes second takes what the first one wrote.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await findCurrent(db)) ?? Promise.reject(new Error('the key that was just made is gone'));
}

function open({ key_id, private_key }: StoredKey, sealing: Buffer): KeyObject {
  let der: unknown;
  try {
    der = unseal(private_key ?? '', sealing);
  } catch (cause) {
    throw new SigningKeyError(
      `The key ${key_id}, which signs receipts, was sealed with another OYA_SECRET. Set that one again, or have a new key made: npm run receipts -- rotate. What was signed so far stays as good as before.`,
      { cause },
    );
  }
  return createPrivateKey({ key: Buffer.from(der as string, 'base64url'), format: 'der', type: 'pkcs8' });
}

function publicPart({ key_id: keyId, public_key, created_at: createdAt, retired_at: retiredAt }: StoredKey): PublicSigningKey {
  return { keyId, publicKey: createPublicKey({ key: Buffer.from(public_key, 'base64url'), format: 'der', type: 'spki' }), createdAt, retiredAt };
}
