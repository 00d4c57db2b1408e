import '@oya/elements/ecowatt.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { NOBODY } from './portal.ts';
import { failing, loading, ready, story, unsupported } from './states.ts';

export default { title: 'Elements/EcoWatt', component: 'oya-ecowatt' } satisfies Meta;

/** A tense day, and others to come. */
export const Ready = ready();
/** Red: power cuts are likely. */
export const VeryTense = story({ state: 'ready', signals: { ecowatt: 'very-tense' } });
/** Nothing is asked of anybody. */
export const Calm = story({ state: 'ready', prepare: (controls) => controls.setNow('2026-12-02T09:00:00Z') });
/** For visitors as well. */
export const Visitor = story({ state: 'ready', persona: NOBODY });
/** RTE is silent since two days: what was known last, with its age. */
export const Silent = story({ state: 'ready', signals: { ecowatt: 'silent' } });
/** RTE was never heard. */
export const Empty: StoryObj = story({ state: 'empty', signals: { ecowatt: 'unknown' } });
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('getEcowatt');
