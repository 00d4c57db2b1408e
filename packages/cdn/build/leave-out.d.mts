export interface Library {
  readonly file: string;
}

export function libraryOf(id: string): Library | undefined;
export function cutDown(code: string, library: Library): string;
