import '@oya/elements/utility-picker.define';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { find } from './play.ts';
import { NOBODY } from './portal.ts';
import { failing, loading, ready, story, unsupported } from './states.ts';

export default { title: 'Elements/Utility picker', component: 'oya-utility-picker' } satisfies Meta;

export const Empty = ready(NOBODY);
export const EnergyGiven: StoryObj = { ...ready(NOBODY), args: { energy: 'gas' } };
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const Malformed = failing('malformed');
export const Unsupported = unsupported('describeTerritory');

/** Types into the field of the commune, and waits for what comes of it. */
function typing(typed: string, outcome: string): StoryObj {
  return story({ state: 'ready', persona: NOBODY }, {
    play: async ({ canvasElement }) => {
      await userEvent.type(await find(canvasElement, 'oya-utility-picker', 'input[role=combobox]'), typed);
      await find(canvasElement, 'oya-utility-picker', outcome);
    },
  });
}

export const Results = typing('81190', '[role=option]');
export const OptionReached = typing('saint{ArrowDown}{ArrowDown}', '[role=option][aria-selected=true]');
export const FormerSpelling = typing('cramaux', '[role=option]');
export const FormerSpellingChosen = typing('cramaux{Enter}', '#commune-particulars');
export const SeveralFit = typing('saint{Tab}', '#commune-error');
export const Unknown = typing('Toulouse', '.answer');

/** Chooses a commune and an energy. */
function answering(commune: string, energy: 'electricity' | 'gas', annotations: StoryObj = {}): StoryObj {
  return story({ state: 'ready', persona: NOBODY }, {
    ...annotations,
    play: async ({ canvasElement }) => {
      await userEvent.type(await find(canvasElement, 'oya-utility-picker', 'input[role=combobox]'), `${commune}{Enter}`);
      (await find(canvasElement, 'oya-utility-picker', `input[value=${energy}]`)).click();
      await find(canvasElement, 'oya-utility-picker', '.answer');
    },
  });
}

export const Eneo = answering('Carmaux', 'electricity');
export const EneoForGasElsewhere = answering('Rosières', 'gas');
export const Sicae = answering('Mirandol-Bourgnounac', 'electricity');
export const SicaeInEnglish = answering('Tanus', 'electricity', { globals: { language: 'en' } });
export const NobodySupplies = answering('Le Garric', 'electricity');
