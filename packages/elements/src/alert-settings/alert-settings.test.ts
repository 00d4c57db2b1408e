import { amendAdapter, describeAlerts, getAlertSettings, PortalError, updateAlertSettings, giveMedicalNeed, type AlertService, type Input } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import type { OyaAlertSettings } from './alert-settings.ts';
import './alert-settings.define.ts';

describe('<oya-alert-settings>', () => {
  afterEach(() => {
    unmountAll();
    localStorage.clear();
  });

  it('shows what one is told of unasked: one’s own supply, by mail', async () => {
    const { element } = await open();
    expect(ticked(element, 'outages')).to.deep.equal(['email']);
    expect(ticked(element, 'works')).to.deep.equal(['email']);
    expect(ticked(element, 'ecowatt')).to.deep.equal([]);
    expect(textOf(element)).to.contain('Maison, 12 rue des Acacias, Carmaux');
    await expectAccessible(element);
  });

  it('saves all choices at once, and says so', async () => {
    const { element, adapter } = await open();
    tick(element, 'outages', 'push');
    tick(element, 'tempo', 'sms');
    tick(element, 'communes', '81170');
    box(element, 'is-quiet').click();
    await element.updateComplete;
    control(element, 'Enregistrer mes choix').click();
    await until(() => element.renderRoot.querySelector('.said'), 'that it is saved');
    const settings = await adapter.perform(getAlertSettings, {});
    expect(settings.choices.map(({ channels }) => channels.join('+'))).to.deep.equal(['push+email', 'email', '', 'sms']);
    expect(settings.communes).to.deep.equal(['81170']);
    expect(settings.quietHours).to.deep.equal({ from: '22:00', to: '07:00' });
  });

  it('refuses quiet hours that end as they begin, and text messages without a number', async () => {
    const sent: Input<'updateAlertSettings'>[] = [];
    const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, {
      getAlertSettings: async () => ({ ...(await sandbox.perform(getAlertSettings, {})), phone: null }),
      updateAlertSettings: async (input) => (sent.push(input), sandbox.perform(updateAlertSettings, input)),
    }) });
    box(element, 'is-quiet').click();
    tick(element, 'works', 'sms');
    await element.updateComplete;
    (element.renderRoot.querySelector('[name=quiet-to]') as HTMLInputElement).value = '22:00';
    control(element, 'Enregistrer mes choix').click();
    await until(() => element.renderRoot.querySelector('.summary'), 'what is wrong');
    expect([...element.renderRoot.querySelectorAll('.summary li')].length).to.equal(2);
    expectFocusOn(element.renderRoot.querySelector('.summary'));
    expect(sent).to.deep.equal([]);
    await expectAccessible(element);
  });

  it('keeps what was ticked when saving fails', async () => {
    const { element } = await open({ faults: { updateAlertSettings: 'unavailable' } });
    tick(element, 'ecowatt', 'email');
    control(element, 'Enregistrer mes choix').click();
    await until(() => element.renderRoot.querySelector('.summary'), 'that it failed');
    expect(ticked(element, 'ecowatt')).to.deep.equal(['email']);
  });

  it('tells the utility of medical equipment only with the whole text, a number and a box that nobody ticked before', async () => {
    const sent: Input<'giveMedicalNeed'>[] = [];
    const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, { giveMedicalNeed: async (input) => (sent.push(input), sandbox.perform(giveMedicalNeed, input)) }) });
    control(element, 'Donner mon accord pour Maison').click();
    await until(() => element.renderRoot.querySelector('.consent'), 'the text');
    expect(textOf(element.renderRoot.querySelector('.consent'))).to.contain('dépend d’un équipement médical électrique');
    expect(box(element, 'medical-consent').checked).to.equal(false);
    await expectAccessible(element);
    control(element, 'Enregistrer mon accord').click();
    await until(() => element.renderRoot.querySelector('.summary'), 'what is missing');
    expect(sent).to.deep.equal([]);
    (element.renderRoot.querySelector('[name=medical-phone]') as HTMLInputElement).value = '06 39 98 01 01';
    box(element, 'medical-consent').click();
    control(element, 'Enregistrer mon accord').click();
    await until(() => textOf(element).includes('nous vous appelons au 06 39 98 01 01'), 'the need');
    expect(sent).to.deep.equal([{ contractId: 'camille-electricity', phone: '+33639980101', textVersion: '2026-11', language: 'fr' }]);
    control(element, 'Retirer mon accord').click();
    await until(() => textOf(element).includes('Votre accord est retiré et le numéro effacé.'), 'it is withdrawn');
    expect(textOf(element)).to.contain('Nous n’en savons rien.');
  });

  it('shows the text of medical equipment anew where it has changed meanwhile, with a box that nobody ticked', async () => {
    let version = 'old';
    const service = (text: string): NonNullable<AlertService['medical']> => ({ version: text, text: { fr: `Le texte ${text}.` } });
    const { element } = await open({ between: (sandbox) => amendAdapter(sandbox, {
      describeAlerts: async () => ({ ...(await sandbox.perform(describeAlerts, {})), medical: service(version) }),
      giveMedicalNeed: async (input) => {
        if (input.textVersion === 'old') throw new PortalError('conflict', { code: 'text-changed' });
        throw new PortalError('invalid', { fields: [{ path: 'phone', code: 'not-a-number' }] });
      },
    }) });
    control(element, 'Donner mon accord pour Maison').click();
    await until(() => element.renderRoot.querySelector('.consent'), 'the text');
    const give = () => {
      (element.renderRoot.querySelector('[name=medical-phone]') as HTMLInputElement).value = '06 39 98 01 01';
      box(element, 'medical-consent').click();
      control(element, 'Enregistrer mon accord').click();
    };
    version = 'new';
    give();
    await until(() => textOf(element).includes('Le texte a changé entre-temps'), 'that it has changed');
    expect(textOf(element.renderRoot.querySelector('.consent'))).to.contain('Le texte new.');
    expect(box(element, 'medical-consent').checked).to.equal(false);
    await expectAccessible(element);
    give();
    await until(() => element.renderRoot.querySelector('[name=medical-phone][aria-invalid=true]'), 'the field that is wrong');
  });

  it('offers visitors their device where the browser can, else says why not, and the way in', async () => {
    const { element } = await open({ persona: null, routes: { login: '/connexion' } });
    expect(textOf(element)).to.contain('Sans compte, cet appareil peut vous prévenir');
    expect(control(element, 'Me connecter pour être prévenu à mon adresse').getAttribute('href')).to.equal('/connexion');
    await until(() => textOf(element).includes('Ce navigateur ne peut pas recevoir de notifications ici. Installez l’application, ou connectez-vous'), 'why not: this page belongs to no app');
    await expectAccessible(element);
  });
});

async function open(options: MountOptions = {}): Promise<Mounted<OyaAlertSettings>> {
  const mounted = await mount<OyaAlertSettings>('oya-alert-settings', { persona: 'camille', ...options });
  await until(() => mounted.element.renderRoot.querySelector('.view'), 'the settings');
  await new Promise((resolve) => setTimeout(resolve, 100));
  return mounted;
}

function boxes(element: OyaAlertSettings, name: string): HTMLInputElement[] {
  return [...element.renderRoot.querySelectorAll<HTMLInputElement>(`[name='${name}']`)];
}

function box(element: OyaAlertSettings, name: string): HTMLInputElement {
  return boxes(element, name)[0] ?? expect.fail(`no box ${name}`);
}

function ticked(element: OyaAlertSettings, name: string): string[] {
  return boxes(element, name).flatMap(({ checked, value }) => (checked ? [value] : []));
}

function tick(element: OyaAlertSettings, name: string, value: string): void {
  (boxes(element, name).find((each) => each.value === value) ?? expect.fail(`no ${value} of ${name}`)).click();
}
