/**
 * The flow R63, which a supplier or third party gets: a table in which each row tells by itself which delivery point and
 * quantity it is about, in which unit, and how far to trust it. The time is the end of an interval, local, without offset.
 */
import { eachRow, simplified } from '../csv.ts';
import { Measurements } from '../measurements.ts';
import { baseUnit, quantityOf } from '../quantities.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { deliveryPointOf, directionOf, durationMinutes, measureOf, qualityOf, qualityOfStage } from './vocabulary.ts';

const POINT = 'identifiant prm';
const STAMP = 'horodate';

export const enedisR63Csv = {
  name: 'enedis-r63-csv',
  title: 'Enedis CSV of the flow R63 (load curves)',

  matches({ head }: Source): boolean {
    const names = namesOf((head.split('\n', 1)[0] ?? '').replaceAll('"', '').split(';'));
    return names[0] === POINT && names.includes(STAMP);
  },

  read({ text }: Source, options: ReadOptions): Reading {
    const report = new RowReport();
    const measurements = new Measurements(report, options);
    let names: readonly string[] | undefined;
    eachRow(text, (fields, line) => {
      if (simplified(fields[0] ?? '') === POINT) {
        names = namesOf(fields);
        return;
      }
      const known = names ?? [];
      const problem = measure((name) => fields[known.indexOf(name)] ?? '', measurements, line);
      if (problem !== undefined) report.skip(line, problem, fields.join(';'));
    });
    return report.reading(measurements.contents());
  },
} as const satisfies Reader;

function namesOf(fields: readonly string[]): string[] {
  return fields.map(simplified);
}

/** Takes one row; what is wrong with it, in words, if anything is. */
function measure(told: (name: string) => string, measurements: Measurements, line: number): string | undefined {
  const [physical, business, unit, step] = [told('grandeur physique'), told('grandeur metier'), told('unite'), told('pas')];
  const quantity = quantityOf(unit);
  const direction = directionOf(business);
  const measured = quantity && measureOf(physical, baseUnit(quantity));
  if (!quantity || !direction || !measured) return `“${[business, physical, unit].join(', ').slice(0, 40)}” is no measurement that the portal knows`;
  const minutes = measured === 'curve' && step !== '' ? durationMinutes(step) : undefined;
  if (measured === 'curve' && step !== '' && minutes === undefined) return `“${step.slice(0, 40)}” is not an interval like PT30M`;
  const nature = told('nature');
  const row = {
    stamp: told(STAMP),
    value: told('valeur'),
    step: minutes,
    quality: nature === '' ? qualityOfStage(told('etape metier')) : qualityOf(nature, told('indice de vraisemblance')),
  };
  return measurements.of({ deliveryPoint: deliveryPointOf(told(POINT)), direction, measure: measured }).add(row, quantity, line);
}
