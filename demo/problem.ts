/** Why the demo cannot start, so that whoever starts it can say it in their own way; the message does for most. */
export type DemoProblemKind = 'not-built' | 'port-taken';

export class DemoProblem extends Error {
  override readonly name = 'DemoProblem';
  readonly kind: DemoProblemKind;
  /** The port that is taken, where that is the problem. */
  readonly port: number | undefined;

  constructor(kind: DemoProblemKind, message: string, port?: number) {
    super(message);
    this.kind = kind;
    this.port = port;
  }
}
