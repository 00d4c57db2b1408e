/** Reads a territory that people wrote, and tells them each mistake: where it stands and what to do about it. */
import { comparableName } from './names.ts';
import { Energy } from './portal.ts';
import { Territory, type TerritoryRule } from './territory.ts';

export interface TerritoryFault {
  /** As in the file: `rules[2].communes[0]`. */
  readonly path: string;
  readonly message: string;
}

/** Every mistake at once. */
export class TerritoryError extends Error {
  override readonly name = 'TerritoryError';
  readonly faults: readonly TerritoryFault[];

  constructor(faults: readonly TerritoryFault[]) {
    super(faults.map(({ path, message }) => `${path || 'the file'}: ${message}`).join('\n'));
    this.faults = faults;
  }
}

/**
 * A territory from what a file holds. Fields that begin with `$` are for its writers.
 * @throws TerritoryError
 */
export function readTerritory(written: unknown): Territory {
  const result = Territory.safeParse(written);
  if (!result.success) throw new TerritoryError(result.error.issues.map(({ path, message }) => ({ path: pathOf(path), message })));
  const faults = [...unknownFields(written, result.data, []), ...territoryFaults(result.data)];
  if (faults.length > 0) throw new TerritoryError(faults);
  return result.data;
}

/** What is wrong with a territory whose form is right. */
export function territoryFaults(territory: Territory): TerritoryFault[] {
  return [...duplicates(territory), ...unknownNames(territory), ...uselessRules(territory), ...uncovered(territory)];
}

function duplicates({ communes, suppliers }: Territory): TerritoryFault[] {
  const repeated = (list: string, field: string, ids: readonly string[]) =>
    ids.flatMap((id, index) => {
      const first = ids.indexOf(id);
      return first === index ? [] : [{ path: `${list}[${index}].${field}`, message: `“${id}” is already ${list}[${first}]; give each its own, or take one out` }];
    });
  return [
    ...repeated('communes', 'id', communes.map(({ id }) => id)),
    ...repeated('suppliers', 'utility', suppliers.map(({ utility }) => utility)),
  ];
}

function unknownNames({ communes, rules, suppliers }: Territory): TerritoryFault[] {
  const communeIds = communes.map(({ id }) => id);
  const utilities = suppliers.map(({ utility }) => utility);
  return rules.flatMap((rule, index) => [
    ...communesOf(rule).flatMap((id, place) =>
      communeIds.includes(id) ? [] : [{ path: `rules[${index}].communes[${place}]`, message: `there is no commune “${id}”; ${suggest(id, communeIds)}add it to communes, or correct the id` }],
    ),
    ...(utilities.includes(rule.utility)
      ? []
      : [{ path: `rules[${index}].utility`, message: `there is no supplier “${rule.utility}”; there are ${utilities.join(', ')}: add it to suppliers, or correct the id` }]),
  ]);
}

/** A rule whose every commune and energy an earlier one has decided. */
function uselessRules({ communes, rules }: Territory): TerritoryFault[] {
  const decided = new Set<string>();
  return rules.flatMap((rule, index) => {
    const known = new Set(communes.map(({ id }) => id));
    const ids = rule.communes === 'all' ? [...known] : rule.communes.filter((id) => known.has(id));
    const cases = ids.flatMap((id) => rule.energies.map((energy) => `${energy} ${id}`));
    const useless = cases.length > 0 && cases.every((each) => decided.has(each));
    for (const each of cases) decided.add(each);
    return useless ? [{ path: `rules[${index}]`, message: 'never applies, since earlier rules decide all that it names; move it up, or take it out' }] : [];
  });
}

function uncovered({ communes, rules }: Territory): TerritoryFault[] {
  if (rules.some((rule) => rule.communes === 'all')) return [];
  const covered = new Set(rules.flatMap(communesOf));
  return communes.flatMap(({ id, name }, index) =>
    covered.has(id) ? [] : [{ path: `communes[${index}]`, message: `no rule names ${name} (“${id}”) for ${Energy.options.join(' or ')}; add it to a rule, or take it out` }],
  );
}

function communesOf({ communes }: TerritoryRule): readonly string[] {
  return communes === 'all' ? [] : communes;
}

/** “Did you mean”, where an id differs only in how it is spelt. */
function suggest(id: string, known: readonly string[]): string {
  const alike = known.find((other) => comparableName(other) === comparableName(id));
  return alike === undefined ? '' : `did you mean “${alike}”? `;
}

/** Fields that the contract does not know: an answer of a later version may have them, a file has them by mistake. */
function unknownFields(written: unknown, read: unknown, path: readonly PropertyKey[]): TerritoryFault[] {
  if (!isObject(written) || !isObject(read)) return [];
  return Object.keys(written).flatMap((key) => {
    if (Object.hasOwn(read, key)) return unknownFields(written[key], read[key], [...path, Array.isArray(written) ? Number(key) : key]);
    return key.startsWith('$') ? [] : [{ path: pathOf([...path, key]), message: 'there is no such field; correct its name, or take it out' }];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`)).join('');
}
