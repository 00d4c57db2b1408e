/** What is shown, as files: the table of the picture and, where a day is open, its half-hours. The writers come when one is asked for. */
import { getConsumption, instant, intervalsOf, localDay, periodOf, type Consumption, type Instant, type LoadCurve, type TimeZone } from '@oya/contract';
import type { Format, PortalClient, Translate } from '@oya/core';
import type { Export, ExportedSeries, Table } from '@oya/formats/write/export';
import { columnsOf } from './columns.ts';
import type { fr as consumptionWords } from './consumption.messages.ts';
import type { fr } from './parts.messages.ts';
import { startOfBar } from './picture.ts';
import type { Shown } from './shown.ts';

export type FileFormat = 'csv' | 'xlsx' | 'green-button' | 'png';

interface Words {
  readonly t: Translate<typeof fr>;
  readonly names: Translate<typeof consumptionWords>;
  readonly format: Format;
}

const KINDS: Readonly<Record<FileFormat, { readonly extension: string; readonly type: string }>> = {
  csv: { extension: 'csv', type: 'text/csv;charset=utf-8' },
  xlsx: { extension: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  'green-button': { extension: 'xml', type: 'application/atom+xml' },
  png: { extension: 'png', type: 'image/png' },
};

/** `consommation-L00000000101-novembre-2026.csv`: words, the meter, the period, in letters that every system keeps. */
export function fileName({ question, meter, picture, tell }: Shown, { t, format }: Words, kind: FileFormat): string {
  const open = kind === 'png' ? undefined : openDay(question);
  // Half-hours are power, and Green Button energy, whatever the picture tells.
  const isMoney = question.unit === 'cost' && kind !== 'green-button' && !(kind === 'csv' && open !== undefined);
  const what = t(question.direction === 'production' ? 'file.production' : isMoney ? 'file.cost' : 'file.consumption');
  const when = open === undefined ? tell.period(picture.period, picture.view) : format.day(open, 'long');
  return `${slug(`${what} ${meter.serialNumber} ${when}`)}.${KINDS[kind].extension}`;
}

/** @throws where the writer cannot be had, or what is shown does not fit the format */
export async function fileOf(kind: Exclude<FileFormat, 'png'>, shown: Shown, client: PortalClient, words: Words): Promise<Blob> {
  const content = await contentOf(kind, exported(shown, client, words), words.format.timeZone, words.format.locale);
  return new Blob([content], { type: KINDS[kind].type });
}

async function contentOf(kind: Exclude<FileFormat, 'png'>, all: Export, timeZone: TimeZone, locale: string): Promise<Uint8Array<ArrayBuffer>> {
  switch (kind) {
    case 'csv': {
      const { writeCsv } = await import('@oya/formats/write/csv');
      // Of what is shown the last: the day that is open, or else the picture.
      return writeCsv(all.tables.at(-1) as Table, { timeZone, decimal: locale.startsWith('en') ? '.' : ',' });
    }
    case 'xlsx': {
      const { writeXlsx } = await import('@oya/formats/write/xlsx');
      return writeXlsx(all.tables, { timeZone });
    }
    case 'green-button': {
      const { writeGreenButton } = await import('@oya/formats/write/green-button');
      return writeGreenButton(all);
    }
    default:
      return kind satisfies never;
  }
}

function exported(shown: Shown, client: PortalClient, words: Words): Export {
  const { answer, picture, question, meter, contract, tell, utility } = shown;
  const { timeZone } = words.format;
  const of = { kind: 'series', energy: meter.energy, direction: question.direction, deliveryPoint: contract.deliveryPoint } as const;
  const series: ExportedSeries[] = [];
  const { values, quality, step, period } = picture;
  series.push({ ...of, series: { kind: 'energy', unit: 'Wh', step, from: period.from, values: [...values], quality } });
  const day = openDay(question);
  const curve = day === undefined ? undefined : curveOf(client, { meterId: meter.id, resolution: 'half-hour', ...periodOf(day, 'day') });
  if (curve) series.push({ ...of, series: curve });
  return {
    tables: [tableOf(shown, words), ...(curve && day !== undefined ? [curveTable(curve, words.format.day(day, 'long'), tell, words)] : [])],
    series,
    title: tell.caption(picture, question),
    author: utility,
    updatedAt: answer.freshness.collectedAt ?? answer.freshness.measuredUntil ?? instant(Date.now()),
    timeZone,
  };
}

function tableOf(shown: Shown, { t, names, format }: Words): Table {
  const { picture, tell } = shown;
  const columns = columnsOf(shown, t, names, format);
  const isDays = picture.step === 'day';
  return {
    name: tell.periodTitle(picture.period, picture.view),
    columns: [
      { header: t(`column.${picture.step}`), kind: isDays ? 'day' : 'text' },
      ...columns.map(({ name, number }) => (number ? ({ header: name, kind: 'number', decimals: number.decimals, unit: number.unit } as const) : ({ header: name, kind: 'text' } as const))),
    ],
    rows: picture.values.map((_, index) => [isDays ? startOfBar(picture, index) : tell.bar(picture, index), ...columns.map(({ number, words }) => (number ? number.cell(index) : words(index)))]),
  };
}

function curveTable(curve: LoadCurve, name: string, tell: Shown['tell'], { t }: Words): Table {
  return {
    name,
    columns: [
      { header: t('column.from'), kind: 'instant' },
      { header: t('column.to'), kind: 'instant' },
      { header: t('column.power'), kind: 'number', decimals: 3, unit: 'kW' },
      { header: t('column.state'), kind: 'text' },
    ],
    rows: intervalsOf(curve).map(({ from, to, watts, quality }) => [instant(from), instant(to), watts, tell.state(quality)]),
  };
}

/** What the panel of the day has on view. */
function curveOf(client: PortalClient, input: Parameters<typeof client.keyOf<typeof getConsumption>>[1]): LoadCurve | undefined {
  const answer = client.queries.getQueryData<Consumption>(client.keyOf(getConsumption, input));
  return answer?.series.kind === 'curve' ? answer.series : undefined;
}

function openDay({ view, chosen }: Shown['question']): string | undefined {
  return view === 'month' ? chosen : undefined;
}

function slug(words: string): string {
  return words
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The last day of which something was measured: the end of its last interval may be the next midnight. */
export function lastDayOf(measuredUntil: Instant, timeZone: TimeZone): string {
  return localDay(Date.parse(measuredUntil) - 1, timeZone);
}
