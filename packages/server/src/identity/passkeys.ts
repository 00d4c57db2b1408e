/**
 * Passkeys (WebAuthn): discoverable, so that nobody types who they are, and with the person verified by the device, as they
 * stand in for a password. Attestation is not asked for: which make of device it is says nothing of the customer.
 */
import { generateKeyPairSync } from 'node:crypto';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import { PortalError, type PasskeyChallenge, type WebAuthnJson } from '@oya/contract';
import type { Database } from '../database/open.ts';
import { storable } from './credentials.ts';
import { digestOf, newSecret } from './digests.ts';

/** Where a utility's passkeys are made and used. */
export interface PasskeySite {
  /** The relying party's id: what the passkeys are made for. */
  readonly domain: string;
  readonly origins: readonly string[];
}

/** Who answers a challenge, and from where it was asked. */
export interface ChallengePlace {
  readonly utilityId: string;
  /** `null` for a sign-in: who it is comes with the answer. */
  readonly customerId: string | null;
  readonly address: string;
}

export interface PasskeyOwner {
  readonly handle: string;
  readonly login: string;
  readonly displayName: string;
}

/** As much of a kept passkey as its answer is checked with. */
export interface KeptPasskey {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly handle: string;
}

export interface NewPasskey {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: string[];
  readonly synced: boolean;
}

const LASTS_MS = 5 * 60_000;
/** 1023 bytes, as WebAuthn has it. */
const LONGEST_ID = 1364;
/** Open at the same time, from one address: a village may share one, a script needs more. */
const OPEN_AT_ONCE = 300;
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];
/** COSE: what browsers and devices have; Ed25519, ECDSA on P-256, RSA. */
const ALGORITHMS = [-8, -7, -257];

/** What stands for a passkey that nobody has: its answers are checked as those of the others are, and none is right. */
const NOBODY: KeptPasskey = { credentialId: '', publicKey: newPublicKey(), counter: 0, handle: '' };

/** @throws PortalError `rate-limited` */
export async function askToSignIn(db: Database, { domain }: PasskeySite, place: ChallengePlace, now: number): Promise<PasskeyChallenge> {
  const options = await generateAuthenticationOptions({ rpID: domain, userVerification: 'required', timeout: LASTS_MS });
  return keepChallenge(db, options, place, now);
}

/**
 * @param known those of the account: a device that has one of them makes no other
 * @throws PortalError `rate-limited`
 */
