/** What is cut and what is planned at the demo's utilities, told from now: an ordinary week, a night of storm, and nothing at all. */
import { instant, type Energy, type Instant, type Outage, type OutageArea, type OutageStreet, type OutageUpdate } from '@oya/contract';
import { findUtility } from './utilities.ts';

export const OUTAGE_SCENARIOS = ['ordinary', 'outage', 'storm', 'calm'] as const;
export type OutageScenario = (typeof OUTAGE_SCENARIOS)[number];

const MINUTE = 60_000;

/** Hours from now, or of works from half past eight in the morning; a fraction of one is allowed. */
type Hours = number;

interface Story extends Pick<Outage, 'id' | 'kind' | 'cause' | 'households'> {
  readonly energy?: Energy;
  readonly where: readonly (readonly [commune: string, ...streets: OutageStreet[]])[];
  readonly starts: Hours;
  /** What was said, the oldest first. */
  readonly said: readonly { readonly at: Hours; readonly state: OutageUpdate['state']; readonly end: Hours | null; readonly note?: OutageUpdate['note'] }[];
}

const street = (name: string, numbers: Omit<OutageStreet, 'name'> = {}): OutageStreet => ({ name, ...numbers });

const STORIES: Readonly<Record<string, Readonly<Record<OutageScenario, readonly Story[]>>>> = {
  eneo: { ordinary: eneoWeek(), outage: [eneoOutage(), ...eneoWeek()], storm: [eneoOutage(), ...stormNight('eneo'), ...eneoWeek()], calm: [] },
  sicae: { ordinary: sicaeWeek(), outage: [sicaeOutage(), ...sicaeWeek()], storm: [sicaeOutage(), ...stormNight('sicae'), ...sicaeWeek()], calm: [] },
};

export function outagesOf(utilityId: string, now: Instant, scenario: OutageScenario = 'ordinary'): Outage[] {
  const names = new Map(findUtility(utilityId).territory.flatMap(({ code, name }) => (code === undefined ? [] : [[code, name]])));
  // On the half hour: nobody expects an end at 8:43. Works begin in the morning.
  const halfHour = Math.floor(Date.parse(now) / (30 * MINUTE)) * 30 * MINUTE;
  const morning = Date.parse(`${now.slice(0, 10)}T07:30:00Z`);
  return (STORIES[utilityId]?.[scenario] ?? []).map((story) => told(story, story.kind === 'works' ? morning : halfHour, names));
}

function told({ where, starts, said, energy = 'electricity', ...story }: Story, base: number, names: ReadonlyMap<string, string>): Outage {
  const at = (hours: Hours) => instant(base + Math.round(hours * 60) * MINUTE);
  const history = said.map((update): OutageUpdate => ({ at: at(update.at), state: update.state, startsAt: at(starts), estimatedEnd: update.end === null ? null : at(update.end), note: update.note ?? null }));
  const last = history.at(-1) as OutageUpdate;
  const isOver = last.state === 'restored' || last.state === 'cancelled';
  return {
    ...story,
    energy,
    state: last.state,
    areas: where.map(([commune, ...streets]): OutageArea => ({ commune, name: names.get(commune) ?? commune, streets })),
    startsAt: at(starts),
    estimatedEnd: last.estimatedEnd,
    endedAt: isOver ? last.at : null,
    history,
  };
}

function eneoOutage(): Story {
  return {
    id: 'eneo-acacias', kind: 'outage', cause: 'equipment', households: 64,
    where: [['81060', street('rue des Acacias'), street('avenue Albert-Thomas', { from: 1, to: 45, side: 'odd' }), street('rue du Puits')]],
    starts: -2.5,
    said: [
      { at: -2.3, state: 'reported', end: null },
      { at: -2, state: 'acknowledged', end: 0.5, note: { fr: 'Une équipe est en route.', en: 'A crew is on its way.' } },
      { at: -1, state: 'repairing', end: 1, note: { fr: 'Un câble souterrain est à réparer.', en: 'An underground cable has to be repaired.' } },
      { at: -0.25, state: 'repairing', end: 2, note: { fr: 'La réparation prend plus de temps que prévu : il faut ouvrir la chaussée.', en: 'The repair takes longer than expected: the road has to be opened.' } },
    ],
  };
}

