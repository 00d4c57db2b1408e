/**
 * GRDF ADICT v2: a JSON record a line, booleans “Vrai” and “Faux”. `donnees_consos_informatives` are gas days, which run from
 * 06:00 to 06:00 and stand on the day on which they begin; `donnees_consos_publiees` run from one monthly reading to the
 * next. Energy is published in whole kWh beside the volume, and is not its multiple.
 */
import { addDays, addSteps, clockTime, daysBetween, localDay, stepStart, withOffset, type LocalDay, type Period } from '@oya/contract';
import { ndjson, type Answer, type Request } from '../answer.ts';
import { deliveryPoints, publishedDays, type DeliveryPoint, type PublishedDay } from '../households.ts';
import { askedDay } from '../local-time.ts';
import type { Protocol, Surroundings } from './protocol.ts';

const ROOT = '/adict/v2';
const CONSUMPTION = /^\/adict\/v2\/pce\/([^/]+)\/donnees_consos_(informatives|publiees)$/;
const HISTORY_DAYS = 1095;
const GAS_DAY_MINUTE = 6 * 60;
/** What the meter showed when it was fitted, in m³. */
const FIRST_INDEX = 1204;
const DONE = { code_statut_traitement: '0000000000', message_retour_traitement: 'Traitement terminé avec succès.' };

/** Codes and words of a refusal, and with which status it comes. */
const REFUSALS = {
  request: [400, '1000004', 'Les dates de la période ne sont pas valides.'],
  right: [403, '1000001', 'Le droit d’accès n’existe pas ou est terminé.'],
  point: [404, '1000000006', 'Le PCE n’existe pas.'],
  nothing: [200, '1000008', 'Pas de données sur la période.'],
} as const;

export function grdf(surroundings: Surroundings): Protocol {
  return {
    answer({ method, path, query }: Request): Answer {
      if (path === `${ROOT}/droits_acces` && (method === 'GET' || method === 'POST')) return ndjson([...rights(surroundings), DONE]);
      const [, pce, kind] = CONSUMPTION.exec(path) ?? [];
      if (pce === undefined || method !== 'GET') return { status: 404, body: { code: '404', message: 'Not Found' } };
      return consumption(decodeURIComponent(pce), kind === 'informatives' ? 'days' : 'months', query, surroundings);
    },
    unauthorized: { status: 401, body: { code: '401', message: 'Unauthorized' } },
    tooMany: { status: 429, body: { code: '429', message: 'Too Many Requests' } },
  };
}

function consumption(pce: string, by: 'days' | 'months', query: Request['query'], { operator, dataWeather, now }: Surroundings): Answer {
  const point = deliveryPoints.get(pce);
  if (point?.contract.energy !== 'gas') return refused('point', pce);
  if (operator.activeSince(pce, 'daily-collection') === undefined) return refused('right', pce);
  const [from, to] = [askedDay(query['date_debut']), askedDay(query['date_fin'])];
  const at = now();
  if (!from || !to || from >= to || daysBetween(from, localDay(at, point.source.timeZone)) > HISTORY_DAYS) return refused('request', pce);
  const asked: Period = { from: from > point.contract.from ? from : point.contract.from, to };
  const days = publishedDays(point, by === 'days' ? asked : { from: stepStart(asked.from, 'month'), to }, at, dataWeather());
  const rows = by === 'days' ? days.map((day) => dayRow(day)) : monthRows(days, asked);
  if (!rows.some(({ energy }) => energy !== null)) return refused('nothing', pce);
  const index = indexes(point, rows[0]?.from ?? asked.from, at);
  return ndjson(rows.map((row) => recordOf(point, row, index)));
}

interface Row extends Period {
  /** Wh and dm³. */
  readonly energy: number | null;
  readonly volume: number | null;
  readonly qualification: 'Mesuré' | 'Estimé' | 'Absence de Données';
  readonly isProvisional: boolean;
}

function dayRow({ day, energy: { energy, volume = null, quality }, isHole }: PublishedDay): Row {
  const of = { from: day, to: addDays(day, 1) };
  if (isHole || energy === null) return { ...of, energy: null, volume: null, qualification: 'Absence de Données', isProvisional: false };
  return { ...of, energy, volume, qualification: quality === 'estimated' ? 'Estimé' : 'Mesuré', isProvisional: quality === 'provisional' };
}

