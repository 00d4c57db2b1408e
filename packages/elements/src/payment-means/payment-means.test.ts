import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import type { OyaPaymentMeans } from './payment-means.ts';
import './payment-means.define.ts';

const PASSWORD = 'Cascade-81400';
const IBAN = 'FR14 2004 1010 0505 0001 3M02 606';

describe('<oya-payment-means>', () => {
  afterEach(unmountAll);

  async function open(options: MountOptions = {}): Promise<Mounted<OyaPaymentMeans>> {
    const mounted = await mount<OyaPaymentMeans>('oya-payment-means', { persona: 'camille', ...options });
    await until(() => mounted.element.querySelector('.card') !== null, 'what it is paid by is there');
    return mounted;
  }

  async function sign(element: OyaPaymentMeans, values: Record<string, string>): Promise<void> {
    control(element, 'Changer de compte').click();
    await until(() => field(element, 'currentPassword'), 'the password is asked for');
    for (const [name, value] of Object.entries(values)) fill(element, name, value);
    control(element, 'Signer le mandat').click();
  }

  it('says how the contract is paid, with its mandate and no more of the account than its end', async () => {
    const { element } = await open();
    expect(textOf(element.querySelector('.card .lead'))).to.equal('Vos factures sont prélevées à leur date.');
    expect(textOf(element.querySelector('.card .account'))).to.equal('se termine par 4821');
    expect(textOf(element.querySelector('.others'))).to.contain('Avec un chèque énergie');
    await expectAccessible(element);
  });

  it('signs a mandate for another account with the password, and shows its two ends', async () => {
    const { element } = await open();
    await sign(element, { iban: IBAN, currentPassword: PASSWORD });
    await until(() => element.querySelector('.outcome') !== null, 'it is done');
    expectFocusOn(element.querySelector('.outcome'));
    expect(textOf(element.querySelector('.card .account'))).to.equal('FR14 •••• •••• •••• •••• •••2 606');
    expect(element.querySelector('form') === null).to.equal(true);
    await expectAccessible(element);
  });

  it('says which sign of an account is looked at again, and keeps all that is typed', async () => {
    const { element } = await open();
    await sign(element, { iban: IBAN.replace('0505', '0506'), currentPassword: PASSWORD });
    await until(() => element.querySelector('.summary') !== null, 'it comes back');
    expect(textOf(element.querySelector('.summary'))).to.contain('Un chiffre est faux, ou deux sont échangés.');
    expect(field(element, 'iban')?.value).to.equal(IBAN.replace('0505', '0506'));
    expect(field(element, 'iban')?.getAttribute('aria-invalid')).to.equal('true');
    await expectAccessible(element);
  });

  it('takes nothing without the right password', async () => {
    const { element } = await open();
    await sign(element, { iban: IBAN, currentPassword: 'Soleil-2026' });
    await until(() => element.querySelector('.summary') !== null, 'it comes back');
    expect(textOf(element.querySelector('.summary'))).to.contain('Ce n’est pas le mot de passe de votre espace.');
    expect(textOf(element.querySelector('.card .account'))).to.equal('se termine par 4821');
  });

  it('names each field that is empty', async () => {
    const { element } = await open();
    await sign(element, { accountHolder: ' ', iban: '', currentPassword: '' });
    await until(() => element.querySelector('.summary') !== null, 'it comes back');
    expect([...element.querySelectorAll('.summary li')].map(textOf)).to.deep.equal(['À remplir : titulaire du compte.', 'Entrez votre IBAN.', 'À remplir : votre mot de passe.']);
  });

  it('stops debits after it was said what that means', async () => {
    const { element } = await open();
    control(element, 'Arrêter le prélèvement').click();
    await until(() => element.querySelector('.sure') !== null, 'it is asked');
    element.querySelector<HTMLElement>('.danger')?.click();
    await until(() => element.querySelector('.outcome') !== null, 'it is done');
    expect(textOf(element.querySelector('.card .lead'))).to.equal('Vous choisissez comment payer chaque facture, avant sa date.');
  });

  it('asks for a plan for what is overdue, shows its parts, and takes the question back', async () => {
    const { element } = await open({ persona: 'lucien' });
    await until(() => element.querySelector('.button.plan') !== null, 'there is something overdue');
    control(element, 'Demander un échéancier').click();
    await until(() => element.querySelector('select[name=parts]') !== null);
    await expectAccessible(element);
    control(element, 'Envoyer ma demande').click();
    await until(() => element.querySelector('.withdraw') !== null, 'it waits');
    expect(textOf(element.querySelector('.plans .lead'))).to.equal('Demandé le 24 novembre 2026, en attente de notre réponse');
    expect(element.querySelectorAll('.plans tbody tr').length).to.equal(2);
    await expectAccessible(element);
    control(element, 'Retirer ma demande').click();
    await until(() => element.querySelector('.button.plan') !== null, 'it can be asked again');
  });

  it('is not for whoever only reads a contract', async () => {
    const { element } = await mount<OyaPaymentMeans>('oya-payment-means', { persona: 'lea' });
    await until(() => element.querySelector('.notice') !== null);
    expect(textOf(element.querySelector('.notice'))).to.contain('Seul son titulaire');
    expect(element.querySelector('.card') === null).to.equal(true);
  });
});

function field(element: OyaPaymentMeans, name: string): HTMLInputElement | null {
  return element.querySelector<HTMLInputElement>(`input[name='${name}']`);
}

function fill(element: OyaPaymentMeans, name: string, value: string): void {
  const input = field(element, name);
  if (!input) return;
  input.value = value;
  input.dispatchEvent(new InputEvent('input', { bubbles: true }));
}
