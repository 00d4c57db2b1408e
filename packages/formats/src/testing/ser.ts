/** Writes `export_courbe_charges.csv` of Strasbourg Électricité Réseaux: the time is the beginning of an interval. */
import type { LoadCurve } from '@oya/contract';
import { onTheClock, rowsOf } from '../testing.ts';
import { latin1 } from './latin1.ts';

/** A space that does not break, between thousands. */
const NO_BREAK = '\u00a0';

export function serLoadCurveCsv(curve: LoadCurve, { timeZone }: { timeZone: string }): Uint8Array {
  const rows = rowsOf(curve, { timeZone, deliveryPoint: '' }).map(({ end, value, stepMinutes }) => {
    const [day = '', time = ''] = onTheClock(end - stepMinutes * 60_000, timeZone).split(' ');
    const watts = String(value).replace(/(?<=\d)(?=(\d{3})+$)/g, NO_BREAK);
    return `${day.split('-').reverse().join('/')};${time};FR Base;toutes heures banalisées;${watts}`;
  });
  return latin1(`Courbe de charge\r\n;;;;\r\nDate;Heure;Calendrier;Poste;Puissance (W)\r\n${rows.join('\r\n')}\r\n`);
}
