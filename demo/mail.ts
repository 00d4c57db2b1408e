/** The demo's post: a mail server that delivers to nobody, and keeps what it gets for the inbox page. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { escaped } from './html.ts';
import { DemoProblem } from './problem.ts';
import { portTaken } from './site.ts';

export interface CaughtMail {
  readonly at: Date;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly language: 'fr' | 'en';
}

export interface MailCatcher {
  /** What the server sends its mail with. */
  readonly url: string;
  /** Newest first. */
  readonly mails: CaughtMail[];
  stop(): Promise<void>;
}

/** The gateway of the demo's text messages, which sends none. */
export interface SmsCatcher {
  readonly url: string;
  stop(): Promise<void>;
}

const KEPT = 100;

/**
 * @param port 0 lets the system choose
 * @throws DemoProblem `port-taken`
 */
export async function catchMail(port: number): Promise<MailCatcher> {
  const mails: CaughtMail[] = [];
  const server = new SMTPServer({
    // On this machine only, by plain SMTP: no certificate that anybody would have to trust.
    disabledCommands: ['STARTTLS', 'AUTH'],
    size: 1024 * 1024,
    onData(stream, { envelope }, done) {
      simpleParser(stream).then(({ from, subject = '', text = '', html }) => {
        const language = typeof html === 'string' && html.includes('<html lang="en">') ? 'en' : 'fr';
        mails.unshift({ at: new Date(), from: from?.text ?? '', to: envelope.rcptTo.map(({ address }) => address).join(', '), subject, text, language });
        mails.length = Math.min(mails.length, KEPT);
        done();
      }, done);
    },
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(error.code === 'EADDRINUSE' ? new DemoProblem('port-taken', portTaken('mail', port), port) : error));
    server.listen(port, 'localhost', resolve);
  });
  // A client that breaks off is its own affair.
  server.on('error', () => {});
  return {
    url: `smtp://localhost:${(server.server.address() as AddressInfo).port}`,
    mails,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Text messages have no subject: they are told apart by one. @param mails where what comes is put beside the mails, newest first */
export async function catchSms(mails: CaughtMail[]): Promise<SmsCatcher> {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      const { to = '', text = '', sender = '' } = JSON.parse(body) as { to?: string; text?: string; sender?: string };
      mails.unshift({ at: new Date(), from: sender, to, subject: 'SMS', text, language: 'fr' });
      mails.length = Math.min(mails.length, KEPT);
      response.writeHead(202).end();
    });
  });
  // Nobody but the server looks for it: any port that is free.
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return { url: `http://localhost:${(server.address() as AddressInfo).port}/`, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** The mails as articles of the inbox page; their links can be followed. */
export function mailArticles(mails: readonly CaughtMail[]): string {
  if (mails.length === 0) return '<p data-en="No mail yet. Sign up on a utility’s page, or ask for a new password.">Aucun message pour le moment. Inscrivez-vous sur la page d’un distributeur, ou demandez un nouveau mot de passe.</p>';
  return mails.map(article).join('\n');
}

function article({ at, from, to, subject, text, language }: CaughtMail): string {
  const time = new Intl.DateTimeFormat('fr', { timeStyle: 'medium', timeZone: 'Europe/Paris' }).format(at);
  return `<article class="mail">
  <h2 lang="${language}">${escaped(subject)}</h2>
  <p><time datetime="${at.toISOString()}">${time}</time>, ${escaped(from)} → <b>${escaped(to)}</b></p>
  <pre lang="${language}">${withLinks(text)}</pre>
</article>`;
}

function withLinks(text: string): string {
  return text
    .split(/(https?:\/\/\S+)/)
    .map((part, index) => (index % 2 === 0 ? escaped(part) : `<a href="${escaped(part)}">${escaped(part)}</a>`))
    .join('');
}
