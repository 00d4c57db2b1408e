import { instant, type Session, type Utility } from '@oya/contract';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { Database } from '../database/open.ts';
import { closeSession, findSession, openSession, type OpenSession, type SessionLimits, type SessionUse } from '../identity/sessions.ts';
import type { BrowserSession, SignedIn } from '../operations/context.ts';

export const SIGNED_OUT: Session = { state: 'signed-out' };

export interface SessionPlace {
  request: FastifyRequest;
  reply: FastifyReply;
  db: Database;
  utility: Utility;
  now: number;
  config: Pick<Config, 'cookie' | 'session'>;
}

/** One utility's session in one browser: the cookie and the row that it points to. */
export class CookieSession implements BrowserSession {
  readonly #place: SessionPlace;
  readonly #limits: SessionLimits;
  readonly #cookieName: string;
  #token: string | undefined;

  constructor(place: SessionPlace) {
    this.#place = place;
    const { idleMinutes, hours, rememberDays } = place.config.session;
    this.#limits = { idleMs: idleMinutes * 60_000, absoluteMs: hours * 3_600_000, rememberedMs: rememberDays * 86_400_000 };
    // The prefix makes browsers refuse the cookie unless it is secure and of exactly this host.
    this.#cookieName = `${place.config.cookie.secure ? '__Host-' : ''}oya-${place.utility.id}`;
    this.#token = place.request.cookies[this.#cookieName];
  }

  /** The open session, for the one place that asks whose request it is: the request prolongs it. */
  find(): Promise<OpenSession | undefined> {
    return this.#find('use');
  }

  current(): Promise<Session> {
    return this.#describe('look');
  }

  extend(): Promise<Session> {
    return this.#describe('extend');
  }

  async open(customerId: string, { remember = false }: { remember?: boolean } = {}): Promise<SignedIn> {
    const { db, utility, now } = this.#place;
    await this.#end();
    this.#token = await openSession(db, utility.id, customerId, now, this.#limits, remember);
    // Without an age it ends with the browser, or when the server says so.
    this.#setCookie(this.#token, remember ? { maxAge: this.#limits.rememberedMs / 1000 } : {});
    const session = await this.current();
    if (session.state !== 'signed-in') throw new Error('a session that was just opened is not there');
    return session;
  }

  async close(): Promise<Session> {
    if (this.#token !== undefined) this.#setCookie('', { maxAge: 0 });
    await this.#end();
    return SIGNED_OUT;
  }

  async #end(): Promise<void> {
    if (this.#token) await closeSession(this.#place.db, this.#place.utility.id, this.#token);
    this.#token = undefined;
  }

  #find(use: SessionUse): Promise<OpenSession | undefined> {
    const { db, utility, now } = this.#place;
    return this.#token ? findSession(db, utility.id, this.#token, now, this.#limits, use) : Promise.resolve(undefined);
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

export function describeSession({ customerId, displayName, expiresAt }: OpenSession, now: number): SignedIn {
  return { state: 'signed-in', customer: { id: customerId, displayName }, expiresAt: instant(expiresAt), answeredAt: instant(now) };
}
