/** Shorthand for tests of readers. */
import assert from 'node:assert/strict';
import type { EnergySeries, LoadCurve } from '@oya/contract';
import { FormatError } from '../errors.ts';
import { read as readBytes, type Document } from '../formats.ts';
import type { Content, MeasuredSeries, ReadOptions } from '../reader.ts';
import { timeZone } from './arbitraries.ts';

/** Of a file: its bytes, its text, or what it says as JSON. */
export type Given = string | Uint8Array | object;

export function read(content: Given, options: Partial<ReadOptions> = {}): Promise<Document> {
  const bytes = content instanceof Uint8Array ? content : new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  return readBytes(bytes, { timeZone, ...options });
}

/** What a file holds; every row of it is read or empty. */
export async function readAll(content: string | Uint8Array, options: Partial<ReadOptions> = {}): Promise<Content[]> {
  const { contents, rows } = await read(content, options);
  assert.deepEqual(rows.skipped, []);
  return contents;
}

/** The one series that a file holds. */
export function measured({ contents }: Pick<Document, 'contents'>): MeasuredSeries {
  const [only, ...others] = contents;
  assert.ok(only?.kind === 'series' && others.length === 0, JSON.stringify(contents));
  return only;
}

export async function seriesOf(content: string | Uint8Array): Promise<LoadCurve | EnergySeries> {
  return measured(await read(content)).series;
}

/** Why a file as a whole is refused. */
export async function refusal(content: Given): Promise<FormatError> {
  try {
    await read(content);
  } catch (error) {
    assert.ok(error instanceof FormatError, String(error));
    return error;
  }
  return assert.fail('it was read');
}

export const lines = (...rows: readonly string[]): string => `${rows.join('\n')}\n`;
