import '@oya/elements/tempo.define';
import type { Signals } from '@oya/adapters/sandbox';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { NOBODY } from './portal.ts';
import { find } from './play.ts';
import { failing, loading, story, unsupported } from './states.ts';

export default { title: 'Elements/Tempo', component: 'oya-tempo' } satisfies Meta;

/** In the morning tomorrow may still change. */
export const Ready = showing();
/** Red tomorrow, and the farm's own prices. */
export const RedTomorrow = showing({ tempo: 'red' });
/** White, and it may still change. */
export const Provisional = showing({ tempo: 'provisional' });
/** Nobody knows yet. */
export const UnknownTomorrow = showing({ tempo: 'unknown' });
/** Red, and it was announced white before. */
export const Changed = showing({ tempo: 'changed' });
/** For visitors, with the prices of the offer. */
export const Visitor = story({ state: 'ready', persona: NOBODY, signals: { tempo: 'red' } });
/** At night the day before still holds. */
export const Night = story({ state: 'ready', persona: 'julien', prepare: (controls) => controls.setNow('2026-11-25T01:30:00Z') }, sicae());
/** The installation has a calendar to subscribe to. */
export const WithCalendar = story({ state: 'ready', persona: 'julien', colours: 'with-calendar' }, sicae());
/** RTE has told nothing. */
export const Empty = story({ state: 'empty', colours: 'none' });
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('listTempoDays');

function showing(signals: Signals = {}): StoryObj {
  return story({ state: 'ready', persona: 'julien', signals }, sicae());
}

function sicae(): StoryObj {
  return { globals: { theme: 'sicae' }, play: async ({ canvasElement }) => void (await find(canvasElement, 'oya-tempo', 'oya-tempo-year')) };
}
