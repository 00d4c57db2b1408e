import '@oya/elements/install.define';
import { installOffer } from '@oya/core/install-offer';
import type { Meta } from '@storybook/web-components-vite';
import { story } from './states.ts';

export default { title: 'Elements/Install', component: 'oya-install', args: { always: true } } satisfies Meta;

const on = (platform: string) => story({ state: 'ready' }, { args: { platform } });

export const Iphone = on('iphone');
export const Ipad = on('ipad');
export const Android = on('android');
export const Samsung = on('samsung');
export const AndroidFirefox = on('android-firefox');
export const Computer = on('computer');
export const Mac = on('mac');
export const ComputerFirefox = on('computer-firefox');

/** The browser offers it: one button, and the steps for whoever would rather. */
export const WithButton = story(
  { state: 'ready' },
  {
    args: { platform: 'android' },
    beforeEach() {
      installOffer.set(() => Promise.resolve('declined'));
      return () => installOffer.set(undefined);
    },
  },
);

export const Sicae = story({ state: 'ready' }, { args: { platform: 'iphone' }, globals: { theme: 'sicae' } });
