/**
 * Enedis API of 2026, `mesure_synchrone_auto/v2`: load curves (PA in W, average over the interval that ends at `d`, of
 * length `p`), daily energy (EA in Wh of the day `d`), the greatest power of each day (PMA in VA, reached at `d`), of
 * consumption (CONS) and production (PROD). A file may hold several quantities: each is a content; those that are none
 * of these are reported as left out.
 */
import { FormatError } from '../errors.ts';
import { elementLines, listOf, objectOf, parseJson, textOf, type JsonObject } from '../json.ts';
import { Measurements, type Subject } from '../measurements.ts';
import { baseUnit, quantityOf, type Quantity } from '../quantities.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { refuseErrorAnswer } from './error-answers.ts';
import { addPoints, type JsonPoint } from './json-points.ts';
import { deliveryPointOf, directionOf, measureOf, qualityOf, qualityOfStage } from './vocabulary.ts';

export const enedis2026 = {
  name: 'enedis-2026',
  title: 'Enedis 2026 JSON (load curve, daily energy, maximum power)',

  matches({ head }: Source): boolean {
    return /^\s*\{/.test(head) && /"(idPrm|grandeur)"/.test(head);
  },

  read({ text }: Source, options: ReadOptions): Reading {
    const file = objectOf(parseJson(text));
    refuseErrorAnswer(file);
    const blocks = listOf(file['grandeur']).map(objectOf);
    const known = blocks.map(blockOf);
    if (known.every((block) => block === undefined)) {
      const found = blocks.length === 0 ? 'no “grandeur”' : blocks.map(describe).join(', ');
      throw new FormatError(`the file holds ${found}, which is no measurement that the portal knows`, 'Give the answer for a courbe de charge (PA, W), quotidienne (EA, Wh) or puissance max (PMA, VA).');
    }

    let lines: number[] | undefined;
    const report = new RowReport((place) => {
      lines ??= blocks.flatMap((_, index) => (known[index] ? elementLines(text, ['grandeur', index, 'points']) : []));
      // Places before the first point are those of whole blocks.
      return (place < 0 ? elementLines(text, ['grandeur'])[-1 - place] : lines[place]) ?? 1;
    });
    const measurements = new Measurements(report, options);
    const deliveryPoint = deliveryPointOf(textOf(file['idPrm']));
    const usualStep = textOf(file['pas']);
    const fallback = qualityOfStage(textOf(file['etapeMetier']));
    let place = 0;
    blocks.forEach((block, index) => {
      const what = known[index];
      if (!what) return report.skip(-1 - index, `left out ${describe(block)}, which the portal does not know`);
      const { quantity, ...of } = what;
      const points = listOf(block['points']).values().map((given): JsonPoint => {
        const point = objectOf(given);
        const nature = textOf(point['n']);
        return {
          value: textOf(point['v']),
          date: textOf(point['d']),
          step: of.measure === 'curve' ? textOf(point['p']) || usualStep : '',
          quality: nature === '' ? fallback : qualityOf(nature, textOf(point['iv'])),
        };
      });
      place = addPoints(points, measurements.of({ deliveryPoint, ...of }), quantity, report, place);
    });
    return report.reading(measurements.contents());
  },
} as const satisfies Reader;

/** What a block measures; `undefined` for what is neither power nor energy, or of neither direction. */
function blockOf(block: JsonObject): (Pick<Subject, 'direction' | 'measure'> & { quantity: Quantity }) | undefined {
  const quantity = quantityOf(textOf(block['unite']));
  const direction = directionOf(textOf(block['grandeurMetier']));
  const measure = quantity && measureOf(textOf(block['grandeurPhysique']), baseUnit(quantity));
  return quantity && direction && measure ? { quantity, direction, measure } : undefined;
}

/** `CONS, ER, VArh` of a block, as far as it tells. */
function describe(block: JsonObject): string {
  const words = ['grandeurMetier', 'grandeurPhysique', 'unite'].map((name) => textOf(block[name]).slice(0, 20) || '?');
  return `a quantity (${words.join(', ')})`;
}
