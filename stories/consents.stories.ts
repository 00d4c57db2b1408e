import '@oya/elements/consents.define';
import { addDays, localDay, type Consent, type ConsentFailure } from '@oya/contract';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { find } from './play.ts';
import type { Portal } from './portal.ts';
import { failing, loading, ready, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Consents', component: 'oya-consents' } satisfies Meta;

const METER = ['oya-consents', 'oya-consents-meter'] as const;
const SHARED: Partial<Consent> = { state: 'active', since: '2025-12-09T08:00:00Z' };

/** Half-hours recorded and collected. */
export const Ready = ready('camille');
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('listConsents');

/** No half-hours: the two consents to them, offered together and given one by one. */
export const NothingGiven = ready('lucien');
/** The network operator works on it. */
export const Requested = ready('sofiane');
export const FailedOtherHolder = failed('other-holder');
export const FailedMeterSilent = failed('meter-silent');
export const FailedMeterUnable = failed('meter-unable');
export const FailedNoAnswer = failed('no-answer');
export const FailedRefused = failed('refused');

/** The recording first: what the collection alone would be, in words. */
export const CollectionAlone = acting('lucien', {}, async (canvas) => {
  (await find(canvas, ...METER, '[data-consent=curve-collection] .give')).click();
  await find(canvas, ...METER, '.summary');
});

export const Given = acting('lucien', {}, async (canvas) => {
  (await find(canvas, ...METER, '[data-consent=curve-recording] .give')).click();
  await find(canvas, ...METER, '.outcome');
});

export const GivingUnavailable = acting('lucien', { faults: { giveConsents: 'unavailable' } }, async (canvas) => {
  (await find(canvas, ...METER, '[data-consent=third-party-maison-energie] .give')).click();
  await find(canvas, ...METER, '.summary');
});

/** What stops, what stays. */
export const Withdrawing = acting('camille', {}, async (canvas) => {
  (await find(canvas, ...METER, '[data-consent=curve-recording] .withdraw')).click();
  await find(canvas, ...METER, '.sure');
});

/** It can be taken back for a while. */
export const Withdrawn = acting('camille', {}, async (canvas) => {
  (await find(canvas, ...METER, '[data-consent=curve-recording] .withdraw')).click();
  (await find(canvas, ...METER, '.erase input')).click();
  (await find(canvas, ...METER, '.sure .primary')).click();
  await find(canvas, ...METER, '.undo');
});

export const TakenBack = acting('camille', {}, async (canvas) => {
  (await find(canvas, ...METER, '[data-consent=maximum-power] .withdraw')).click();
  (await find(canvas, ...METER, '.sure .primary')).click();
  (await find(canvas, ...METER, '.undo button')).click();
  await find(canvas, ...METER, '.outcome');
});

export const ForAYear = story({ state: 'ready', persona: 'camille', consents: { 'third-party': { ...SHARED, expiresOn: addDays(today(), 300) } } });
export const EndingSoon = story({ state: 'ready', persona: 'camille', consents: { 'third-party': { ...SHARED, expiresOn: addDays(today(), 12) } } });

export const History = acting('camille', {}, async (canvas) => {
  (await find(canvas, ...METER, '.history button')).click();
  await find(canvas, ...METER, 'oya-consents-history', 'table');
});

export const HistoryUnavailable = acting('camille', { faults: { listConsentEvents: 'unavailable' } }, async (canvas) => {
  (await find(canvas, ...METER, '.history button')).click();
  await find(canvas, ...METER, 'oya-consents-history', '.notice');
});

/** Gas has neither half-hours nor power. */
export const Gas = story({ state: 'ready', persona: 'nadia' }, { args: { contract: 'nadia-gas' } });
export const ReadByHand = ready('odette');
export const SeveralContracts = story({ state: 'ready', persona: 'helene' }, { globals: { theme: 'sicae' } });
/** Somebody else's contract: how they stand, and who decides. */
export const Reader = story({ state: 'ready', persona: 'lea' }, { args: { contract: 'helene-second-electricity' } });
/** A contract that has ended: its meter is the next tenant's. */
export const NoMeter = story({ state: 'empty', persona: 'lea' }, { args: { contract: 'lea-electricity' } });
/** Two meters of one contract. */
export const SeveralMeters = story({ state: 'ready', persona: 'lucien', twoMeters: true });
/** A utility that only tells how they stand. */
export const ReadOnly = story({ state: 'ready', persona: 'camille', without: ['giveConsents', 'withdrawConsent', 'undoWithdrawal', 'listConsentEvents', 'getConsentReceipt'] });

export const HostileText = story({
  state: 'ready',
  persona: 'lucien',
  consents: {
    'third-party': {
      recipient: { id: 'a "b" <c>', name: '<b>Anonyme</b>' },
      text: {
        version: '<i>1</i>',
        title: { fr: '<img src=x onerror=alert(1)> Partage-avec-un-organisme-au-nom-d’une-seule-longueur-interminable', en: '<img src=x onerror=alert(1)> Sharing' },
        text: { fr: `<script>alert(1)</script> ${'anticonstitutionnellement'.repeat(8)} \u202eפרטיות\u202c`, en: `<script>alert(1)</script> ${'x'.repeat(200)}` },
      },
    },
  },
});

function failed(reason: ConsentFailure): StoryObj {
  return story({ state: 'ready', persona: 'sofiane', prepare: (controls) => controls.failConsents('sofiane-linky', reason) });
}

function acting(persona: string, portal: Portal, act: (canvas: HTMLElement) => Promise<void>): StoryObj {
  return story({ state: 'ready', persona, ...portal }, { play: ({ canvasElement }) => act(canvasElement) });
}

/** The days that are left are counted from the day of the device. */
function today() {
  return localDay(Date.now(), 'Europe/Paris');
}