function eneoWeek(): Story[] {
  return [
    {
      id: 'eneo-works-acacias', kind: 'works', cause: 'maintenance', households: 38,
      where: [['81060', street('rue des Acacias', { from: 2, to: 30, side: 'even' }), street('place Jean-Jaurès')]],
      starts: 5 * 24,
      said: [{ at: -6 * 24, state: 'planned', end: 5 * 24 + 3.5 }, { at: -30, state: 'planned', end: 5 * 24 + 3, note: { fr: 'Les travaux seront plus courts que prévu.', en: 'The works will be shorter than expected.' } }],
    },
    {
      id: 'eneo-works-gas', kind: 'works', energy: 'gas', cause: 'reinforcement', households: 22,
      where: [['81170', street('route de Salles'), street('rue de la Porte-Neuve')], ['81230']],
      starts: 13 * 24,
      said: [{ at: -3 * 24, state: 'planned', end: 13 * 24 + 6 }],
    },
    {
      id: 'eneo-storm-restored', kind: 'outage', cause: 'storm', households: 310,
      where: [['81060', street('chemin de la Verrerie'), street('rue du Cérou'), street('chemin du Candou')]],
      starts: -21,
      said: [{ at: -20.8, state: 'reported', end: null }, { at: -20, state: 'repairing', end: -18 }, { at: -18.5, state: 'repairing', end: -16.5, note: { fr: 'Un arbre est tombé sur la ligne.', en: 'A tree fell on the line.' } }, { at: -17, state: 'restored', end: -17 }],
    },
    {
      id: 'eneo-works-called-off', kind: 'works', cause: 'pruning', households: 15,
      where: [['81060', street('rue de la Mine')]],
      starts: -8 * 24,
      said: [{ at: -20 * 24, state: 'planned', end: -8 * 24 + 3 }, { at: -9 * 24, state: 'cancelled', end: -8 * 24 + 3, note: { fr: 'Annulés à cause du vent. Une nouvelle date sera annoncée.', en: 'Called off because of the wind. A new date will be announced.' } }],
    },
  ];
}

function sicaeOutage(): Story {
  return {
    id: 'sicae-viaur', kind: 'outage', cause: 'tree', households: 118,
    where: [['81292', street('route du Viaur'), street('chemin du Pont')], ['81201']],
    starts: -1.5,
    said: [{ at: -1.4, state: 'reported', end: null }, { at: -1, state: 'acknowledged', end: 1.5 }, { at: -0.5, state: 'repairing', end: 2.5, note: { fr: 'Un arbre est tombé sur la ligne dans la vallée du Viaur. L’accès est difficile.', en: 'A tree fell on the line in the Viaur valley. Access is difficult.' } }],
  };
}

function sicaeWeek(): Story[] {
  return [
    { id: 'sicae-works-pruning', kind: 'works', cause: 'pruning', households: 47, where: [['81306', street('rue de l’Église'), street('rue du Moulin')], ['81186']], starts: 3 * 24, said: [{ at: -9 * 24, state: 'planned', end: 3 * 24 + 3 }] },
    { id: 'sicae-works-connection', kind: 'works', cause: 'connection', households: 12, where: [['81168']], starts: 20 * 24, said: [{ at: -26, state: 'planned', end: 20 * 24 + 4 }] },
    { id: 'sicae-lightning-restored', kind: 'outage', cause: 'lightning', households: 205, where: [['81249'], ['81186']], starts: -3 * 24, said: [{ at: -71.8, state: 'reported', end: null }, { at: -71, state: 'repairing', end: -69 }, { at: -69.5, state: 'restored', end: -69.5 }] },
  ];
}

/** Every commune is reached, some in several places, and little is known yet. */
function stormNight(utilityId: string): Story[] {
  const causes = ['storm', 'tree', 'lightning', 'storm'] as const;
  const states = ['reported', 'acknowledged', 'repairing', 'reported'] as const;
  return findUtility(utilityId).territory.flatMap(({ code, name }, place): Story[] => {
    if (code === undefined) return [];
    return Array.from({ length: 1 + (place % 3) }, (_, part): Story => {
      const began = -0.5 - ((place * 7 + part * 3) % 9) / 2;
      const state = states[(place + part) % states.length] as OutageUpdate['state'];
      return {
        id: `${utilityId}-storm-${code}-${part}`, kind: 'outage', cause: causes[(place + part) % causes.length] ?? 'storm', households: state === 'reported' && part > 0 ? null : 20 + ((place * 83 + part * 131) % 380),
        where: [part === 0 ? [code] : [code, street(part === 1 ? `route de ${name}` : 'chemin du Causse'), street('Le Bourg')]],
        starts: began,
        said: [{ at: began + 0.2, state: 'reported', end: null }, ...(state === 'reported' ? [] : [{ at: Math.min(began + 0.6, -0.1), state, end: state === 'acknowledged' ? null : 4 + place }])],
      };
    });
  });
}

