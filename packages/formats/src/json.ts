/** JSON files: parsing with a clear error, looking into what came, and the lines that `JSON.parse` does not tell. */
import { FormatError } from './errors.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws FormatError with the line where the file stops being JSON */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const told = /line (\d+) column/.exec(String(cause))?.[1];
    const line = told === undefined ? text.split('\n').length : Number(told);
    throw new FormatError('this is not complete JSON', 'Download the file again: it may have been cut off or edited.', { line, cause });
  }
}

export function objectOf(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {};
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text of a string or number, trimmed; `''` for anything else. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}

interface Container {
  readonly isArray: boolean;
  /** Whether the path so far leads here. */
  readonly onPath: boolean;
  index: number;
  key: string;
}

/**
 * The line on which each element of an array begins.
 * @param json valid JSON
 * @param path keys and indexes that lead to the array
 */
export function elementLines(json: string, path: readonly (string | number)[]): number[] {
  const lines: number[] = [];
  const open: Container[] = [];
  let line = 1;
  let isKey = false;

  function beginValue(): void {
    const parent = open.at(-1);
    if (parent?.isArray && parent.onPath && open.length === path.length + 1) lines[parent.index] ??= line;
  }

  function enter(isArray: boolean): void {
    beginValue();
    const parent = open.at(-1);
    const member = parent?.isArray ? parent.index : parent?.key;
    open.push({ isArray, onPath: !parent || (parent.onPath && member === path[open.length - 1]), index: 0, key: '' });
    isKey = !isArray;
  }

  for (let at = 0; at < json.length; at++) {
    const character = json[at] as string;
    if (character === '\n') line++;
    else if (character === '{' || character === '[') enter(character === '[');
    else if (character === '}' || character === ']') {
      open.pop();
      isKey = false;
    } else if (character === ',') {
      const parent = open.at(-1);
      if (parent?.isArray) parent.index++;
      else isKey = true;
    } else if (character === ':') isKey = false;
    else if (character === '"') {
      const end = endOfString(json, at);
      const parent = open.at(-1);
      if (isKey && parent) parent.key = JSON.parse(json.slice(at, end + 1)) as string;
      else beginValue();
      at = end;
    } else if (character > ' ') beginValue();
  }
  return lines;
}

/** The index of the closing quotation mark. */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}
