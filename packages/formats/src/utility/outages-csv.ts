/**
 * Outages and works as a utility's own systems or people list them, as a plain CSV with a line of names. No standard tells how such
 * a file looks; whatever writes it can write this one. An outage of several streets has a line for each, under one reference.
 */
import { CommuneCode, instant, OUTAGE_CAUSES, type Energy, type Instant, type LocalizedText, type OutageCause, type OutageKind, type OutageState, type OutageStreet, type TimeZone } from '@oya/contract';
import { eachRow, isoDay, simplified } from '../csv.ts';
import { FormatError } from '../errors.ts';
import type { SkippedRow } from '../reader.ts';
import { decode } from '../text.ts';
import { TimestampReader } from '../timestamps.ts';

export interface ListedOutage {
  /** Of the file, from 1. */
  readonly lines: number[];
  readonly reference: string | null;
  readonly kind: OutageKind;
  readonly energy: Energy;
  readonly cause: OutageCause;
  readonly areas: { readonly commune: string; readonly streets: OutageStreet[] }[];
  readonly households: number | null;
  readonly state: OutageState | null;
  readonly startsAt: Instant;
  readonly estimatedEnd: Instant | null;
  readonly note: LocalizedText | null;
}

export interface OutagesCsvOptions {
  readonly timeZone: TimeZone;
  /** Communes that the file may name in place of their code. */
  readonly communes: readonly { readonly code: string; readonly name: string }[];
}

export interface ListedOutages {
  readonly outages: ListedOutage[];
  /** All of them, by line. */
  readonly skipped: SkippedRow[];
}

/** How the columns may be called, without accents and in lower case. */
const NAMES = {
  reference: ['reference', 'ref'],
  kind: ['nature', 'type', 'kind'],
  energy: ['energie', 'energy'],
  cause: ['cause'],
  commune: ['commune', 'code commune', 'insee', 'code insee'],
  street: ['rue', 'voie', 'street'],
  from: ['du numero', 'de', 'from'],
  to: ['au numero', 'a', 'to'],
  side: ['cote', 'side'],
  households: ['foyers', 'clients', 'households'],
  state: ['etat', 'state'],
  startsAt: ['debut', 'start'],
  estimatedEnd: ['fin', 'fin estimee', 'end', 'estimated end'],
  note: ['note', 'message'],
  noteEn: ['note en', 'message en'],
} as const;
type Column = keyof typeof NAMES;
const NEEDED = ['kind', 'energy', 'commune', 'startsAt'] as const satisfies readonly Column[];

const KINDS: Readonly<Record<string, OutageKind>> = { coupure: 'outage', panne: 'outage', outage: 'outage', travaux: 'works', works: 'works' };
const ENERGIES: Readonly<Record<string, Energy>> = { electricite: 'electricity', electricity: 'electricity', elec: 'electricity', gaz: 'gas', gas: 'gas' };
const SIDES: Readonly<Record<string, 'odd' | 'even'>> = { impair: 'odd', impairs: 'odd', odd: 'odd', pair: 'even', pairs: 'even', even: 'even' };
const STATES: Readonly<Record<string, OutageState>> = {
  prevu: 'planned', prevus: 'planned', planned: 'planned', signale: 'reported', signalee: 'reported', reported: 'reported', 'prise en compte': 'acknowledged', 'pris en compte': 'acknowledged', acknowledged: 'acknowledged',
  'en cours': 'repairing', reparation: 'repairing', repairing: 'repairing', retabli: 'restored', retablie: 'restored', termine: 'restored', termines: 'restored', restored: 'restored', annule: 'cancelled', annules: 'cancelled', cancelled: 'cancelled',
};
const CAUSES: Readonly<Record<string, OutageCause>> = {
  entretien: 'maintenance', maintenance: 'maintenance', renforcement: 'reinforcement', raccordement: 'connection', elagage: 'pruning', tempete: 'storm', foudre: 'lightning', orage: 'lightning', neige: 'snow', inondation: 'flood', arbre: 'tree',
  materiel: 'equipment', equipement: 'equipment', tiers: 'third-party', surcharge: 'overload', delestage: 'load-shedding', inconnue: 'unknown', ...Object.fromEntries(OUTAGE_CAUSES.map((cause) => [cause, cause])),
};

