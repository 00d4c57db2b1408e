/** Writes the exports of EDF's customer space: Latin-1, newest first. */
import { localDay, type EnergySeries, type LoadCurve, type Quality } from '@oya/contract';
import type { IndexReadings } from '../reader.ts';
import { daysOf, onTheClock, rowsOf } from '../testing.ts';
import { latin1 } from './latin1.ts';

const nature = (quality: Quality): string => (quality === 'real' ? 'Réelle' : 'Estimée');
const frenchDay = (day: string): string => day.split('-').reverse().join('/');

interface Options {
  timeZone: string;
}

/** `mes-puissances-atteintes-30min`, from a curve in half-hours; what is missing has no row. */
export function edfPowersCsv(curve: LoadCurve, { timeZone }: Options): Uint8Array {
  const lines = ['', 'Récapitulatif de mes puissances atteintes en W', '', 'Date et heure de relève par le distributeur;Puissance atteinte (W);Nature de la donnée', ''];
  let open = '';
  for (const { end, value, stepMinutes, quality } of rowsOf(curve, { timeZone, deliveryPoint: '', newestFirst: true })) {
    const day = localDay(end - stepMinutes * 60_000, timeZone);
    if (day !== open) lines.push(...(open === '' ? [] : ['']), `${frenchDay(day)};;`);
    open = day;
    lines.push(`${onTheClock(end, timeZone).slice(11)};${value};${nature(quality)}`);
  }
  return latin1(`${lines.join('\n')}\n`);
}

/** `ma-conso-quotidienne`, in kWh; what is missing has no row. */
export function edfDaysCsv(days: EnergySeries, { timeZone }: Options): Uint8Array {
  const rows = daysOf(days, { timeZone, deliveryPoint: '', newestFirst: true }).map(({ day, value, quality }) => `${frenchDay(day)};${(value ?? 0) / 1000};${nature(quality)}`);
  return latin1(`\nRécapitulatif de ma consommation\n\nDate de consommation;Consommation (kWh);Nature de la donnée\n${rows.join('\n')}\n\n`);
}

const NAMES: Readonly<Record<string, string>> = { BASE: '', HP: ' Heures pleines', HC: ' Heures creuses' };

/** `mes-index-elec`, in whole kWh: registers read at the same local midnights. */
export function edfIndexesCsv(indexes: readonly IndexReadings[], { timeZone }: Options): Uint8Array {
  const rows = (indexes[0]?.readings ?? []).map(({ at, quality }, row) => {
    const kind = quality === 'estimated' ? 'Index estimé' : 'Index transmis par le distributeur';
    return [frenchDay(localDay(Date.parse(at), timeZone)), kind, ...indexes.map(({ readings }) => (readings[row]?.value ?? 0) / 1000)].join(';');
  });
  const names = ['Date de relevé de l’index', 'Type d’index', ...indexes.map(({ register }) => `Index${NAMES[register] ?? ` ${register}`} (kWh)`)].join(';').replaceAll('’', "'");
  return latin1(`\nRécapitulatif de mes index\n\n${names}\n${rows.reverse().join('\n')}\n\n`);
}
