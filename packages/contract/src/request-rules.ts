/** What must hold of a request before it is sent: the page warns by it, the server decides by it. */
import type { Contract, Meter, Register } from './portal.ts';
import { POWERS_KVA } from './power-and-tariff.ts';
import type { ProcedureWay } from './procedures.ts';
import type { ConnectionDetails, MovingDetails, PowerOrTariffDetails, RequestDetails } from './requests.ts';
import { addDays, LocalDay } from './time.ts';

/** Of one customer: more is not meant well. */
export const REQUESTS_AN_HOUR = 10;
/** Nothing is planned further ahead. */
export const FURTHEST_DAYS = 366;
/** Somebody who has left or moved in already may say so late. */
export const LATEST_DAYS = 60;
/** For so long somebody may have two places; beyond, one of the two days is mistaken. */
export const MOST_OVERLAP_DAYS = 92;
/** A claim about what is older has lapsed. */
const CLAIM_DAYS = 5 * 366;

/**
 * Why a request is not taken as it is.
 * - `missing`, `unknown`: nothing there, or what is not the customer's
 * - `too-early`, `too-far`: a day that is over for this, or further than anybody plans; `not-yet`: a day that is to come
 * - `before-contract`: a day on which the contract did not hold yet
 * - `apart`: moving in so long before moving out, or after, that one of the two is mistaken
 * - `digits`: more than the register shows
 * - `same`: what the contract has already; `not-offered`: what nobody can have here
 */
export type RequestFaultCode = 'missing' | 'unknown' | 'too-early' | 'too-far' | 'not-yet' | 'before-contract' | 'apart' | 'digits' | 'same' | 'not-offered';

export interface RequestFault {
  /** Of the field, below `details`: `leaving.on`, `readings.<meter>.<register>`. */
  readonly path: string;
  readonly code: RequestFaultCode;
}

/** What a request is judged by. */
export interface RequestPlace {
  readonly today: LocalDay;
  /** Those that the customer holds. */
  readonly contracts: readonly Pick<Contract, 'id' | 'energy' | 'from' | 'to' | 'subscribedPowerKva'>[];
  readonly meters: readonly (Pick<Meter, 'id' | 'contractId'> & { readonly registers: readonly Register[] })[];
  /** What the utility's form offers. */
  readonly form: Pick<ProcedureWay & { by: 'form' }, 'powersKva' | 'tariffs'>;
  /** How many files go with it. */
  readonly files: number;
}

/** What is wrong, in the order of the fields. Fields that were left empty are `''`, or absent. */
export function requestFaults(details: RequestDetails, place: RequestPlace): RequestFault[] {
  switch (details.kind) {
    case 'moving':
      return movingFaults(details, place);
    case 'power-or-tariff':
      return powerFaults(details, place);
    case 'connection':
      return connectionFaults(details, place);
    case 'claim': {
      const { contractId, on, words, topic } = details;
      return [...given('topic', topic), ...ofCustomer('contractId', contractId, place), ...(on === undefined ? [] : dayFaults('on', on, { from: addDays(place.today, -CLAIM_DAYS), until: place.today, late: 'not-yet' })), ...given('words', words)];
    }
    case 'documents': {
      const { contractId, document } = details;
      return [...given('document', document), ...ofCustomer('contractId', contractId, place), ...(place.files === 0 ? [{ path: 'attachmentIds', code: 'missing' as const }] : [])];
    }
    default:
      return details satisfies never;
  }
}

function movingFaults({ leaving, entering, address }: MovingDetails, place: RequestPlace): RequestFault[] {
  const { today, contracts, meters } = place;
  const faults: RequestFault[] = [];
  if (!leaving && !entering) faults.push({ path: 'moves', code: 'missing' });
  if (leaving) {
    const ending = leaving.contractIds.map((id) => contracts.find((contract) => contract.id === id));
    if (ending.length === 0) faults.push({ path: 'leaving.contractIds', code: 'missing' });
    else if (ending.some((contract) => contract === undefined || contract.to !== null)) faults.push({ path: 'leaving.contractIds', code: 'unknown' });
    faults.push(...planned('leaving.on', leaving.on, today));
    if (ending.some((contract) => contract !== undefined && leaving.on !== '' && leaving.on < contract.from)) faults.push({ path: 'leaving.on', code: 'before-contract' });
    for (const { meterId, on, indexes } of leaving.readings ?? []) {
      const meter = meters.find(({ id, contractId }) => id === meterId && leaving.contractIds.includes(contractId));
      if (!meter) {
        faults.push({ path: `readings.${meterId}`, code: 'unknown' });
        continue;
      }
      faults.push(...dayFaults(`readings.${meterId}.on`, on, { from: addDays(today, -LATEST_DAYS), until: today, late: 'not-yet' }));
      for (const { register, index } of indexes) {
        const known = meter.registers.find(({ code }) => code === register);
        if (!known) faults.push({ path: `readings.${meterId}.${register}`, code: 'unknown' });
        else if (!Number.isInteger(index) || index < 0 || index >= 10 ** known.digits) faults.push({ path: `readings.${meterId}.${register}`, code: 'digits' });
      }
    }
  }
  if (entering) {
    faults.push(...planned('entering.on', entering.on, today));
    if (entering.energies.length === 0) faults.push({ path: 'entering.energies', code: 'missing' });
    for (const { energy, index } of entering.indexes ?? []) if (!Number.isInteger(index) || index < 0 || index >= 10 ** MOST_DIGITS) faults.push({ path: `entering.indexes.${energy}`, code: 'digits' });
    const isApart = leaving && isDay(leaving.on) && isDay(entering.on) && (entering.on < addDays(leaving.on, -MOST_OVERLAP_DAYS) || entering.on > addDays(leaving.on, FURTHEST_DAYS));
    if (isApart) faults.push({ path: 'entering.on', code: 'apart' });
  }
  return [...faults, ...addressFaults(address)];
}

