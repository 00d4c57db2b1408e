/**
 * Enedis API of 2026, `mesure_synchrone_auto/v2`: `courbe_de_charge_consommation` (PA in W, average over the interval
 * that ends at `d`, of length `p`) and `consommation_quotidienne` (EA in Wh of the day `d`). A file may hold several
 * quantities: the first consumption counts, with what continues it; the others are reported as left out.
 */
import { FormatError } from '../errors.ts';
import { elementLines, listOf, objectOf, parseJson, textOf, type JsonObject } from '../json.ts';
import { quantityOf, type Quantity } from '../quantities.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { readPoints, type JsonPoint } from './json-points.ts';
import { deliveryPointOf, qualityOf, qualityOfStage } from './vocabulary.ts';

/** What a physical quantity must be measured in to be a consumption: active power, active energy. */
const CONSUMPTION: Readonly<Record<string, Quantity['kind']>> = { PA: 'power', EA: 'energy' };

export const enedis2026 = {
  name: 'enedis-2026',
  title: 'Enedis 2026 JSON (courbe de charge, consommation quotidienne)',

  matches({ head }: Source): boolean {
    return /^\s*\{/.test(head) && /"(idPrm|grandeur)"/.test(head);
  },

  read({ text }: Source, options: ReadOptions): Reading {
    const file = objectOf(parseJson(text));
    const blocks = listOf(file['grandeur']).map(objectOf);
    const first = blocks.find((block) => consumptionOf(block));
    const quantity = first && consumptionOf(first);
    if (!quantity) {
      const found = blocks.length === 0 ? 'no “grandeur”' : blocks.map(describe).join(', ');
      throw new FormatError(
        `the file holds ${found}, which is not a consumption`,
        'Give the file of courbe_de_charge_consommation (CONS, PA, W) or of consommation_quotidienne (CONS, EA, Wh).',
      );
    }
    const isRead = (block: JsonObject): boolean => consumptionOf(block)?.unit === quantity.unit;

    let lines: number[] | undefined;
    const report = new RowReport((place) => {
      lines ??= blocks.flatMap((block, index) => (isRead(block) ? elementLines(text, ['grandeur', index, 'points']) : []));
      // Places before the first point are those of whole blocks.
      return (place < 0 ? elementLines(text, ['grandeur'])[-1 - place] : lines[place]) ?? 1;
    });
    blocks.forEach((block, index) => {
      if (!isRead(block)) report.skip(-1 - index, `left out ${describe(block)}: the file's first consumption is in ${quantity.unit}`);
    });

    const step = quantity.kind === 'power' ? textOf(file['pas']) : '';
    const fallback = qualityOfStage(textOf(file['etapeMetier']));
    const points = blocks.values().filter(isRead).flatMap((block) => listOf(block['points']).values().map((given): JsonPoint => {
      const point = objectOf(given);
      const nature = textOf(point['n']);
      return {
        value: textOf(point['v']),
        date: textOf(point['d']),
        step: textOf(point['p']) || step,
        quality: nature === '' ? fallback : qualityOf(nature, textOf(point['iv'])),
      };
    }));
    const series = readPoints(points, quantity, report, options);
    return { contents: [{ kind: 'series', deliveryPoint: deliveryPointOf(textOf(file['idPrm'])), energy: 'electricity', direction: 'consumption', series }], rows: report.finish() };
  },
} as const satisfies Reader;

function consumptionOf(block: JsonObject): Quantity | undefined {
  const physical = textOf(block['grandeurPhysique']);
  const quantity = quantityOf(textOf(block['unite']));
  const fits = textOf(block['grandeurMetier']) === 'CONS' && Object.hasOwn(CONSUMPTION, physical) && CONSUMPTION[physical] === quantity?.kind;
  return fits ? quantity : undefined;
}

/** `production (PROD, PA, W)`, `maximum power (CONS, PMA, VA)`. */
function describe(block: JsonObject): string {
  const [business, physical, unit] = [textOf(block['grandeurMetier']), textOf(block['grandeurPhysique']), textOf(block['unite'])];
  const words = business === 'PROD' ? 'production' : physical === 'PMA' ? 'maximum power' : 'a quantity';
  return `${words} (${[business, physical, unit].map((part) => part.slice(0, 20) || '?').join(', ')})`;
}
