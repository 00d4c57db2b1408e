/**
 * What the GRDF customer space answers: readings by PCE, published or informative. A day without data has an entry whose
 * values are null. Its offsets say UTC where the clock is local.
 */
import { elementLines, listOf, objectOf, parseJson, textOf } from '../json.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { GasReadings } from './gas-readings.ts';
import { deliveryPointOf, gasDay, isAbsent, qualityOf } from './vocabulary.ts';

export const grdfCustomerJson = {
  name: 'grdf-customer-json',
  title: 'GRDF customer space JSON (readings)',

  matches({ head }: Source): boolean {
    return /^\s*\{/.test(head) && head.includes('"releves"');
  },

  read({ text }: Source, { timeZone }: ReadOptions): Reading {
    const file = objectOf(parseJson(text));
    // Some programs keep the object of one PCE without its number around it.
    const isBare = Array.isArray(file['releves']);
    const meters = isBare ? [['', file] as const] : Object.entries(file).map(([pce, meter]) => [pce, objectOf(meter)] as const);

    const paths = meters.flatMap(([pce, meter]) => listOf(meter['releves']).map((_, index) => ({ pce, index })));
    const linesOf = new Map<string, number[]>();
    const report = new RowReport((place) => {
      const { pce = '', index = 0 } = paths[place] ?? {};
      if (!linesOf.has(pce)) linesOf.set(pce, elementLines(text, isBare ? ['releves'] : [pce, 'releves']));
      return linesOf.get(pce)?.[index] ?? 1;
    });

    const readings = new GasReadings(report, timeZone);
    let place = -1;
    for (const [pce, meter] of meters) {
      const deliveryPoint = deliveryPointOf(pce) ?? deliveryPointOf(textOf(meter['idPce']));
      for (const given of listOf(meter['releves'])) {
        place++;
        const reading = objectOf(given);
        const day = textOf(reading['journeeGaziere']);
        const from = gasDay(day || textOf(reading['dateDebutReleve']), timeZone);
        const to = day !== '' && typeof from === 'number' ? from + 1 : gasDay(textOf(reading['dateFinReleve']), timeZone);
        if (typeof from === 'string' || typeof to === 'string') {
          report.skip(place, typeof from === 'string' ? from : (to as string));
          continue;
        }
        const qualification = textOf(reading['qualificationReleve']);
        const told = (name: string): string => (isAbsent(qualification) ? '' : textOf(reading[name]));
        readings.add(
          {
            deliveryPoint,
            direction: 'consumption',
            from,
            to,
            energy: told('energieConsomme'),
            volume: told('volumeBrutConsomme'),
            indexStart: textOf(reading['indexDebut']),
            indexEnd: textOf(reading['indexFin']),
            quality: qualityOf(qualification, textOf(reading['status'])),
          },
          place,
        );
      }
    }
    return report.reading(readings.contents());
  },
} as const satisfies Reader;
