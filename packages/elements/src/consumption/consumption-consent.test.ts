import { amendAdapter, getConsumption, getContract, giveConsents, listConsents, PortalError, type Input } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, textOf, unmountAll, until, type MountOptions } from '../testing.ts';
import type { OyaConsumption } from './consumption.ts';
import { barButtons, bars, curve, open as openElement, part } from './testing/element.ts';

const GIVE = 'Donner mon accord pour la demi-heure';

describe('consent in place', () => {
  afterEach(unmountAll);

  async function open(options: MountOptions) {
    const mounted = await openElement(options);
    await until(() => part(mounted.element, 'consent')?.firstElementChild, 'the choice');
    return mounted;
  }

  it('is the choice of two consents under the days, each with its words and a box that is not ticked', async () => {
    const { element } = await open({ persona: 'lucien' });
    const found = boxes(element);
    expect(found.map(({ name, checked }) => [name, checked])).to.deep.equal([['curve-recording', false], ['curve-collection', false]]);
    expect(found.map((box) => textOf(box.labels?.[0]).split('.')[0])).to.satisfy((texts: string[]) => texts[0]?.startsWith('Enregistrement de la demi-heure') && texts[1]?.startsWith('Collecte de la demi-heure'));
    expect(textOf(part(element, 'consent'))).to.include('Vous voyez vos jours. Pour voir aussi chaque demi-heure, il faut votre accord.').and.to.include('Ce sont deux accords, qui vont ensemble');
    await expectAccessible(element);
  });

  it('opens no day meanwhile', async () => {
    const { element } = await open({ persona: 'lucien' });
    barButtons(element)[3]?.click();
    await element.updateComplete;
    expect([bars(element).selected, element.renderRoot.querySelector('.day')]).to.deep.equal([3, null]);
  });

  it('takes no consent for the other: what is not ticked is named, and nothing is sent', async () => {
    const { element, sent } = await watching();
    boxes(element)[1]?.click();
    control(element, GIVE).click();
    await until(() => element.renderRoot.querySelector('.summary'));
    expectFocusOn(element.renderRoot.querySelector('.summary'));
    expect(textOf(element.renderRoot.querySelector('.summary')).replaceAll(/\s/g, ' ')).to.include('Vos accords ne sont pas encore donnés').and.to.include('Cochez « Enregistrement de la demi-heure »').and.not.to.include('Collecte');
    expect(boxes(element).map((box) => box.getAttribute('aria-invalid'))).to.deep.equal(['true', null]);
    expect(boxes(element)[1]?.checked).to.equal(true);
    expect(sent).to.deep.equal([]);
    await expectAccessible(element);
  });

  it('once given, says since when and what comes; once activated, the half-hours are there', async () => {
    const { element, adapter, provider } = await open({ persona: 'lucien' });
    const heard: Event[] = [];
    document.addEventListener('oya-consent-changed', (event) => heard.push(event), { once: true });
    tickAll(element);
    control(element, GIVE).click();
    await until(() => textOf(part(element, 'consent')).includes('Vos demi-heures sont demandées'));
    expect(textOf(part(element, 'consent'))).to.include('Demandé le mardi 24 novembre 2026.');
    await until(() => document.activeElement !== document.body);
    expectFocusOn(part(element, 'consent')?.querySelector('.outcome'));
    expect(heard).to.have.length(1);
    await expectAccessible(element);

    adapter.controls.activateConsents('lucien-linky');
    await provider.client?.queries.invalidateQueries();
    await until(() => !part(element, 'consent'), 'the offer has gone');
    barButtons(element)[19]?.click();
    await until(() => element.renderRoot.querySelector('.day'));
    await until(() => curve(element) ?? textOf(element.renderRoot.querySelector('.day')).includes('ne sont pas disponibles'));
  });

  it('tells in grey that it was asked for, to who comes back meanwhile', async () => {
    const { element } = await open({ persona: 'sofiane' });
    expect(textOf(part(element, 'consent'))).to.match(/Vos demi-heures sont demandées Demandé le vendredi 20 novembre 2026\./);
    expect(boxes(element)).to.deep.equal([]);
  });

  it('tells why the network operator brought it about not, and asks for it again', async () => {
    const { element, adapter, provider } = await open({ persona: 'sofiane' });
    adapter.controls.failConsents('sofiane-linky', 'meter-silent');
    await provider.client?.queries.invalidateQueries();
    await until(() => boxes(element).length === 2, 'both can be given again');
    const words = textOf(part(element, 'consent'));
    expect(words.split('Votre compteur ne répond pas au gestionnaire du réseau.')).to.have.length(2, 'one reason is told once');
    expect(boxes(element).map(({ checked }) => checked)).to.deep.equal([false, false]);
    await expectAccessible(element);
    tickAll(element);
    control(element, GIVE).click();
    await until(() => textOf(part(element, 'consent')).includes('Vos demi-heures sont demandées'));
    expect(textOf(part(element, 'consent'))).not.to.include('ne répond pas');
  });

  it('goes under the same key when it is tried again, and keeps what was ticked', async () => {
    const { element, adapter, sent } = await watching();
    adapter.controls.setFault('giveConsents', 'unavailable');
    tickAll(element);
    control(element, GIVE).click();
    await until(() => element.renderRoot.querySelector('.summary'));
    expect(boxes(element).map(({ checked }) => checked)).to.deep.equal([true, true]);
    adapter.controls.clearFaults();
    control(element, GIVE).click();
    await until(() => textOf(part(element, 'consent')).includes('Vos accords sont enregistrés.'));
    expect(sent.map(({ input }) => input.choices.length)).to.deep.equal([2, 2]);
    expect(new Set(sent.map(({ key }) => key)).size).to.equal(1);
  });

  it('shows words that have changed meanwhile, and asks for them anew', async () => {
    let isRefused = true;
    const { element } = await open({
      persona: 'lucien',
      between: (sandbox) =>
        amendAdapter(sandbox, {
          giveConsents: (input, context) => {
            if (!isRefused) return sandbox.perform(giveConsents, input, context);
            isRefused = false;
            throw new PortalError('invalid', { fields: [{ path: 'choices.0.textVersion', code: 'outdated-text', detail: '' }] });
          },
        }),
    });
    tickAll(element);
    control(element, GIVE).click();
    await until(() => textOf(part(element, 'consent')).includes('Les mots de cet accord viennent de changer.'));
    expect(boxes(element).map(({ checked }) => checked)).to.deep.equal([false, true]);
  });

  it('tells of a day without half-hours that they were not agreed to yet', async () => {
    const { element } = await openElement({
      persona: 'camille',
      between: (sandbox) =>
        amendAdapter(sandbox, {
          getConsumption: async (input, context) => {
            const answer = await sandbox.perform(getConsumption, input, context);
            return answer.series.kind === 'curve' ? { ...answer, series: { ...answer.series, segments: [] } } : answer;
          },
          listConsents: async (input, context) => {
            const { items } = await sandbox.perform(listConsents, input, context);
            return { items: items.map((consent) => ({ ...consent, since: consent.purpose === 'curve-recording' ? '2026-11-10T08:00:00Z' : '2026-11-12T23:30:00Z' })) };
          },
        }),
    });
    const day = () => textOf(element.renderRoot.querySelector('.day'));
    barButtons(element)[11]?.click();
    await until(() => day().includes('Leur collecte a commencé le vendredi 13 novembre 2026 : elles sont là à partir du jour suivant.'));
    barButtons(element)[13]?.click();
    await until(() => day().includes('samedi 14 novembre 2026') && /disponibles\.\s+Sa consommation/.test(day()), 'a whole day needs no such reason');
  });

  it('is not offered to who reads somebody else’s contract', async () => {
    const { element } = await openElement({
      persona: 'lucien',
      between: (sandbox) => amendAdapter(sandbox, { getContract: async (input, context) => ({ ...(await sandbox.perform(getContract, input, context)), role: { role: 'reader', until: null } }) }),
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(textOf(part(element, 'consent'))).to.equal('');
  });

  it('leads to the page of consents where it cannot be given here', async () => {
    const { element } = await open({ persona: 'lucien', routes: { consents: '/accords' }, between: (sandbox) => amendAdapter(sandbox, { listConsents: undefined, giveConsents: undefined }) });
    expect(control<HTMLAnchorElement>(element, GIVE).getAttribute('href')).to.equal('/accords');
  });

  it('tells when the consents cannot be had, and lets everything else stand', async () => {
    const { element, adapter } = await open({ persona: 'lucien', faults: { listConsents: 'malformed' } });
    await until(() => part(element, 'consent')?.querySelector('[role=alert]'));
    expect(element.state).to.equal('ready');
    adapter.controls.clearFaults();
    control(part(element, 'consent') as HTMLElement, 'Réessayer').click();
    await until(() => boxes(element).length === 2);
  });

  async function watching() {
    const sent: { input: Input<'giveConsents'>; key: string | undefined }[] = [];
    const mounted = await open({
      persona: 'lucien',
      between: (sandbox) =>
        amendAdapter(sandbox, {
          listConsents: (input, context) => sandbox.perform(listConsents, input, context),
          giveConsents: (input, context) => {
            sent.push({ input, key: context.idempotencyKey });
            return sandbox.perform(giveConsents, input, context);
          },
        }),
    });
    return { ...mounted, sent };
  }
});

function boxes(element: OyaConsumption): HTMLInputElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLInputElement>('oya-consumption-consent [type=checkbox]')];
}

function tickAll(element: OyaConsumption): void {
  for (const box of boxes(element)) box.click();
}
