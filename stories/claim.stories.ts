import type { OyaClaim } from '@oya/elements';
import '@oya/elements/claim.define';
import type { Meta } from '@storybook/web-components-vite';
import { find } from './play.ts';
import { failing, loading, sessionExpired, signedOut, story, unsupported } from './states.ts';

export default { title: 'Elements/Claim file', component: 'oya-claim' } satisfies Meta;

const CLAIM = 'oya-claim';
const LATEST = { args: { contract: 'lucien-electricity', invoice: 'EN2611000202' } };

/** Days only: the half-hours were not agreed to. */
export const Ready = story({ state: 'ready', persona: 'lucien' }, LATEST);
export const WordsMissing = story({ state: 'ready', persona: 'lucien' }, {
  ...LATEST,
  play: async ({ canvasElement }) => {
    (await find(canvasElement, CLAIM, '[type=submit]')).click();
    await find(canvasElement, CLAIM, '.summary');
  },
});
export const WithFiles = story({ state: 'ready', persona: 'lucien' }, {
  ...LATEST,
  play: async ({ canvasElement }) => {
    await find(canvasElement, CLAIM, 'form');
    const page = new File(['<!doctype html>'], 'page.html', { type: 'text/html' });
    await canvasElement.querySelector<OyaClaim>(CLAIM)?.addFiles([new File(['%PDF-1.4\n%%EOF\n'], 'Courrier du gestionnaire.pdf', { type: 'application/pdf' }), page]);
    await find(canvasElement, CLAIM, '.file');
  },
});
/** A utility that takes no disputes: the file is for keeping. */
export const ToKeep = story({ state: 'ready', persona: 'lucien', without: ['contestInvoice'] }, LATEST);
export const NoInvoice = story({ state: 'empty', persona: 'lucien' });
export const SignedOut = signedOut();
export const SessionExpired = sessionExpired();
export const Loading = loading();
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('getInvoice');
