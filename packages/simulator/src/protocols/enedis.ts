/**
 * What Enedis publishes, in both generations of its API. They agree on what may be asked: a load curve by 7 days, 24 months
 * and 15 days back, once recording and collection are in effect; days and powers 36 months and 15 days back. The last day
 * is excluded. Values are strings, times are local without offset, and tell the end of their interval.
 */
import { addDays, daysBetween, localDay, qualityAt, type ConsentPurpose, type LocalDay, type Period, type Quality } from '@oya/contract';
import type { Answer, Request } from '../answer.ts';
import { deliveryPoints, publishedDays, type DeliveryPoint, type PublishedDay } from '../households.ts';
import { askedDay, onTheClock } from '../local-time.ts';
import type { Protocol, Surroundings } from './protocol.ts';

const CURVE_DAYS = 7;
const CURVE_HISTORY = 730 + 15;
const DAILY_HISTORY = 1095 + 15;
const MINUTE = 60_000;

interface Resource {
  readonly measure: 'curve' | 'days' | 'power';
  readonly direction: 'consumption' | 'production';
}

const V5: Readonly<Record<string, Resource>> = {
  '/metering_data_clc/v5/consumption_load_curve': { measure: 'curve', direction: 'consumption' },
  '/metering_data_dc/v5/daily_consumption': { measure: 'days', direction: 'consumption' },
  '/metering_data_dcmp/v5/daily_consumption_max_power': { measure: 'power', direction: 'consumption' },
  '/metering_data_plc/v5/production_load_curve': { measure: 'curve', direction: 'production' },
  '/metering_data_dp/v5/daily_production': { measure: 'days', direction: 'production' },
};

const OF_2026 = '/mesure_synchrone_auto/v2/';
const V2026: Readonly<Record<string, Resource>> = {
  [`${OF_2026}courbe_de_charge_consommation`]: { measure: 'curve', direction: 'consumption' },
  [`${OF_2026}consommation_quotidienne`]: { measure: 'days', direction: 'consumption' },
  [`${OF_2026}puissance_conso_max_quotidienne`]: { measure: 'power', direction: 'consumption' },
  [`${OF_2026}courbe_de_charge_production`]: { measure: 'curve', direction: 'production' },
  [`${OF_2026}production_quotidienne`]: { measure: 'days', direction: 'production' },
};

/** What a refusal is about; each generation has its own code for some. */
type Refusal = keyof typeof REFUSALS;

/** Status and words; code of v5, and that of 2026 where it has its own. */
const REFUSALS = {
  request: [400, 'ADAM-ERR0031', 'La requête n’est pas valide : dates AAAA-MM-JJ, la fin après le début.'],
  point: [404, 'ADAM-ERR0024', 'Le point demandé n’est pas connu.'],
  consent: [403, 'ADAM-DC-0008', 'Aucun consentement du client pour cette donnée.', 'SGT403'],
  long: [400, 'ADAM-DC-0015', 'La courbe de charge est limitée à 7 jours par appel.'],
  history: [400, 'ADAM-DC-0016', 'La période demandée précède la profondeur d’historique.'],
  activation: [400, 'ADAM-ERR0123', 'La période demandée est antérieure à la dernière mise en service.'],
  recording: [400, 'ADAM-ERR0075', 'La collecte de la courbe de charge n’est pas activée.'],
  direction: [400, 'ADAM-ERR0069', 'Le point ne mesure pas ce sens.'],
  nothing: [404, 'no_data_found', 'Aucune mesure trouvée sur la période.', 'STM-ERR-0000014'],
} as const satisfies Record<string, readonly [status: number, code: string, words: string, codeOf2026?: string]>;

interface Point {
  /** `null` where there is none. */
  readonly value: number | null;
  readonly date: string;
  readonly stepMinutes?: number;
  readonly quality: Quality;
}

export function enedis(surroundings: Surroundings): Protocol {
  return {
    answer({ method, path, query }: Request): Answer {
      const [v5, of2026] = [V5[path], V2026[path]];
      if (method !== 'GET' || !(v5 ?? of2026)) return { status: 404, body: { code: 900906, message: 'No matching resource found for given API Request' } };
      if (v5) {
        const asked = collect(v5, query['usage_point_id'], query['start'], query['end'], surroundings);
        return 'refusal' in asked ? refusalOfV5(asked.refusal) : { status: 200, body: readingOfV5(v5, asked) };
      }
      const resource = of2026 as Resource;
      // As the gateway does, it wants to be told what the greatest power is.
      if (resource.measure === 'power' && (query['mesuresPas'] !== 'P1D' || query['grandeurPhysique'] !== 'PMA')) return refusalOf2026('request');
      const asked = collect(resource, query['pointId'], query['dateDebut'], query['dateFin'], surroundings);
      return 'refusal' in asked ? refusalOf2026(asked.refusal) : { status: 200, body: measuresOf2026(resource, asked) };
    },
    unauthorized: { status: 401, body: { code: 900901, message: 'Invalid Credentials' } },
    tooMany: { status: 429, body: { code: 429, message: 'Too many requests' } },
  };
}

interface Collected extends Period {
  readonly point: DeliveryPoint;
  readonly points: readonly Point[];
}

