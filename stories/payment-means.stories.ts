import '@oya/elements/payment-means.define';
import { findPersona } from '@oya/personas';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { userEvent } from 'storybook/test';
import { find } from './play.ts';
import type { Portal } from './portal.ts';
import { failing, loading, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Payment means', component: 'oya-payment-means' } satisfies Meta;

export const DirectDebit = story({ state: 'ready', persona: 'camille' });
export const OwnWays = story({ state: 'ready', persona: 'lucien' });
export const Cheque = story({ state: 'ready', persona: 'odette' });
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('getPaymentMeans');

const { password } = findPersona('camille');

/** The mandate, as far as it comes. */
function signing({ iban, secret = password, outcome, ...portal }: { iban: string | null; secret?: string; outcome: string } & Portal): StoryObj {
  return story({ state: 'ready', persona: 'camille', ...portal }, {
    play: async ({ canvasElement }) => {
      (await find(canvasElement, 'oya-payment-means .sign')).click();
      const field = await find(canvasElement, '[name=iban]');
      if (iban !== null) {
        if (iban) await userEvent.type(field, iban);
        if (secret) await userEvent.type(await find(canvasElement, '[name=currentPassword]'), secret);
        (await find<HTMLFormElement>(canvasElement, 'oya-payment-means form')).requestSubmit();
      }
      await find(canvasElement, outcome);
    },
  });
}

export const Signing = signing({ iban: null, outcome: 'form' });
export const Signed = signing({ iban: 'FR14 2004 1010 0505 0001 3M02 606', outcome: '.outcome' });
export const NothingTyped = signing({ iban: '', secret: '', outcome: '.summary' });
export const WrongIban = signing({ iban: 'FR14 2004 1010 0506 0001 3M02 606', outcome: '.summary' });
export const WrongPassword = signing({ iban: 'FR1420041010050500013M02606', secret: 'Soleil-2026', outcome: '.summary' });

function after(persona: string, steps: readonly string[], outcome: string): StoryObj {
  return story({ state: 'ready', persona }, {
    play: async ({ canvasElement }) => {
      for (const step of steps) (await find(canvasElement, `oya-payment-means ${step}`)).click();
      await find(canvasElement, outcome);
    },
  });
}

export const AskingBeforeTheEnd = after('camille', ['.revoke'], '.sure');
export const Revoked = after('camille', ['.revoke', '.danger'], '.outcome');
export const AskingForAPlan = after('lucien', ['.button.plan'], 'select[name=parts]');
export const PlanAccepted = story({ state: 'ready', persona: 'lucien', parts: 3 });
export const PlanAsked = after('lucien', ['.button.plan', '[type=submit]'], '.withdraw');
