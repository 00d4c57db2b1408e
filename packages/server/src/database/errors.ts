/** Why the database cannot be used: what is wrong, and what whoever runs the server can do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  constructor(reason: string, advice: string, cause?: unknown) {
    super(`${reason}\n${advice}`, { cause });
  }
}

/** Whether somebody else already has what was to be written and may be there once only. */
export function isTaken(error: unknown): boolean {
  return (error as { code?: unknown }).code === '23505';
}
