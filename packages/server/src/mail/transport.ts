import { createTransport } from 'nodemailer';
import type { Rendered } from './render.ts';

export interface Mail extends Rendered {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
}

/** How mail leaves the house. */
export interface MailTransport {
  /** Rejects where it could not be handed over: it is tried again. */
  send(mail: Mail): Promise<void>;
  close(): void;
}

/** @param url `smtp://user:password@host:587`, `smtps://…` */
export function smtpTransport(url: string): MailTransport {
  const transport = createTransport({ url, disableFileAccess: true, disableUrlAccess: true });
  return {
    async send({ to, ...mail }) {
      // As an object: no text of anybody's is read as a list of addresses. No automatic answers, please (RFC 3834).
      await transport.sendMail({ ...mail, to: { name: '', address: to }, headers: { 'Auto-Submitted': 'auto-generated' } });
    },
    close: () => transport.close(),
  };
}