function collect(resource: Resource, id: string | undefined, start: string | undefined, end: string | undefined, { operator, dataWeather, now }: Surroundings): Collected | { readonly refusal: Refusal } {
  const [from, to] = [askedDay(start), askedDay(end)];
  if (!from || !to || from >= to || !/^\d{14}$/.test(id ?? '')) return { refusal: 'request' };
  const point = deliveryPoints.get(id ?? '');
  if (point?.contract.energy !== 'electricity') return { refusal: 'point' };
  const { source } = point;
  const at = now();
  const since = (purpose: ConsentPurpose): LocalDay | undefined => operator.activeSince(point.id, purpose);
  const purpose = { curve: 'curve-collection', days: 'daily-collection', power: 'maximum-power' } as const;
  if (since(purpose[resource.measure]) === undefined) return { refusal: 'consent' };
  if (resource.direction === 'production' && !source.meter.production) return { refusal: 'direction' };
  if (resource.measure === 'curve' && daysBetween(from, to) > CURVE_DAYS) return { refusal: 'long' };
  if (from < addDays(localDay(at, source.timeZone), -(resource.measure === 'curve' ? CURVE_HISTORY : DAILY_HISTORY))) return { refusal: 'history' };
  if (from < point.contract.from) return { refusal: 'activation' };
  const recordedSince = resource.measure === 'curve' ? since('curve-recording') : from;
  if (recordedSince === undefined) return { refusal: 'recording' };

  const begin = recordedSince > from ? recordedSince : from;
  const days = begin < to ? publishedDays(point, { from: begin, to }, at, dataWeather()) : [];
  const points = days.flatMap((day) => pointsOf(day, resource, source.timeZone));
  return points.some(({ value }) => value !== null) ? { point, from, to, points } : { refusal: 'nothing' };
}

function pointsOf(day: PublishedDay, { measure, direction }: Resource, timeZone: string): Point[] {
  const flow = direction === 'production' ? day.production : day;
  if (!flow) return [];
  const told = <Value>(value: Value): Value | null => (day.isHole ? null : value);
  if (measure === 'curve') {
    return flow.curve.flatMap(({ start, stepMinutes, values, quality }) =>
      values.map((value, index) => ({ value: told(value), date: onTheClock(Date.parse(start) + (index + 1) * stepMinutes * MINUTE, timeZone), stepMinutes, quality: qualityAt(quality, index) })),
    );
  }
  if (measure === 'days') return [{ value: told(flow.energy.energy), date: day.day, quality: flow.energy.quality }];
  const power = told(flow.energy.maximumPower ?? null);
  return [{ value: power, date: power === null ? day.day : onTheClock(highestMoment(day), timeZone), quality: power === null ? 'missing' : flow.energy.quality }];
}

/** Some moment within the interval of the highest average: the meter tells when, the generator does not. */
function highestMoment({ curve, day }: PublishedDay): number {
  let highest = { value: -1, at: Date.parse(`${day}T12:00:00Z`) };
  for (const { start, stepMinutes, values } of curve) {
    values.forEach((value, index) => {
      if (value !== null && value > highest.value) highest = { value, at: Date.parse(start) + index * stepMinutes * MINUTE + ((value * 37) % (stepMinutes * 60)) * 1000 };
    });
  }
  return highest.at;
}

/** Without a value there is no reading. Only a curve tells how its values came about. */
function readingOfV5({ measure }: Resource, { point, from, to, points }: Collected): object {
  const type = {
    curve: { unit: 'W', measurement_kind: 'power', aggregate: 'average' },
    days: { unit: 'Wh', measurement_kind: 'energy', aggregate: 'sum', measuring_period: 'P1D' },
    power: { unit: 'VA', measurement_kind: 'power', aggregate: 'maximum', measuring_period: 'P1D' },
  }[measure];
  const readings = points
    .filter(({ value }) => value !== null)
    .map(({ value, date, stepMinutes, quality }) => ({ value: String(value), date, ...(stepMinutes && { interval_length: `PT${stepMinutes}M`, measure_type: natureOf(quality) }) }));
  return { meter_reading: { usage_point_id: point.id, start: from, end: to, quality: 'BRUT', reading_type: type, interval_reading: readings } };
}

function measuresOf2026({ measure, direction }: Resource, { point, from, to, points }: Collected): object {
  const [grandeurPhysique, unite] = { curve: ['PA', 'W'], days: ['EA', 'Wh'], power: ['PMA', 'VA'] }[measure];
  const telling = ({ quality }: Point): object => ({ n: natureOf(quality), iv: quality === 'provisional' ? '1' : '0' });
  const curve = ({ value, stepMinutes, ...given }: Point): object => ({ v: text(value), d: given.date, p: `PT${stepMinutes}M`, ...telling({ value, ...given }), ec: '0' });
  // A day tells how it came about only where it was not simply measured.
  const day = (given: Point): object => ({ v: text(given.value), d: given.date, ...(given.value !== null && given.quality !== 'real' && telling(given)) });
  return {
    idPrm: point.id,
    etapeMetier: 'BRUT',
    periode: { dateDebut: from, dateFin: to },
    ...(measure === 'days' && { typeValeur: 'GLOBALE' }),
    modeCalcul: measure === 'days' ? 'DIFF.INDEX' : 'MESURE',
    ...(measure !== 'curve' && { pas: 'P1D' }),
    grandeur: [{ grandeurMetier: direction === 'production' ? 'PROD' : 'CONS', grandeurPhysique, unite, points: points.map(measure === 'curve' ? curve : day), ...(measure !== 'curve' && { calendrier: [] }) }],
    contexte: [],
  };
}

/** `B`, brute: what the meter measured; `E`: estimated. */
function natureOf(quality: Quality): 'B' | 'E' {
  return quality === 'estimated' ? 'E' : 'B';
}

function text(value: number | null): string | null {
  return value === null ? null : String(value);
}

function refusalOfV5(refusal: Refusal): Answer {
  const [status, error, words] = REFUSALS[refusal];
  return { status, body: { error, error_description: words } };
}

function refusalOf2026(refusal: Refusal): Answer {
  const [status, , words, code] = REFUSALS[refusal] as readonly [number, string, string, string?];
  return code === undefined ? refusalOfV5(refusal) : { status, body: { code, message: words } };
}
