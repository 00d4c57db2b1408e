/** A device that makes and uses passkeys, in software: ES256, no attestation. It lies where a test asks it to. */
import { createHash, createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import type { WebAuthnJson } from '@oya/contract';

/** What a dishonest page, browser or device would put in place of the truth. */
export interface Lies {
  origin?: string;
  domain?: string;
  challenge?: string;
  type?: string;
  /** Nobody touched it. */
  absent?: boolean;
  /** Touched, but by whom was not checked. */
  unverified?: boolean;
  counter?: number;
  userHandle?: string;
  /** It attests what it is, though nobody asked. */
  attests?: (signed: Buffer) => { fmt: string; attStmt: CborMap };
  /** As if the frame around the page were another site's. */
  topOrigin?: string;
}

interface Kept {
  readonly id: string;
  readonly userHandle: string;
  readonly privateKey: KeyObject;
}

export class Authenticator {
  /** Devices that synchronize do not count. */
  counter = 0;
  readonly #counts: boolean;
  readonly #synced: boolean;
  readonly #origin: string;
  readonly #kept: Kept[] = [];

  /** @param origin of the page that asks */
  constructor(origin: string, { counts = true, synced = false }: { counts?: boolean; synced?: boolean } = {}) {
    this.#origin = origin;
    this.#counts = counts;
    this.#synced = synced;
  }

  get lastId(): string {
    return this.#kept.at(-1)?.id ?? '';
  }

  /** @param options as `PublicKeyCredential.parseCreationOptionsFromJSON` takes them */
  create(options: WebAuthnJson, lies: Lies & { id?: string } = {}): WebAuthnJson {
    const { challenge, rp, user } = options as { challenge: string; rp: { id?: string }; user: { id: string } };
    // As a browser does where none is named.
    const domain = rp.id ?? new URL(this.#origin).hostname;
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const id = lies.id ?? randomBytes(32).toString('base64url');
    this.#kept.push({ id, userHandle: user.id, privateKey });
    const idBytes = Buffer.from(id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(idBytes.length);
    const coseKey = cbor(new Map<number, CborValue>([[1, 2], [3, -7], [-1, 1], [-2, Buffer.from(x, 'base64url')], [-3, Buffer.from(y, 'base64url')]]));
    const authData = Buffer.concat([this.#data(domain, lies, 0x40), Buffer.alloc(16), length, idBytes, coseKey]);
    const clientDataJSON = this.#client('webauthn.create', challenge, lies);
    const { fmt, attStmt } = lies.attests?.(Buffer.concat([authData, sha256(clientDataJSON)])) ?? { fmt: 'none', attStmt: new Map() };
    const attestationObject = cbor(new Map<string, CborValue>([['fmt', fmt], ['attStmt', attStmt], ['authData', authData]]));
    return credential(id, { clientDataJSON: clientDataJSON.toString('base64url'), attestationObject: attestationObject.toString('base64url'), transports: ['internal', 'hybrid', 'telepathy'] });
  }

  /** @param options as `PublicKeyCredential.parseRequestOptionsFromJSON` takes them; @param id of the passkey, default the last one made */
  get(options: WebAuthnJson, lies: Lies = {}, id = this.lastId): WebAuthnJson {
    const { challenge, rpId = new URL(this.#origin).hostname } = options as { challenge: string; rpId?: string };
    const kept = this.#kept.find((each) => each.id === id);
    if (!kept) throw new RangeError(`this device has no passkey "${id}"`);
    const authenticatorData = this.#data(rpId, lies);
    const clientDataJSON = this.#client('webauthn.get', challenge, lies);
    const signature = sign('sha256', Buffer.concat([authenticatorData, sha256(clientDataJSON)]), kept.privateKey);
    return credential(id, {
      clientDataJSON: clientDataJSON.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
      userHandle: lies.userHandle ?? kept.userHandle,
    });
  }

  #data(rpId: string, lies: Lies, more = 0): Buffer {
    const flags = (lies.absent ? 0 : 1) | (lies.absent || lies.unverified ? 0 : 4) | (this.#synced ? 8 | 16 : 0) | more;
    if (this.#counts) this.counter++;
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags);
    tail.writeUInt32BE(lies.counter ?? this.counter, 1);
    return Buffer.concat([sha256(Buffer.from(lies.domain ?? rpId)), tail]);
  }

  #client(type: string, challenge: string, lies: Lies): Buffer {
    const data = { type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin: lies.origin ?? this.#origin, crossOrigin: lies.topOrigin !== undefined, ...(lies.topOrigin !== undefined && { topOrigin: lies.topOrigin }) };
    return Buffer.from(JSON.stringify(data));
  }
}

/** A device of a make that nobody knows, with a certificate of its own. */
export function attestsByCertificate(signed: Buffer): { fmt: string; attStmt: CborMap } {
  const key = createPrivateKey({ key: ATTESTER, format: 'jwk' });
  return { fmt: 'packed', attStmt: new Map<string, CborValue>([['alg', -7], ['sig', sign('sha256', signed, key)], ['x5c', [Buffer.from(CERTIFICATE, 'base64')]]]) };
}

/** Made for these tests: CN=Example Authenticator, OU=Authenticator Attestation, from 2020 to 2120. */
const CERTIFICATE =
  'MIIB5zCCAYygAwIBAgIBATAKBggqhkjOPQQDAjBjMQswCQYDVQQGEwJGUjEQMA4GA1UECgwHRXhhbXBsZTEiMCAGA1UECwwZQXV0aGVudGljYXRvciBBdHRlc3RhdGlvbjEeMBwGA1UEAwwVRXhhbXBsZSBBdXRoZW50aWNhdG9yMCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjBjMQswCQYDVQQGEwJGUjEQMA4GA1UECgwHRXhhbXBsZTEiMCAGA1UECwwZQXV0aGVudGljYXRvciBBdHRlc3RhdGlvbjEeMBwGA1UEAwwVRXhhbXBsZSBBdXRoZW50aWNhdG9yMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEpS/5E1bclBzmlvxI52mRlyvCY2thq+vLMAjURaXbrBCxHgPGmDpdbTQWniHWVTyqzhW/Dgml0hfTNsEaKaxGGKMvMC0wDAYDVR0TAQH/BAIwADAdBgNVHQ4EFgQUpsdTgGhME9BKq03IX0/DrHK+zfswCgYIKoZIzj0EAwIDSQAwRgIhAP2CtVUepz+Yw393QA39EJZu6fLf3ySVWvVXQdp/gaRRAiEAyQZ4mekTDZA9u1ljVnLWFJTtDeT7WSj+SChO3y5wsAs=';
const ATTESTER = { kty: 'EC', crv: 'P-256', x: 'pS_5E1bclBzmlvxI52mRlyvCY2thq-vLMAjURaXbrBA', y: 'sR4Dxpg6XW00Fp4h1lU8qs4Vvw4JpdIX0zbBGimsRhg', d: 'SC_PFAsLFqkJGgL7V8liTFE775G8Ihc92nbaTc0fcbs' };

function credential(id: string, response: object): WebAuthnJson {
  return { id, rawId: id, type: 'public-key', authenticatorAttachment: 'platform', clientExtensionResults: {}, response };
}

function sha256(data: Buffer): Buffer {
  return createHash('sha256').update(data).digest();
}

export type CborMap = ReadonlyMap<string | number, CborValue>;
export type CborValue = string | number | Buffer | readonly CborValue[] | CborMap;

/** As much of CBOR as attestations are made of. */
function cbor(value: CborValue): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) return Buffer.concat([head(5, value.size), ...[...value].flatMap(([key, each]) => [cbor(key as CborValue), cbor(each as CborValue)])]);
  const items = value as readonly CborValue[];
  return Buffer.concat([head(4, items.length), ...items.map(cbor)]);
}

function head(major: number, argument: number): Buffer {
  const first = major << 5;
  if (argument < 24) return Buffer.from([first | argument]);
  if (argument < 0x100) return Buffer.from([first | 24, argument]);
  return Buffer.from([first | 25, argument >> 8, argument & 0xff]);
}