export async function askToMake(db: Database, { domain }: PasskeySite, name: string, owner: PasskeyOwner, known: readonly { id: string; transports: string[] }[], place: ChallengePlace, now: number): Promise<PasskeyChallenge> {
  const options = await generateRegistrationOptions({
    rpID: domain,
    rpName: name,
    userID: new TextEncoder().encode(owner.handle),
    userName: owner.login,
    userDisplayName: owner.displayName,
    timeout: LASTS_MS,
    attestationType: 'none',
    excludeCredentials: [...known],
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
  return keepChallenge(db, options, place, now);
}

/**
 * Uses a challenge up, whatever comes of the answer.
 * @returns the digest of what was asked; `undefined` where nothing was, by this utility and of this customer, or too long ago
 */
export async function takeChallenge(db: Database, id: string, { utilityId, customerId }: Omit<ChallengePlace, 'address'>, now: number): Promise<string | undefined> {
  const row = await db
    .deleteFrom('passkey_challenge')
    .where('id_hash', '=', digestOf(id))
    .where('utility_id', '=', utilityId)
    .where('customer_id', 'is not distinct from', customerId)
    .returning(['challenge_hash', 'expires_at'])
    .executeTakeFirst();
  return row && row.expires_at.getTime() > now ? row.challenge_hash : undefined;
}

/** The id that an answer says it is from; text that no passkey has where it says none. */
export function credentialIdOf(credential: WebAuthnJson): string {
  const { id } = credential;
  return typeof id === 'string' && id.length <= LONGEST_ID ? storable(id) : '';
}

/** What the device made; `undefined` where its answer is wrong. */
export async function acceptNew(credential: WebAuthnJson, challengeHash: string | undefined, { domain, origins }: PasskeySite): Promise<NewPasskey | undefined> {
  try {
    const response = credential as unknown as RegistrationResponseJSON;
    requireNoCertificates(response);
    const { registrationInfo } = await verifyRegistrationResponse({
      response,
      expectedChallenge: (challenge) => digestOf(challenge) === challengeHash,
      expectedOrigin: [...origins],
      expectedRPID: domain,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (!registrationInfo) return undefined;
    const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
    if (id.length > LONGEST_ID) return undefined;
    return {
      credentialId: id,
      publicKey: isoBase64URL.fromBuffer(publicKey),
      counter,
      transports: TRANSPORTS.filter((known) => transports.includes(known)),
      synced: registrationInfo.credentialBackedUp,
    };
  } catch {
    // The library says by an exception what is wrong; nobody else is to learn it.
    return undefined;
  }
}

/** Whether the answer is that passkey's; where there is none, the same is done in vain. */
export async function acceptAnswer(
  credential: WebAuthnJson,
  challengeHash: string | undefined,
  { domain, origins }: PasskeySite,
  kept: KeptPasskey | undefined,
): Promise<{ counter: number; synced: boolean } | undefined> {
  const { publicKey, counter, handle } = kept ?? NOBODY;
  try {
    const response = credential as unknown as AuthenticationResponseJSON;
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge: (challenge) => digestOf(challenge) === challengeHash,
      expectedOrigin: [...origins],
      expectedRPID: domain,
      requireUserVerification: true,
      credential: { id: kept?.credentialId ?? '', publicKey: isoBase64URL.toBuffer(publicKey), counter },
    });
    const { userHandle = '' } = response.response;
    const isTheirs = userHandle === isoBase64URL.fromUTF8String(handle);
    return kept && verified && isTheirs ? { counter: authenticationInfo.newCounter, synced: authenticationInfo.credentialBackedUp } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Certificates come only from whoever sends what was not asked for, and name the addresses where their revocation is looked
 * up: the server goes to no address that a stranger chose.
 */
function requireNoCertificates({ response }: RegistrationResponseJSON): void {
  const statement = decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject));
  const isPlain = statement.get('fmt') === 'none' || (statement.get('fmt') === 'packed' && statement.get('attStmt').get('x5c') === undefined);
  if (!isPlain) throw new TypeError('an attestation that was not asked for');
}

async function keepChallenge(db: Database, options: { challenge: string }, { utilityId, customerId, address }: ChallengePlace, now: number): Promise<PasskeyChallenge> {
  const address_hash = digestOf('passkeys from', utilityId, address);
  await db.deleteFrom('passkey_challenge').where('expires_at', '<=', new Date(now)).execute();
  const { open } = await db
    .selectFrom('passkey_challenge')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('address_hash', '=', address_hash)
    .executeTakeFirstOrThrow();
  if (open >= OPEN_AT_ONCE) throw new PortalError('rate-limited', { code: 'too-many-attempts', detail: 'too many passkeys are asked for from one address', retryAfterSeconds: 60 });
  const id = newSecret();
  await db
    .insertInto('passkey_challenge')
    .values({ id_hash: digestOf(id), utility_id: utilityId, customer_id: customerId, challenge_hash: digestOf(options.challenge), address_hash, expires_at: new Date(now + LASTS_MS) })
    .execute();
  return { id, options: { ...options } };
}

/** Of a pair whose private half is thrown away, as COSE writes it: ES256, and a point on P-256. */
function newPublicKey(): string {
  const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  return Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), Buffer.from(x, 'base64url'), Buffer.from('225820', 'hex'), Buffer.from(y, 'base64url')]).toString('base64url');
}
