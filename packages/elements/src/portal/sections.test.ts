import { expect } from 'chai';
import { availableSections, SECTIONS } from './sections.ts';

const all = { offers: () => true, has: () => true, without: new Set<string>(), isTempo: true };
const ids = (surroundings: Partial<Parameters<typeof availableSections>[0]>) => availableSections({ ...all, ...surroundings }).map(({ id }) => id);

describe('the sections of a portal', () => {
  it('are all there where all is offered', () => expect(ids({})).to.deep.equal(SECTIONS.map(({ id }) => id)));
  it('are there only with all they need', () => {
    expect(ids({ offers: ({ name }) => name !== 'getConsumption' })).not.to.include('consumption');
    // Tariffs are compared by files, too.
    expect(ids({ offers: ({ name }) => name !== 'listContracts' })).to.deep.equal(['tariffs', 'ecowatt', 'messages', 'alerts', 'procedures', 'profile', 'emergency', 'login', 'signup']);
  });
  it('are there only if the page has their element', () => expect(ids({ has: (tag) => tag === 'oya-dashboard' })).to.deep.equal(['dashboard']));
  it('have Tempo for whoever has a contract with it', () => {
    expect(ids({ isTempo: false })).to.deep.equal(ids({}).filter((id) => id !== 'tempo'));
  });
  it('leave out what the site shows elsewhere', () => expect(ids({ without: new Set(['consumption']) })).not.to.include('consumption'));
});
