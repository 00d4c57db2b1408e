/**
 * What Enedis answers about a contract or an address: v5 `customers_upc` and `customers_upa` (a customer with usage
 * points), and the API of 2026, `situation_contrat` (a list of contracts) and `synth_contrat` (dates and segments alone).
 * Names and telephone numbers of the customer come with it: they stay in the details.
 */
import type { LocalDay } from '@oya/contract';
import { FormatError } from '../errors.ts';
import { elementLines, listOf, objectOf, parseJson, textOf, type JsonObject } from '../json.ts';
import type { NetworkContract, Reader, Reading, Source } from '../reader.ts';
import { RowReport } from '../row-report.ts';
import { parseDay } from '../timestamps.ts';
import { deliveryPointOf } from './vocabulary.ts';

const MARKS = /"(usage_points|contract_start|contract_type|subscribed_power|distribution_tariff|services_level)"\s*:/;

export const enedisContract = {
  name: 'enedis-contract',
  title: 'Enedis contract JSON (customers v5; situation_contrat, synth_contrat of 2026)',

  matches({ head }: Source): boolean {
    return /^\s*[{[]/.test(head) && MARKS.test(head);
  },

  read({ text }: Source): Reading {
    const { contracts, path } = contractsIn(parseJson(text));
    const report = new RowReport((place) => elementLines(text, path)[place] ?? 1);
    const contents = contracts.flatMap((given, place): NetworkContract[] => {
      const contract = contractOf(objectOf(given));
      if (contract) report.read++;
      else report.skip(place, 'it says nothing of a contract or a delivery point');
      return contract ? [contract] : [];
    });
    if (contracts.length === 0) throw new FormatError('the file holds no contract', 'Ask Enedis again for a delivery point that the customer gave consent for.');
    return report.reading(contents);
  },
} as const satisfies Reader;

/** The contracts of a file, and where in it they stand. */
function contractsIn(file: unknown): { contracts: readonly unknown[]; path: readonly string[] } {
  if (Array.isArray(file)) return { contracts: file, path: [] };
  const { customer, contracts } = objectOf(file);
  if (customer !== undefined) return { contracts: listOf(objectOf(customer)['usage_points']), path: ['customer', 'usage_points'] };
  if (contracts !== undefined) return { contracts: listOf(contracts), path: ['contracts'] };
  return { contracts: [file], path: [] };
}

function contractOf(given: JsonObject): NetworkContract | undefined {
  // v5 keeps point and contract side by side; 2026 has the point's number among the contract's own.
  const point = objectOf(given['usage_point']);
  const contract: JsonObject = 'usage_point' in given ? objectOf(given['contracts']) : given;
  const id = textOf(point['usage_point_id']) || textOf(contract['usage_point_id']);
  const said = new Details([point, contract]);
  if (said.isEmpty && id === '') return undefined;
  const power = powerOf(contract['subscribed_power']);
  return {
    kind: 'contract',
    deliveryPoint: deliveryPointOf(id),
    energy: 'electricity',
    subscribedPowerKva: power ?? null,
    tariff: textOf(contract['distribution_tariff']) || null,
    offPeakHours: textOf(contract['offpeak_hours']) || null,
    from: dayOf(contract['contract_start'] ?? contract['last_activation_date'] ?? contract['consumption_last_activation_date']),
    details: said.without(['distribution_tariff', 'offpeak_hours', ...(power === undefined ? [] : ['subscribed_power', 'subscribed_power.unit', 'subscribed_power.value'])]),
  };
}

/** `12`, `6 kVA` or `{ value: '12', unit: 'kVA' }`; `undefined` for anything else, which then stays among the details. */
function powerOf(given: unknown): number | undefined {
  const { value, unit } = objectOf(given);
  const parts = /^(\d{1,6})(?:[.,](\d{1,3}))?(?: ?kVA)?$/i.exec(value === undefined ? textOf(given) : `${textOf(value)} ${textOf(unit)}`.trim());
  return parts ? Number(`${parts[1]}.${parts[2] ?? 0}`) : undefined;
}

/** The local day of `2026-02-11T00:00:00+0100` or `2017-07-15+02:00`. */
function dayOf(given: unknown): LocalDay | null {
  const day = textOf(given).slice(0, 10);
  return typeof parseDay(day) === 'number' ? day : null;
}

const DEEPEST = 6;
const MOST = 200;

/** All texts of some objects by their names, those further in by their path: `usage_point_addresses.city`. */
class Details {
  readonly #texts = new Map<string, string>();

  constructor(objects: readonly JsonObject[]) {
    for (const object of objects) this.#add(object, '', 0);
  }

  get isEmpty(): boolean {
    return this.#texts.size === 0;
  }

  without(names: readonly string[]): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#texts].filter(([name]) => !names.includes(name)));
  }

  #add(value: unknown, name: string, depth: number): void {
    if (typeof value === 'object' && value !== null) {
      if (depth === DEEPEST) return;
      for (const [key, inner] of Object.entries(value)) this.#add(inner, name === '' ? key : `${name}.${key}`, depth + 1);
    } else if (value !== null && value !== '' && this.#texts.size < MOST) {
      this.#texts.set(name, String(value));
    }
  }
}
