/** Why the database cannot be used: what is wrong, and what whoever runs the server can do. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  constructor(reason: string, advice: string, cause?: unknown) {
    super(`${reason}\n${advice}`, { cause });
  }
}
