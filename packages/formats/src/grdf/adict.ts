/**
 * GRDF ADICT, `donnees_consos_publiees`, `donnees_consos_informatives` and `donnees_injections_publiees`: one JSON record
 * a line. Published readings run from one reading to the next; informative ones are gas days.
 */
import { FormatError } from '../errors.ts';
import { objectOf, textOf, type JsonObject } from '../json.ts';
import type { Reader, ReadOptions, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { GasReadings } from './gas-readings.ts';
import { recordsOf } from './records.ts';
import { deliveryPointOf, gasDay, isAbsent, qualityOf } from './vocabulary.ts';

export const grdfAdict = {
  name: 'grdf-adict',
  title: 'GRDF ADICT NDJSON (published and informative consumption)',

  matches({ head }: Source): boolean {
    return /^\s*[{[]/.test(head) && head.includes('"id_pce"') && /"(releve_debut|consommation|injection)"/.test(head);
  },

  read({ text }: Source, { timeZone }: ReadOptions): Reading {
    const report = new RowReport();
    const readings = new GasReadings(report, timeZone);
    for (const { record, line } of recordsOf(text, report)) add(record, line);
    return report.reading(readings.contents());

    function add(record: JsonObject, line: number): void {
      const flow = objectOf(record['consommation'] ?? record['injection']);
      const refusal = textOf(objectOf(record['statut_restitution'])['message']);
      if (Object.keys(flow).length === 0 || (refusal !== '' && flow['energie'] === null)) {
        report.skip(line, refusal === '' ? 'it is no consumption' : `GRDF answers: ${refusal.slice(0, 200)}`);
        return;
      }
      const [start, end] = [objectOf(record['releve_debut']), objectOf(record['releve_fin'])];
      const day = textOf(flow['journee_gaziere']);
      const from = gasDay(day || textOf(flow['date_debut_consommation']) || textOf(start['date_releve']), timeZone);
      const to = day !== '' && typeof from === 'number' ? from + 1 : gasDay(textOf(flow['date_fin_consommation']) || textOf(end['date_releve']), timeZone);
      if (typeof from === 'string' || typeof to === 'string') {
        report.skip(line, typeof from === 'string' ? from : (to as string));
        return;
      }
      const qualification = textOf(flow['type_qualif_conso']);
      const told = (name: string): string => (isAbsent(qualification) ? '' : textOf(flow[name]));
      const index = (reading: JsonObject, name: string): string => textOf(objectOf(reading[name])['valeur_index']);
      readings.add(
        {
          deliveryPoint: deliveryPointOf(textOf(objectOf(record['pce'])['id_pce'])),
          direction: record['injection'] !== undefined || /^inj/i.test(textOf(flow['sens_flux_gaz'])) ? 'production' : 'consumption',
          from,
          to,
          energy: told('energie'),
          volume: told('volume_brut'),
          indexStart: index(start, 'index_brut_debut'),
          indexEnd: index(end, 'index_brut_fin'),
          quality: qualityOf(qualification, textOf(flow['statut_conso'])),
        },
        line,
      );
    }
  },
} as const satisfies Reader;

/** @throws FormatError when GRDF's status record says that the request was refused */
export function checkStatus(record: JsonObject, line: number): void {
  const code = textOf(record['code_statut_traitement']);
  if (/^0*$/.test(code)) return;
  throw new FormatError(`GRDF refused the request (${code}): ${textOf(record['message_retour_traitement']).slice(0, 200)}`, 'Mend what it says, and ask again.', { line });
}
