import '@oya/elements/index-form.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { failing, loading, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Index form', component: 'oya-index-form' } satisfies Meta;

const FORM = 'oya-index-form';

/** One register; months that were estimated, and what is expected before anybody types. */
export const Ready = showing('odette');
/** Two registers of one meter, and two more meters at two sites. */
export const TwoRegisters = showing('bernard');
/** m³ of gas, with three decimals that are not sent. */
export const Gas = showing('bernard', { contract: 'bernard-gas' });
/** Much more than usual: asked about, never refused. */
export const FarAbove = typing('39000');
/** Less than the last real index. */
export const Lower = typing('12');
/** Nothing typed. */
export const Nothing = typing('');
/** Sent, with what comes now. */
export const Sent: StoryObj = story({ state: 'ready', persona: 'odette' }, {
  play: async ({ canvasElement }) => {
    const expected = Number((await find(canvasElement, FORM, '.digits')).closest('.register')?.querySelector('.outlook p')?.textContent?.replaceAll(/\D/g, '').slice(0, 5));
    await type(canvasElement, String(expected + 90));
    await find(canvasElement, FORM, '.done');
  },
});
/** Under check, as its customer has confirmed it. */
export const UnderCheck: StoryObj = story({ state: 'ready', persona: 'odette' }, {
  play: async ({ canvasElement }) => {
    await type(canvasElement, '39000');
    (await find<HTMLInputElement>(canvasElement, FORM, '.question input')).click();
    (await find<HTMLButtonElement>(canvasElement, FORM, 'button[type=submit]')).click();
    await find(canvasElement, FORM, '.done');
  },
});
/** A meter that reports by itself. */
export const Linky = showing('camille', {}, '.automatic');
/** And one that has been silent for days. */
export const SilentLinky = story({ state: 'ready', persona: 'roland' }, { globals: { theme: 'sicae' }, play: async ({ canvasElement }) => void (await find(canvasElement, FORM, '.silent')) });
export const Gazpar = showing('nadia', { contract: 'nadia-gas' }, '.automatic');
/** Somebody who may look, and not send. */
export const Reader = story({ state: 'ready', persona: 'lea' }, { play: async ({ canvasElement }) => void (await find(canvasElement, FORM, '.history')) });
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('listReadings');

function showing(persona: string, args: StoryObj['args'] = {}, settled = '.digits'): StoryObj {
  return story({ state: 'ready', persona }, { args, play: async ({ canvasElement }) => void (await find(canvasElement, FORM, settled)) });
}

function typing(text: string): StoryObj {
  return story({ state: 'ready', persona: 'odette' }, {
    play: async ({ canvasElement }) => {
      await type(canvasElement, text);
      await find(canvasElement, FORM, '.summary');
    },
  });
}

async function type(canvasElement: HTMLElement, text: string): Promise<void> {
  const field = await find<HTMLInputElement>(canvasElement, FORM, '.digits');
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  (await find<HTMLButtonElement>(canvasElement, FORM, 'button[type=submit]')).click();
}
