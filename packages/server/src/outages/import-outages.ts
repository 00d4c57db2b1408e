/** Lists of outages and works, as a CSV: each is announced or changed, or refused by itself with its line and a reason. */
import { PortalError } from '@oya/contract';
import { FormatError } from '@oya/formats';
import { readOutagesCsv, type ListedOutage } from '@oya/formats/utility/outages-csv';
import { digestOf } from '../identity/digests.ts';
import { createOutage, type Kept, type OutagePlace } from './keep-outage.ts';

export interface OutageImport {
  /** Outages, not lines. */
  readonly counts: Readonly<Record<Kept['is'], number>>;
  readonly refused: readonly { readonly line: number; readonly reason: string }[];
}

const REFERENCE_DIGITS = 16;

/** @throws PortalError `invalid` where the file as a whole cannot be read */
export async function importOutages(place: OutagePlace, bytes: Uint8Array): Promise<OutageImport> {
  const { timeZone, territory } = place.utility;
  const { outages, skipped } = read(bytes, { timeZone, communes: territory.flatMap(({ code, name }) => (code === undefined ? [] : [{ code, name }])) });
  const counts = { new: 0, changed: 0, unchanged: 0 };
  const refused = skipped.map(({ line, reason }) => ({ line, reason }));
  for (const { lines, state, reference, ...told } of outages) {
    try {
      const { is } = await createOutage(place, { ...told, reference: reference ?? referenceOf({ ...told, state, lines }), ...(state && { state }) });
      counts[is]++;
    } catch (error) {
      if (!(error instanceof PortalError)) throw error;
      for (const line of lines) refused.push({ line, reason: error.message });
    }
  }
  return { counts, refused: refused.sort((one, other) => one.line - other.line) };
}

function read(...given: Parameters<typeof readOutagesCsv>): ReturnType<typeof readOutagesCsv> {
  try {
    return readOutagesCsv(...given);
  } catch (error) {
    if (error instanceof FormatError) throw new PortalError('invalid', { code: 'format', detail: error.message });
    throw error;
  }
}

/** One without a reference is known by what, where and when it is: the same file again announces nothing anew. */
function referenceOf({ kind, energy, areas, startsAt }: Omit<ListedOutage, 'reference'>): string {
  return `list-${digestOf(kind, energy, JSON.stringify(areas), startsAt).slice(0, REFERENCE_DIGITS)}`;
}
