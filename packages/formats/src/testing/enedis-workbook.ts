/** The workbook of the Enedis customer space: a cover, then a sheet for each series. */
import { addDays, offsetMinutes, type LoadCurve } from '@oya/contract';
import type { Cell, MeasuredSeries } from '../reader.ts';
import { workbookOf } from './workbook.ts';

const MINUTE = 60_000;

/** @param asDates whether times are date cells, or texts */
export function enedisWorkbook(contents: readonly MeasuredSeries[], timeZone: string, asDates = false): Uint8Array {
  const sheets = contents.map((content) => [`Export ${kindOf(content)}`, enedisSheet(content, timeZone, asDates)] as const);
  return workbookOf({ "Page d'accueil": [[], [], [], [], [], [null, 'Les données de ce fichier sont celles de votre compteur.']], ...Object.fromEntries(sheets) });
}

export function enedisSheet(content: MeasuredSeries, timeZone: string, asDates = false): Cell[][] {
  const { series, deliveryPoint } = content;
  const [labels, rows] = series.kind === 'curve' ? curveRows(series, timeZone, asDates) : dayRows(series, asDates);
  return [[], [], [], [], [], [], [], [null, 'Point Référence Mesure (PRM) : ', deliveryPoint], [null, 'Type de comptage : ', kindOf(content)], [null, 'Date de début : ', '08/07/2023'], [], [], [], labels, ...rows];
}

function kindOf({ series, direction }: MeasuredSeries): string {
  return `${direction === 'production' ? 'Production' : 'Consommation'} ${series.kind === 'curve' ? 'Horaire' : 'Quotidienne'}`;
}

function dayRows({ from, values }: Extract<MeasuredSeries['series'], { kind: 'energy' }>, asDates: boolean): [Cell[], Cell[][]] {
  const rows = values.map((value, index): Cell[] => {
    const day = addDays(from, index);
    return [null, asDates ? new Date(`${day}T00:00:00Z`) : day.split('-').reverse().join('/'), value === null ? 'NA' : value / 1000];
  });
  return [[null, 'Date', 'Valeur (en kWh)'], rows];
}

function curveRows({ segments }: LoadCurve, timeZone: string, asDates: boolean): [Cell[], Cell[][]] {
  const clock = (at: number): Cell => {
    const shown = new Date(at + offsetMinutes(at, timeZone) * MINUTE);
    const [day = '', time = ''] = shown.toISOString().slice(0, 19).split('T');
    return asDates ? shown : `${day.split('-').reverse().join('/')} ${time}`;
  };
  const rows = segments.flatMap(({ start, stepMinutes, values }) =>
    values.map((value, index): Cell[] => {
      const at = Date.parse(start) + index * stepMinutes * MINUTE;
      return [null, null, clock(at), clock(at + stepMinutes * MINUTE), value === null ? 'NA' : value / 1000];
    }),
  );
  return [[null, null, 'Début', 'Fin', 'Valeur (en kW)'], rows];
}