/** Whole months only: a reading ends each. A month in which days are missing is estimated from the others. */
function monthRows(days: readonly PublishedDay[], { from, to }: Period): Row[] {
  const months = Map.groupBy(days.map(dayRow), (row) => stepStart(row.from, 'month'));
  return [...months].flatMap(([month, rows]): Row[] => {
    const next = addSteps(month, 'month', 1);
    if (month < from || next > to || rows.length < daysBetween(month, next)) return [];
    const known = rows.filter(({ energy }) => energy !== null);
    const sum = (of: (row: Row) => number | null): number => Math.round((known.reduce((total, row) => total + (of(row) ?? 0), 0) * rows.length) / Math.max(1, known.length) / 1000) * 1000;
    const isWhole = known.length === rows.length && known.every(({ qualification }) => qualification === 'Mesuré');
    return [{ from: month, to: next, energy: sum(({ energy }) => energy), volume: sum(({ volume }) => volume), qualification: isWhole ? 'Mesuré' : 'Estimé', isProvisional: rows.some((row) => row.isProvisional) }];
  });
}

/** The index in whole m³ at 06:00 of a day, as it follows from all that flowed before; nothing where nobody can tell. */
function indexes(point: DeliveryPoint, from: LocalDay, now: number): (row: Row) => { start: number; end: number } {
  const start = point.source.dataFrom ?? from;
  const at = new Map<LocalDay, number>();
  let total = 0;
  for (const { day, energy } of publishedDays(point, { from: start, to: localDay(now, point.source.timeZone) }, now, { holes: [], late: [], estimatedDays: 0 })) {
    at.set(day, total);
    total += energy.volume ?? 0;
    at.set(addDays(day, 1), total);
  }
  const shown = (day: LocalDay): number => FIRST_INDEX + Math.floor((at.get(day) ?? total) / 1000);
  return (row) => ({ start: shown(row.from), end: shown(row.to) });
}

function recordOf({ id, source: { timeZone } }: DeliveryPoint, { from, to, energy, volume, qualification, isProvisional }: Row, indexOf: ReturnType<typeof indexes>): object {
  const isDay = addDays(from, 1) === to;
  const at = (day: LocalDay): string => withOffset(clockTime(day, GAS_DAY_MINUTE, timeZone), timeZone);
  const { start, end } = indexOf({ from, to, energy, volume, qualification, isProvisional });
  // A day without data has no readings either; those that GRDF estimated show no index.
  const isRead = qualification === 'Mesuré';
  const reading = (name: 'debut' | 'fin', day: LocalDay, index: number): object => ({
    date_releve: isDay ? null : at(day),
    raison_releve: isDay ? null : 'RNO',
    qualite_releve: qualification,
    statut_releve: isProvisional ? 'Provisoire' : 'Définitive',
    [`index_brut_${name}`]: { valeur_index: isRead ? index : null, horodate_Index: isRead ? at(day) : null },
    [`index_converti_${name}`]: { valeur_index: null, horodate_Index: null },
  });
  return {
    pce: { id_pce: id },
    periode: { valeur: null, date_debut: from, date_fin: to },
    releve_debut: reading('debut', from, start),
    releve_fin: reading('fin', to, end),
    consommation: {
      date_debut_consommation: at(from),
      date_fin_consommation: at(to),
      flag_retour_zero: 'Faux',
      volume_brut: volume === null ? null : volume / 1000,
      volume_converti: null,
      coeff_calcul: { coeff_conversion: energy && volume ? Math.round((energy / volume) * 100) / 100 : null },
      energie: energy === null ? null : energy / 1000,
      type_qualif_conso: qualification,
      sens_flux_gaz: 'Consommation',
      statut_conso: isProvisional ? 'Provisoire' : 'Définitive',
      journee_gaziere: isDay ? from : null,
    },
    statut_restitution: null,
  };
}

function* rights({ operator }: Surroundings): Generator<object> {
  for (const { id, contract } of deliveryPoints.values()) {
    const since = contract.energy === 'gas' ? operator.activeSince(id, 'daily-collection') : undefined;
    if (since === undefined) continue;
    yield {
      id_droit_acces: `droit-${id}`,
      id_pce: id,
      role_tiers: 'AUTORISE_CONTRAT_FOURNITURE',
      code_postal: contract.site.postcode,
      perim_donnees_techniques_et_contractuelles: 'Faux',
      perim_donnees_informatives: 'Vrai',
      perim_donnees_publiees: 'Vrai',
      date_creation: `${since} 00:00:00`,
      etat_droit_acces: 'Active',
      date_revocation: null,
      date_debut_droit_acces: `${since} 00:00:00`,
      date_fin_autorisation: `${addSteps(since, 'year', 3)} 00:00:00`,
    };
  }
}

function refused(refusal: keyof typeof REFUSALS, pce: string): Answer {
  const [status, code, message] = REFUSALS[refusal];
  return ndjson([{ pce: { id_pce: pce }, periode: null, releve_debut: null, releve_fin: null, consommation: { energie: null }, statut_restitution: { code, message } }], status);
}