const LONGEST = { reference: 80, street: 120, note: 1000 } as const;
const MOST_HOUSEHOLDS = 10_000_000;
const HIGHEST_NUMBER = 9999;
const KEPT_CHARACTERS = 120;

/**
 * Each line is part of an outage, or skipped with why; nothing is guessed.
 * @throws FormatError when the file as a whole cannot be read: it is empty, or its first line names no columns
 */
export function readOutagesCsv(bytes: Uint8Array, options: OutagesCsvOptions): ListedOutages {
  const text = decode(bytes);
  const outages: ListedOutage[] = [];
  const skipped: SkippedRow[] = [];
  const byReference = new Map<string, ListedOutage>();
  let columns: Partial<Record<Column, number>> | undefined;
  eachRow(
    text,
    (fields, line) => {
      if (!columns) {
        columns = columnsOf(fields);
        const missing = NEEDED.filter((column) => columns?.[column] === undefined);
        if (missing.length > 0) throw new FormatError(`no column is called ${missing.map((column) => `“${NAMES[column][0]}”`).join(' or ')}`, 'Name the columns in the first line: référence;nature;énergie;cause;commune;rue;début;fin.', { line });
        return;
      }
      const skip = (reason: string) => void skipped.push({ line, reason, text: shortened(fields.join(';')) });
      const known = columns;
      const row = rowOf((column) => (known[column] === undefined ? '' : (fields[known[column]] ?? '')), line, options);
      if (typeof row === 'string') return skip(row);
      const same = row.reference === null ? undefined : byReference.get(row.reference);
      if (!same) {
        outages.push(row);
        if (row.reference !== null) byReference.set(row.reference, row);
        return;
      }
      const other = differenceOf(same, row);
      if (other !== undefined) return skip(`line ${same.lines[0]} says something else of ${row.reference ?? ''}: the ${other} must be the same`);
      same.lines.push(line);
      addArea(same.areas, row.areas[0]);
    },
    delimiterOf(text),
  );
  if (!columns) throw new FormatError('the file is empty', 'Begin with a line that names the columns: référence;nature;énergie;cause;commune;rue;début;fin.');
  return { outages, skipped };
}

/** By its first line: French programs write `;`, others `,`. */
function delimiterOf(text: string): ';' | ',' {
  const [first = ''] = text.split('\n', 1);
  return first.includes(';') ? ';' : ',';
}

function columnsOf(names: readonly string[]): Partial<Record<Column, number>> {
  const known = names.map((name) => simplified(name));
  const columns: Partial<Record<Column, number>> = {};
  for (const column of Object.keys(NAMES) as Column[]) {
    const at = known.findIndex((name) => (NAMES[column] as readonly string[]).includes(name));
    if (at >= 0) columns[column] = at;
  }
  return columns;
}