/** No register shows more. */
const MOST_DIGITS = 9;

function powerFaults({ contractId, powerKva, tariff, on }: PowerOrTariffDetails, { contracts, form, today }: RequestPlace): RequestFault[] {
  const contract = contracts.find(({ id, to, energy }) => id === contractId && to === null && energy === 'electricity');
  const faults: RequestFault[] = contract ? [] : [{ path: 'contractId', code: contractId === '' ? 'missing' : 'unknown' }];
  if (powerKva === undefined && tariff === undefined) faults.push({ path: 'change', code: 'missing' });
  if (powerKva !== undefined) {
    if (!powersOffered(form).includes(powerKva)) faults.push({ path: 'powerKva', code: 'not-offered' });
    else if (powerKva === contract?.subscribedPowerKva) faults.push({ path: 'powerKva', code: 'same' });
  }
  if (tariff !== undefined && form.tariffs && !form.tariffs.includes(tariff)) faults.push({ path: 'tariff', code: 'not-offered' });
  if (on !== undefined) faults.push(...ahead('on', on, today));
  return faults;
}

function connectionFaults({ address, on, powerKva, energy, work }: ConnectionDetails, { form, today }: RequestPlace): RequestFault[] {
  const faults: RequestFault[] = [...given('energy', energy), ...given('work', work), ...addressFaults(address), ...ahead('on', on, today)];
  if (powerKva !== undefined && (energy !== 'electricity' || !powersOffered(form).includes(powerKva))) faults.push({ path: 'powerKva', code: 'not-offered' });
  else if (powerKva === undefined && energy === 'electricity' && (work === 'new-connection' || work === 'temporary')) faults.push({ path: 'powerKva', code: 'missing' });
  return faults;
}

/** In kVA, the smallest first. */
export function powersOffered({ powersKva }: RequestPlace['form']): readonly number[] {
  return powersKva ? powersKva.toSorted((one, other) => one - other) : POWERS_KVA;
}

/** Letters and digits that nobody confuses on the phone or on paper. */
const SIGNS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** @param bytes eight, by chance: a number tells nothing of how many there are */
export function requestNumber(bytes: Uint8Array): string {
  const signs = [...bytes.slice(0, 8)].map((byte) => SIGNS[byte % SIGNS.length] as string).join('');
  return `D-${signs.slice(0, 4)}-${signs.slice(4)}`;
}

function planned(path: string, day: LocalDay, today: LocalDay): RequestFault[] {
  return dayFaults(path, day, { from: addDays(today, -LATEST_DAYS), until: addDays(today, FURTHEST_DAYS), late: 'too-far' });
}

function ahead(path: string, day: LocalDay, today: LocalDay): RequestFault[] {
  return dayFaults(path, day, { from: today, until: addDays(today, FURTHEST_DAYS), late: 'too-far' });
}

function dayFaults(path: string, day: LocalDay, { from, until, late }: { from: LocalDay; until: LocalDay; late: RequestFaultCode }): RequestFault[] {
  if (!isDay(day)) return [{ path, code: 'missing' }];
  if (day < from) return [{ path, code: 'too-early' }];
  return day > until ? [{ path, code: late }] : [];
}

function isDay(day: string): boolean {
  return LocalDay.safeParse(day).success;
}

function given(path: string, value: string): RequestFault[] {
  return value.trim() === '' ? [{ path, code: 'missing' }] : [];
}

function ofCustomer(path: string, contractId: string | undefined, { contracts }: RequestPlace): RequestFault[] {
  return contractId === undefined || contracts.some(({ id }) => id === contractId) ? [] : [{ path, code: 'unknown' }];
}

function addressFaults({ lines, postcode, city }: MovingDetails['address']): RequestFault[] {
  const [street = ''] = lines;
  return [...given('address.street', street), ...given('address.postcode', postcode), ...given('address.city', city)];
}
