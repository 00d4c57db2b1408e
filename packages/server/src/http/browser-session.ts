import { instant, type Session, type Utility } from '@oya/contract';
import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import type { Database } from '../database/open.ts';
import { closeSession, findSession, openSession, type OpenSession, type SessionLimits } from '../identity/sessions.ts';
import type { BrowserSession } from '../operations/context.ts';

const SIGNED_OUT: Session = { state: 'signed-out' };

export interface SessionPlace {
  request: FastifyRequest;
  reply: FastifyReply;
  db: Database;
  utility: Utility;
  now: number;
  config: Pick<Config, 'cookie' | 'session'>;
}

/** One utility's session in one browser: the cookie and the row that it points to. Found at most once per request. */
export class CookieSession implements BrowserSession {
  readonly #place: SessionPlace;
  readonly #limits: SessionLimits;
  readonly #cookieName: string;
  #token: string | undefined;
  #found: Promise<OpenSession | undefined> | undefined;

  constructor(place: SessionPlace) {
    this.#place = place;
    const { idleMinutes, hours } = place.config.session;
    this.#limits = { idleMs: idleMinutes * 60_000, absoluteMs: hours * 3_600_000 };
    // The prefix makes browsers refuse the cookie unless it is secure and of exactly this host.
    this.#cookieName = `${place.config.cookie.secure ? '__Host-' : ''}oya-${place.utility.id}`;
    this.#token = place.request.cookies[this.#cookieName];
  }

  /** The open session, for the one place that asks whose request it is. */
  find(): Promise<OpenSession | undefined> {
    const { db, utility, now } = this.#place;
    this.#found ??= this.#token ? findSession(db, utility.id, this.#token, now, this.#limits) : Promise.resolve(undefined);
    return this.#found;
  }

  async current(): Promise<Session> {
    const open = await this.find();
    if (!open) return SIGNED_OUT;
    return { state: 'signed-in', customer: { id: open.customerId, displayName: open.displayName }, expiresAt: instant(open.expiresAt) };
  }

  async open(customerId: string): Promise<Session> {
    const { db, utility, now, reply } = this.#place;
    await this.#end();
    this.#token = await openSession(db, utility.id, customerId, now, this.#limits);
    this.#found = undefined;
    reply.setCookie(this.#cookieName, this.#token, this.#cookieOptions());
    return this.current();
  }

  async close(): Promise<Session> {
    if (this.#token !== undefined) this.#place.reply.clearCookie(this.#cookieName, this.#cookieOptions());
    await this.#end();
    return SIGNED_OUT;
  }

  async #end(): Promise<void> {
    if (this.#token) await closeSession(this.#place.db, this.#place.utility.id, this.#token);
    this.#token = undefined;
    this.#found = undefined;
  }

  /** Without an age: it ends with the browser, or when the server says so. */
  #cookieOptions(): CookieSerializeOptions {
    return { path: '/', httpOnly: true, ...this.#place.config.cookie };
  }
}
