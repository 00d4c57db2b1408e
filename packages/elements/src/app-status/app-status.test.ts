import { describeUtility, listContracts, whoAmI, type Operation, type PortalAdapter } from '@oya/contract';
import { appUpdate } from '@oya/core/app-update';
import { KEPT_AT, keptData, noteAnswer } from '@oya/core/kept-data';
import { Resource } from '@oya/core';
import { expect } from 'chai';
import { mount, textOf, unmountAll, until } from '../testing.ts';
import type { OyaAppStatus } from './app-status.ts';
import './app-status.define.ts';

/** Half past six in the evening in France. */
const EVENING = '2026-11-24T17:30:00Z';

/** A portal behind a worker: answers come from the device while there is a time, at which they came. */
function behindWorker(ages: { all?: string; contracts?: string }): (sandbox: PortalAdapter) => PortalAdapter {
  return (sandbox) => ({
    offers: (operation) => sandbox.offers(operation),
    async perform(operation: Operation, input: never, context) {
      const answer = await sandbox.perform(operation, input, context);
      const keptAt = operation.name === listContracts.name ? (ages.contracts ?? ages.all) : ages.all;
      noteAnswer(operation, input, new Response(null, keptAt === undefined ? {} : { headers: { [KEPT_AT]: keptAt } }));
      return answer;
    },
  } as PortalAdapter);
}

async function withStatus(ages: { all?: string; contracts?: string }, options: { lang?: string } = {}): Promise<OyaAppStatus> {
  const { element } = await mount<OyaAppStatus>('oya-app-status', { persona: 'camille', between: behindWorker(ages), ...options });
  return element;
}

/** As an element on the page does. */
async function show(element: OyaAppStatus, operation: typeof listContracts | typeof whoAmI): Promise<Resource<typeof operation>> {
  const resource = new Resource(element, operation, () => ({}), { blocking: false });
  element.requestUpdate();
  await until(() => resource.data, `${operation.name} is there`);
  await element.updateComplete;
  return resource;
}

function setOnline(isOnline: boolean): void {
  Object.defineProperty(navigator, 'onLine', { value: isOnline, configurable: true });
}

describe('the status of an app', () => {
  afterEach(() => {
    unmountAll();
    appUpdate.set(undefined);
    Reflect.deleteProperty(navigator, 'onLine');
  });

  it('says nothing while the portal answers', async () => {
    const element = await withStatus({});
    await show(element, whoAmI);
    await show(element, listContracts);
    expect(textOf(element)).to.equal('');
    expect(element.getBoundingClientRect().height).to.equal(0);
  });

  it('says once how old the data is, and that the customer is offline', async () => {
    setOnline(false);
    const element = await withStatus({ all: '2026-11-24T18:10:00Z', contracts: EVENING });
    await show(element, whoAmI);
    const contracts = await show(element, listContracts);
    expect(textOf(element)).to.equal('Données du mardi 24 novembre à 18 h 30 : vous êtes hors connexion.');
    expect(contracts.answeredAt).to.equal(Date.parse(EVENING));
  });

  it('says it in English', async () => {
    setOnline(false);
    const element = await withStatus({ contracts: EVENING }, { lang: 'en' });
    await show(element, whoAmI);
    await show(element, listContracts);
    expect(textOf(element)).to.equal('Data from Tuesday, November 24, 6:30 PM: you are offline.');
  });

  it('does not blame the customer’s connection for a portal that does not answer', async () => {
    setOnline(true);
    const element = await withStatus({ contracts: EVENING });
    await show(element, whoAmI);
    await show(element, listContracts);
    expect(textOf(element)).to.contain('nous n’arrivons pas à joindre votre espace');
  });

  it('names no age where nothing but the session was kept', async () => {
    setOnline(false);
    const element = await withStatus({ all: EVENING });
    await show(element, whoAmI);
    expect(textOf(element)).to.equal('Vous êtes hors connexion.');
  });

  it('asks the portal as soon as the network is back, and says no more', async () => {
    const ages: { contracts?: string } = { contracts: EVENING };
    const element = await withStatus(ages);
    await show(element, whoAmI);
    await show(element, listContracts);
    expect(textOf(element)).to.contain('24 novembre');
    delete ages.contracts;
    window.dispatchEvent(new Event('online'));
    await until(() => textOf(element) === '', 'the notice went');
    expect(element.client && keptData(element.client).value).to.equal(undefined);
  });

  it('offers the new version that waits, and says no more of it when there is none', async () => {
    let taken = 0;
    const element = await withStatus({});
    appUpdate.set(() => taken++);
    await element.updateComplete;
    element.shadowRoot?.querySelector<HTMLElement>('button')?.click();
    expect(taken).to.equal(1);
    appUpdate.set(undefined);
    await element.updateComplete;
    expect(textOf(element)).to.equal('');
  });

  it('needs the utility’s description for its clock, and asks for no more', async () => {
    const element = await withStatus({});
    const asked = element.client?.queries.getQueryCache().getAll().map(({ queryKey }) => queryKey[0]);
    expect(asked).to.deep.equal([describeUtility.name]);
  });
});
