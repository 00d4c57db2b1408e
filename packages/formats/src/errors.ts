/** Why a file as a whole cannot be read: `reason` says what is wrong, `advice` what to do about it. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
  readonly reason: string;
  readonly advice: string;
  /** Line of the file, from 1; `undefined` when no line is at fault. */
  readonly line: number | undefined;

  constructor(reason: string, advice: string, options: { line?: number | undefined; cause?: unknown } = {}) {
    const where = options.line === undefined ? '' : `line ${options.line}: `;
    super(`${where}${reason}. ${advice}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = reason;
    this.advice = advice;
    this.line = options.line;
  }
}
