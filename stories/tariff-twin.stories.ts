import '@oya/elements/tariff-twin.define';
import { addDays, type LocalDay } from '@oya/contract';
import { findPersona, measureDay, type PersonaMeter } from '@oya/personas';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import { customerCsv } from '../packages/formats/src/testing.ts';
import { find } from './play.ts';
import type { Portal } from './portal.ts';
import { failing, loading, ready, story, unsupported } from './states.ts';

export default { title: 'Elements/Tariff twin', component: 'oya-tariff-twin' } satisfies Meta;

const TWIN = 'oya-tariff-twin';
const RESULT = [TWIN, 'oya-tariff-twin-result'] as const;
const NOBODY = 'nobody';

/** Half-hours, peak and off-peak hours, a day without measures. */
export const Ready = comparing('camille');
/** Counted by Tempo. */
export const Tempo = comparing('julien');
/** A single rate, with half-hours. */
export const SingleRate = comparing('nadia');
/** Days alone: only the single rate can be reckoned, and the way to half-hours. */
export const NoHalfHours = comparing('lucien');
export const SeveralContracts = comparing('helene', { theme: 'sicae' });
export const NoColours = comparing('camille', {}, { without: ['listTempoDays'] });
export const NoPrices = comparing('camille', {}, { tariffs: 'from-tomorrow' });
/** An offer that is none of the tariffs: none of them is the customer's own. */
export const AnotherOffer = comparing('ines');
export const ReadByHand = ready('odette');
export const NothingMeasured = ready('emma');
export const Loading = loading();
export const Empty = story({ state: 'empty', persona: 'camille', tariffs: 'none' });
export const Offline = failing('offline');
export const Unavailable = failing('unavailable');
export const RateLimited = failing('rate-limited');
export const Unsupported = unsupported('describeTariffs');
/** The measures do not come; a file would still do. */
export const MeasuresUnavailable = story({ state: 'ready', persona: 'camille', faults: { getConsumption: 'unavailable' } });
/** The tariffs, no account: files only. */
export const WithoutAnAccount = story({ state: 'ready', persona: NOBODY });
/** Nor is there any account to sign in to. */
export const FilesOnly = story({ state: 'ready', persona: NOBODY, without: ['whoAmI', 'listContracts'] });

export const File = dropping(() => [halfHours()], async (canvas) => {
  await choose(canvas, 'power', '9');
  await choose(canvas, 'hours', 'usual-0');
  await find(canvas, ...RESULT, 'oya-bar-chart');
});
/** What a file does not tell is asked for. */
export const FileToComplete = dropping(() => [halfHours()], async (canvas) => void (await find(canvas, ...RESULT, '.finding')));
export const OtherHours = dropping(() => [halfHours()], async (canvas) => {
  await choose(canvas, 'hours', 'other');
  await find(canvas, TWIN, '.typed');
});
export const FileOfGas = dropping(() => [text('{"00000000000000":{"idPce":"00000000000000","releves":[{"dateDebutReleve":"2026-01-01T06:00:00+01:00","dateFinReleve":"2026-01-23T06:00:00+01:00","energieConsomme":2032,"volumeBrutConsomme":180,"qualificationReleve":"Mesuré","status":"PROVISOIRE","indexDebut":771,"indexFin":951}]}}', 'gaz.json')], problem);
export const UnknownFile = dropping(() => [text('Bonjour', 'lettre.txt')], problem);
export const BrokenFile = dropping(() => [text('Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;Grandeur metier;Etape metier;Unite;Pas en minutes\n', 'mesures <b>tronquées</b>.csv')], problem);
export const SeveralMeters = dropping(() => [halfHours(), halfHours('00000000000001')], async (canvas) => void (await find(canvas, TWIN, '.meters')));

function comparing(persona: string, globals: StoryObj['globals'] = {}, portal: Portal = {}): StoryObj {
  return story({ state: 'ready', persona, ...portal }, { globals, play: async ({ canvasElement }) => void (await find(canvasElement, ...RESULT, '.card')) });
}

function dropping(files: () => readonly globalThis.File[], act: (canvas: HTMLElement) => Promise<void>): StoryObj {
  return story(
    { state: 'ready', persona: NOBODY },
    {
      play: async ({ canvasElement }) => {
        const zone = await find(canvasElement, TWIN, '.drop');
        const dataTransfer = new DataTransfer();
        for (const file of files()) dataTransfer.items.add(file);
        zone.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
        await act(canvasElement);
      },
    },
  );
}

async function problem(canvas: HTMLElement): Promise<void> {
  await find(canvas, TWIN, '[data-trouble]');
}

async function choose(canvas: HTMLElement, id: string, value: string): Promise<void> {
  const field = await find<HTMLSelectElement>(canvas, TWIN, `#${id}`);
  field.value = value;
  field.dispatchEvent(new Event('change'));
}

/** A year of Camille's meter, as the network operator exports it. */
function halfHours(deliveryPoint = '00000000000000'): globalThis.File {
  const meter = findPersona('camille').meters[0] as PersonaMeter;
  const days = Array.from({ length: 365 }, (_, index): LocalDay => addDays('2025-11-01', index));
  const segments = days.flatMap((day) => measureDay(meter, day).curve);
  const bytes = customerCsv({ kind: 'curve', unit: 'W', segments }, { timeZone: 'Europe/Paris', deliveryPoint });
  return new globalThis.File([bytes as Uint8Array<ArrayBuffer>], `mes-mesures-${deliveryPoint}.csv`);
}

function text(content: string, name: string): globalThis.File {
  return new globalThis.File([content], name);
}