/** What a line says, or why it says nothing. */
function rowOf(of: (column: Column) => string, line: number, { timeZone, communes }: OutagesCsvOptions): ListedOutage | string {
  const one = <T>(column: Column, among: Readonly<Record<string, T>>, what: string): T | string => {
    const found = Object.hasOwn(among, simplified(of(column))) ? among[simplified(of(column))] : undefined;
    return found ?? `“${of(column)}” is no ${what}: write one of ${Object.keys(among).join(', ')}`;
  };
  const fault = (value: unknown): value is string => typeof value === 'string' && value.startsWith('“');
  const kind = one('kind', KINDS, 'kind of outage');
  const energy = one('energy', ENERGIES, 'energy');
  const cause = of('cause') === '' ? 'unknown' : one('cause', CAUSES, 'cause');
  const state = of('state') === '' ? null : one('state', STATES, 'state');
  const side = of('side') === '' ? undefined : one('side', SIDES, 'side of a street');
  const commune = communeOf(of('commune'), communes);
  const [startsAt, estimatedEnd] = [timeOf(of('startsAt'), timeZone), of('estimatedEnd') === '' ? null : timeOf(of('estimatedEnd'), timeZone)];
  const households = of('households') === '' ? null : wholeOf(of('households'), 0, MOST_HOUSEHOLDS);
  const [from, to] = [of('from') === '' ? undefined : wholeOf(of('from'), 1, HIGHEST_NUMBER), of('to') === '' ? undefined : wholeOf(of('to'), 1, HIGHEST_NUMBER)];
  const wrong = [kind, energy, cause, state, side, commune, startsAt, estimatedEnd, households, from, to].find(fault);
  if (wrong !== undefined) return wrong;
  const street = of('street');
  for (const [column, longest] of Object.entries(LONGEST) as [keyof typeof LONGEST, number][]) if (of(column).length > longest) return `the ${column} is longer than ${longest} characters`;
  if (of('noteEn').length > LONGEST.note) return `the English note is longer than ${LONGEST.note} characters`;
  const hasPart = from !== undefined || to !== undefined || side !== undefined;
  if (street === '' && hasPart) return 'numbers are those of a street, and none is named';
  if (from !== undefined && to !== undefined && from > to) return 'the numbers of a street run from the lower to the higher';
  if (of('note') === '' && of('noteEn') !== '') return 'a note is in French first';
  const part = { ...(from !== undefined && { from: from as number }), ...(to !== undefined && { to: to as number }), ...(side !== undefined && { side: side as 'odd' | 'even' }) };
  const note = of('note') === '' ? null : { fr: of('note'), ...(of('noteEn') !== '' && { en: of('noteEn') }) };
  return {
    lines: [line],
    reference: of('reference') || null,
    kind: kind as OutageKind,
    energy: energy as Energy,
    cause: cause as OutageCause,
    areas: [{ commune, streets: street === '' ? [] : [{ name: street, ...part }] }],
    households: households as number | null,
    state: state as OutageState | null,
    startsAt: startsAt as Instant,
    estimatedEnd: estimatedEnd as Instant | null,
    note,
  };
}

function communeOf(text: string, communes: OutagesCsvOptions['communes']): string {
  if (CommuneCode.safeParse(text).success) return text;
  const named = communes.filter(({ name }) => simplified(name) === simplified(text));
  const [only] = named;
  return only && named.length === 1 ? only.code : `“${text}” is no commune that is known here: write its INSEE code, as 81060`;
}

function timeOf(text: string, timeZone: TimeZone): Instant | string {
  // Rows stand in no order of time, by which an hour that comes twice could be told.
  const at = new TimestampReader(timeZone).readSeconds(isoDay(text));
  return typeof at === 'string' ? `“${text.slice(0, 40)}” is no time: ${at.startsWith('“') ? 'write it as 24/11/2026 17:30' : at}` : instant(at * 1000);
}

function wholeOf(text: string, least: number, most: number): number | string {
  const digits = text.replaceAll(/[ \u00a0\u202f]/g, '');
  const value = /^\d{1,8}$/.test(digits) ? Number(digits) : NaN;
  return value >= least && value <= most ? value : `“${text.slice(0, 40)}” is no whole number from ${least} to ${most}`;
}

/** Which of what is said of all its streets differs. */
function differenceOf(one: ListedOutage, other: ListedOutage): string | undefined {
  const same = ['kind', 'energy', 'cause', 'state', 'startsAt', 'estimatedEnd', 'households'] as const;
  const names = { kind: 'kind', energy: 'energy', cause: 'cause', state: 'state', startsAt: 'start', estimatedEnd: 'end', households: 'number of households' } as const;
  const differing = same.find((key) => one[key] !== other[key]);
  return differing && names[differing];
}

/** A line without a street means the whole commune, and so do all lines of it then. */
function addArea(areas: ListedOutage['areas'], area: ListedOutage['areas'][number] | undefined): void {
  if (!area) return;
  const known = areas.find(({ commune }) => commune === area.commune);
  if (!known) areas.push(area);
  else if (known.streets.length === 0 || area.streets.length === 0) known.streets.length = 0;
  else known.streets.push(...area.streets);
}

function shortened(text: string): string {
  return text.length > KEPT_CHARACTERS ? `${text.slice(0, KEPT_CHARACTERS - 1)}…` : text;
}
