import '@oya/elements/bill-watch.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { empty, failing, loading, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Bill watch', component: 'oya-bill-watch' } satisfies Meta;

const WATCH = 'oya-bill-watch';

/** A heavy settlement, which another instalment spreads, and more a day since the meter was replaced. */
export const Ready = showing('yvette', '.settlement');
/** Something runs day and night since mid-October. */
export const UnusualNight = showing('gilles', '.night', { theme: 'sicae' });
/** Instalments that are enough: said quietly, and changeable all the same. */
export const NoSurprise = showing('marc', '.settlement', { theme: 'sicae' });
/** Nights that were looked at, and are as usual. */
export const NothingUnusual = showing('camille', '.fine');
/** Neither instalments, nor half-hours, nor another meter. */
export const Empty = empty('lucien');
/** In a place among other things: warnings alone. */
export const WarningsOnly = story({ state: 'ready', persona: 'gilles' }, {
  args: { 'warnings-only': true },
  globals: { theme: 'sicae' },
  play: async ({ canvasElement }) => void (await find(canvasElement, WATCH, '.night')),
});
/** The instalment was changed, and the settlement with it. */
export const Changed = story({ state: 'ready', persona: 'yvette' }, {
  play: async ({ canvasElement }) => {
    (await find<HTMLButtonElement>(canvasElement, WATCH, '.form .button')).click();
    await find(canvasElement, WATCH, '.outcome');
  },
});
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('listMeters');

function showing(persona: string, settled: string, globals: StoryObj['globals'] = {}): StoryObj {
  return story({ state: 'ready', persona }, { globals, play: async ({ canvasElement }) => void (await find(canvasElement, WATCH, settled)) });
}
