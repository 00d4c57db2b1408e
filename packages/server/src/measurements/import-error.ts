/** Why a file was not taken in; nothing of it was stored. `message` says what to do. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}
