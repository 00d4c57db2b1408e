/** A mail that the sandbox would have sent. */
export interface SandboxMail {
  readonly to: string;
  readonly subject: string;
  /** What is to be typed. */
  readonly code?: string;
  /** What is to be followed: the part of an address that begins with `#`. */
  readonly link?: string;
}

/** The mails of a sandbox: nothing leaves the browser, whoever tries it reads them here. */
export class Mailbox {
  readonly #mails: SandboxMail[] = [];
  readonly #onMail: ((mail: SandboxMail) => void) | undefined;

  /** @param onMail hears of each mail */
  constructor(onMail?: (mail: SandboxMail) => void) {
    this.#onMail = onMail;
  }

  /** The oldest first. */
  get mails(): readonly SandboxMail[] {
    return [...this.#mails];
  }

  send(mail: SandboxMail): void {
    this.#mails.push(mail);
    this.#onMail?.(mail);
  }
}
