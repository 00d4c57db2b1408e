import { instant, type Session } from '@oya/contract';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { noteEvent, type AuditPlace } from '../identity/audit.ts';
import { closeSession, findSession, openSession, renewToken, type OpenSession, type SessionLimits, type SessionUse, type Visit } from '../identity/sessions.ts';
import type { BrowserSession, OpenOptions, SignedIn } from '../operations/context.ts';

export const SIGNED_OUT: Session = { state: 'signed-out' };

export interface SessionPlace extends AuditPlace {
  request: FastifyRequest;
  reply: FastifyReply;
  config: Pick<Config, 'cookie' | 'session'>;
}

/** One utility's session in one browser: the cookie and the row that it points to. */
export class CookieSession implements BrowserSession {
  readonly #place: SessionPlace;
  readonly limits: SessionLimits;
  readonly #cookieName: string;
  #token: string | undefined;

  constructor(place: SessionPlace) {
    this.#place = place;
    this.limits = limitsOf(place);
    // The prefix makes browsers refuse the cookie unless it is secure and of exactly this host.
    this.#cookieName = `${place.config.cookie.secure ? '__Host-' : ''}oya-${place.utility.id}`;
    this.#token = place.request.cookies[this.#cookieName];
  }

  /** The open session, for the one place that asks whose request it is: the request prolongs it, unless the page sends it by itself. */
  find(use: SessionUse = 'use'): Promise<OpenSession | undefined> {
    return this.#find(use);
  }

  current(): Promise<Session> {
    return this.#describe('look');
  }

  extend(): Promise<Session> {
    return this.#describe('extend');
  }

  async open(customerId: string, { remember = false, way = 'password' }: OpenOptions = {}): Promise<SignedIn> {
    const { db, utility, device, now } = this.#place;
    await this.#end();
    this.#hold(await openSession(db, utility.id, { customerId, remembered: remember, way, device }, now, this.limits), remember ? this.limits.rememberedMs : undefined);
    await noteEvent(this.#place, { kind: 'signed-in', customerId, details: { way } });
    const session = await this.current();
    if (session.state !== 'signed-in') throw new Error('a session that was just opened is not there');
    return session;
  }

  async renew(): Promise<void> {
    const open = await this.#find('look');
    const { db, utility, now } = this.#place;
    const token = open && this.#token && (await renewToken(db, utility.id, this.#token));
    if (token) this.#hold(token, open.remembered ? open.expiresAt - now : undefined);
  }

  async close(): Promise<Session> {
    const open = await this.#find('look');
    if (this.#token !== undefined) this.#setCookie('', { maxAge: 0 });
    await this.#end();
    if (open) await noteEvent(this.#place, { kind: 'signed-out', customerId: open.customerId });
    return SIGNED_OUT;
  }

  /** Without an age the cookie ends with the browser, or when the server says so. */
  #hold(token: string, lastsMs: number | undefined): void {
    this.#token = token;
    this.#setCookie(token, lastsMs === undefined ? {} : { maxAge: Math.floor(lastsMs / 1000) });
  }

  async #end(): Promise<void> {
    if (this.#token) await closeSession(this.#place.db, this.#place.utility.id, this.#token);
    this.#token = undefined;
  }

  #find(use: SessionUse): Promise<OpenSession | undefined> {
    const { db, utility, now } = this.#place;
    return this.#token ? findSession(db, utility.id, this.#token, now, this.limits, use) : Promise.resolve(undefined);
  }

  async #describe(use: SessionUse): Promise<Session> {
    const open = await this.#find(use);
    return open ? describeSession(open, this.#place.now) : SIGNED_OUT;
  }

  /** Written at once, so that what keeps an answer for a second sending keeps its cookie too. */
  #setCookie(value: string, lifetime: Pick<CookieSerializeOptions, 'maxAge'>): void {
    const { request, reply, config } = this.#place;
    reply.header('set-cookie', request.server.serializeCookie(this.#cookieName, value, { path: '/', httpOnly: true, ...config.cookie, ...lifetime }));
  }
}

export function limitsOf({ config: { session } }: Pick<SessionPlace, 'config'>): SessionLimits {
  return { idleMs: session.idleMinutes * 60_000, absoluteMs: session.hours * 3_600_000, rememberedMs: session.rememberDays * 86_400_000 };
}

export function describeSession({ customerId, displayName, expiresAt }: Visit, now: number): SignedIn {
  return { state: 'signed-in', customer: { id: customerId, displayName }, expiresAt: instant(expiresAt), answeredAt: instant(now) };
}
