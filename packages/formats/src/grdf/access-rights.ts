/**
 * GRDF ADICT, `droits_acces`: who may ask for what of a delivery point, one JSON record a line; booleans are “Vrai” and
 * “Faux”. The last record is no right but the status of the answer.
 */
import { objectOf, textOf, type JsonObject } from '../json.ts';
import type { AccessRights, Reader, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { checkStatus } from './adict.ts';
import { recordsOf } from './records.ts';
import { deliveryPointOf } from './vocabulary.ts';

const BOOLEANS: Readonly<Record<string, boolean>> = { Vrai: true, Faux: false };
const FIELDS_OF_THEIR_OWN = ['id_pce', 'etat_droit_acces'];

export const grdfAccessRights = {
  name: 'grdf-access-rights',
  title: 'GRDF ADICT NDJSON (access rights)',

  matches({ head }: Source): boolean {
    return /^\s*[{[]/.test(head) && (/"(id_droit_acces|etat_droit_acces)"/.test(head) || head.includes('"code_statut_traitement"'));
  },

  read({ text }: Source): Reading {
    const report = new RowReport();
    const rights: AccessRights['rights'] = [];
    let isComplete = false;
    let lastLine = 1;
    for (const { record, line } of recordsOf(text, report)) {
      lastLine = line;
      if (record['code_statut_traitement'] !== undefined) {
        checkStatus(record, line);
        isComplete = true;
        continue;
      }
      const deliveryPoint = deliveryPointOf(textOf(record['id_pce']));
      if (deliveryPoint === null) {
        report.skip(line, `“${textOf(record['id_pce']).slice(0, 40)}” is not a PCE of 14 digits, or of GI and 6`);
        continue;
      }
      rights.push({
        deliveryPoint,
        state: textOf(record['etat_droit_acces']),
        from: dayOf(record, 'date_debut_droit_acces') ?? dayOf(record, 'date_creation'),
        to: dayOf(record, 'date_fin_droit_acces') ?? dayOf(record, 'date_fin_autorisation'),
        details: detailsOf(record),
      });
      report.read++;
    }
    if (!isComplete && rights.length > 0) report.skip(lastLine, 'the record that tells the status of the answer is not there: the file may have been cut off');
    return report.reading(rights.length === 0 ? [] : [{ kind: 'access-rights', rights }], { reason: 'the file holds no access right', advice: 'The answer is complete: nobody has given you access to a delivery point.' });
  },
} as const satisfies Reader;

/** The day of `2023-07-02` or `2023-07-02 00:00:00`. */
function dayOf(record: JsonObject, name: string): string | null {
  return /^\d{4}-\d\d-\d\d(?=$|[T ])/.exec(textOf(record[name]))?.[0] ?? null;
}

function detailsOf(record: JsonObject): Record<string, string | boolean> {
  const told = Object.entries(objectOf(record)).filter(([name]) => !FIELDS_OF_THEIR_OWN.includes(name));
  const details = told.map(([name, value]): [string, string | boolean] => {
    const text = typeof value === 'boolean' ? value : textOf(value);
    return [name, typeof text === 'string' && Object.hasOwn(BOOLEANS, text) ? (BOOLEANS[text] as boolean) : text];
  });
  return Object.fromEntries(details.filter(([, value]) => value !== ''));
}
