/** What is typed into the forms, as what the portal is asked for; what is still missing is empty. Pure. */
import type { ConnectionDetails, ClaimDetails, DocumentsDetails, Energy, LocalDay, Meter, MovingDetails, PowerOrTariffDetails, RequestDetails, RequestKind } from '@oya/contract';
import { typedIndex } from '../typed-index.ts';

/** Name of a field → as typed; a box that is ticked is `yes`. */
export type Typed = Readonly<Record<string, string>>;

export interface TypedPlace {
  readonly today: LocalDay;
  /** That can be ended; a single one is meant without being ticked. */
  readonly contractIds: readonly string[];
  readonly meters: readonly Pick<Meter, 'id' | 'contractId' | 'registers'>[];
}

export const STEPS = {
  moving: ['moves', 'leaving', 'entering', 'check'],
  'power-or-tariff': ['power', 'check'],
  connection: ['work', 'place', 'check'],
  claim: ['claim', 'check'],
  documents: ['document', 'check'],
} as const satisfies Record<RequestKind, readonly string[]>;

export type StepName = (typeof STEPS)[RequestKind][number];

/** Beginnings of the fields that stand on a step. */
export const FIELDS: Readonly<Record<StepName, readonly string[]>> = {
  moves: ['moves'],
  leaving: ['leaving', 'readings'],
  entering: ['entering', 'address'],
  power: ['contractId', 'change', 'powerKva', 'tariff', 'on'],
  work: ['energy', 'work', 'powerKva'],
  place: ['address', 'on'],
  claim: ['topic', 'contractId', 'on', 'words'],
  document: ['document', 'contractId', 'attachmentIds'],
  check: ['phone', 'words'],
};

/** The steps that somebody goes through, by what they have said so far. */
export function stepsOf(kind: RequestKind, typed: Typed): readonly StepName[] {
  const all: readonly StepName[] = STEPS[kind];
  return kind === 'moving' && typed['moves'] === 'in' ? all.filter((step) => step !== 'leaving') : all;
}

/** A fault's or a detail's path as the name of its field: ids of controls hold no dots. */
export function nameOf(path: string): string {
  return path.replaceAll(/[^\w-]/g, '-');
}

export function isOnStep(path: string, step: StepName): boolean {
  return FIELDS[step].some((field) => path === field || path.startsWith(`${field}.`));
}

export function detailsOf(kind: RequestKind, typed: Typed, place: TypedPlace): RequestDetails {
  const of = (path: string) => (typed[nameOf(path)] ?? '').trim();
  const given = <K extends string>(key: K, value: string) => (value === '' ? {} : { [key]: value }) as { [P in K]?: string };
  const address = { lines: [of('address.street'), of('address.extra')].filter((line, at) => at === 0 || line !== ''), postcode: of('address.postcode'), city: of('address.city'), country: 'FR' };
  const words = given('words', of('words'));
  const power = of('powerKva') === '' ? {} : { powerKva: Number(of('powerKva')) };
  switch (kind) {
    case 'moving': {
      const moves = of('moves');
      return {
        kind,
        ...((moves === 'out' || moves === 'both') && { leaving: leavingOf(of, place) }),
        ...((moves === 'in' || moves === 'both') && { entering: enteringOf(of) }),
        address,
        ...words,
      } satisfies MovingDetails;
    }
    case 'power-or-tariff':
      return { kind, contractId: of('contractId'), ...power, ...(given('tariff', of('tariff')) as Pick<PowerOrTariffDetails, 'tariff'>), ...given('on', of('on')), ...words };
    case 'connection':
      return { kind, energy: of('energy') as Energy, work: of('work') as ConnectionDetails['work'], address, on: of('on'), ...power, ...words };
    case 'claim':
      return { kind, topic: of('topic') as ClaimDetails['topic'], ...given('contractId', of('contractId')), ...given('on', of('on')), words: of('words') };
    case 'documents':
      return { kind, document: of('document') as DocumentsDetails['document'], ...given('contractId', of('contractId')), ...words };
    default:
      return kind satisfies never;
  }
}

type Leaving = NonNullable<MovingDetails['leaving']>;

function leavingOf(of: (path: string) => string, { today, contractIds, meters }: TypedPlace): Leaving {
  const ending = contractIds.length === 1 ? [...contractIds] : contractIds.filter((id) => of(`leaving.contractIds.${id}`) === 'yes');
  const on = of('leaving.on');
  const readings = meters
    .filter(({ contractId }) => ending.includes(contractId))
    .map(({ id: meterId, registers }) => ({
      meterId,
      // What a meter will show is not known before.
      on: on !== '' && on < today ? on : today,
      indexes: registers.map(({ code }) => ({ register: code, text: of(`readings.${meterId}.${code}`) })).filter(({ text }) => text !== '').map(({ register, text }) => ({ register, index: typedIndex(text).index ?? NaN })),
    }))
    .filter(({ indexes }) => indexes.length > 0);
  const successor = of('leaving.successor');
  return { contractIds: ending, on, ...(readings.length > 0 && { readings }), ...(successor !== '' && { successor }) };
}

function enteringOf(of: (path: string) => string): NonNullable<MovingDetails['entering']> {
  const energies = (['electricity', 'gas'] as const).filter((energy) => of(`entering.energies.${energy}`) === 'yes');
  const indexes = energies.map((energy) => ({ energy, text: of(`entering.indexes.${energy}`) })).filter(({ text }) => text !== '').map(({ energy, text }) => ({ energy, index: typedIndex(text).index ?? NaN }));
  return { on: of('entering.on'), energies, ...(indexes.length > 0 && { indexes }) };
}
