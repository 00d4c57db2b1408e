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
/** A photo and a letter, and what was no photo. */
export const WithFiles = story({ state: 'ready', persona: 'lucien' }, {
  ...LATEST,
  play: async ({ canvasElement }) => {
    await find(canvasElement, CLAIM, 'form');
    const page = new File(['<!doctype html>'], 'page.html', { type: 'text/html' });
    await canvasElement.querySelector<OyaClaim>(CLAIM)?.addFiles([await photo('Mon compteur dans le garage.jpg'), letter('Courrier du gestionnaire.pdf'), page]);
    await find(canvasElement, CLAIM, '.file');
  },
});
/** On a weak network: one is on its way, another waits, and each can be cancelled. */
export const Sending = story({ state: 'ready', persona: 'lucien', faults: { addAttachment: 'silent' } }, {
  ...LATEST,
  play: async ({ canvasElement }) => {
    await find(canvasElement, CLAIM, 'form');
    void canvasElement.querySelector<OyaClaim>(CLAIM)?.addFiles([await photo('Mon compteur dans le garage.jpg'), letter('Courrier du gestionnaire.pdf')]);
    await find(canvasElement, CLAIM, '.sends');
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

/** What a phone would have taken. */
async function photo(name: string): Promise<File> {
  const canvas = new OffscreenCanvas(1200, 900);
  const context = canvas.getContext('2d');
  if (context) {
    const light = context.createLinearGradient(0, 0, 1200, 900);
    light.addColorStop(0, '#8a8f80');
    light.addColorStop(1, '#d8d4c4');
    context.fillStyle = light;
    context.fillRect(0, 0, 1200, 900);
    context.fillStyle = '#111';
    context.fillRect(250, 330, 700, 240);
    context.fillStyle = '#fff';
    context.font = '180px monospace';
    context.fillText('17950', 330, 510);
  }
  return new File([await canvas.convertToBlob({ type: 'image/jpeg' })], name, { type: 'image/jpeg' });
}

function letter(name: string): File {
  return new File(['%PDF-1.4\n%%EOF\n'], name, { type: 'application/pdf' });
}
