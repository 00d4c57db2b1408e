import { amendAdapter, createClaimFile, getInvoice, listAttachments, listInvoices, PortalError, type Input, type PortalAdapter, type PortalFile } from '@oya/contract';
import { expect } from 'chai';
import { control, expectAccessible, expectFocusOn, mount, textOf, unmountAll, until, type Mounted, type MountOptions } from '../testing.ts';
import './claim.define.ts';
import type { OyaClaim } from './claim.ts';

const CONTRACT = 'lucien-electricity';

/** The claim about the invoice that is to be paid. */
async function open(options: MountOptions = {}): Promise<Mounted<OyaClaim>> {
  const mounted = await mount<OyaClaim>('oya-claim', { persona: 'lucien', ...options });
  const { items } = await mounted.adapter.perform(listInvoices, { contractId: CONTRACT });
  const invoice = items.find(({ state }) => state === 'overdue' || state === 'open') ?? items[0];
  mounted.element.setAttribute('contract', CONTRACT);
  mounted.element.setAttribute('invoice', invoice?.id ?? '');
  await until(() => mounted.element.renderRoot.querySelector('form'), 'the form');
  return mounted;
}

const within = <E extends Element>({ element }: Mounted<OyaClaim>, selector: string) => element.renderRoot.querySelector<E>(selector) as E;
const words = (mounted: Mounted<OyaClaim>, selector: string) => textOf(within(mounted, selector));
const write = (mounted: Mounted<OyaClaim>, text: string) => {
  const field = within<HTMLTextAreaElement>(mounted, 'textarea');
  field.value = text;
  field.dispatchEvent(new Event('input'));
};

/** A photo as a phone takes it, with the bytes that would say where. */
async function photo(width = 3000, height = 1500): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.fillRect(0, 0, 10, 10);
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/jpeg' })).arrayBuffer());
  const exif = new TextEncoder().encode('Exif\0\0 GPS 44.05 N 2.15 E');
  const segment = [0xff, 0xe1, 0, exif.length + 2, ...exif];
  return new File([bytes.subarray(0, 2), Uint8Array.from(segment), bytes.subarray(2)], 'Compteur.jpg', { type: 'image/jpeg' });
}

describe('<oya-claim>', () => {
  afterEach(unmountAll);

  it('says what the file will hold, and what it cannot', async () => {
    const claim = await open();
    await until(() => words(claim, '.part:not(header)').includes('jours'), 'the meter');
    expect(words(claim, '.claim')).to.match(/contester la facture n° \w+ de [\d\s,]+€/u);
    expect(words(claim, '.part:not(header)')).to.include('calcul refait ligne par ligne');
    await expectAccessible(claim.element);
  });

  it('sends photos small, without where they were taken, and names them', async () => {
    const claim = await open();
    await claim.element.addFiles([await photo()]);
    await until(() => within(claim, '.file'), 'the photo');
    expect(words(claim, '.file')).to.match(/^Compteur\.jpg \d+ ko/);
    const [kept] = (await claim.adapter.perform(listAttachments, {})).items;
    expect(kept?.mediaType).to.equal('image/jpeg');
    control(claim.element, 'Retirer Compteur.jpg').click();
    await until(() => within(claim, '.file') === null, 'it is removed');
    expect((await claim.adapter.perform(listAttachments, {})).items.length).to.equal(0);
  });

  it('lets nothing of a photo’s metadata leave the page', async () => {
    let sent = '';
    const between = (sandbox: PortalAdapter): PortalAdapter =>
      amendAdapter(sandbox, {
        addAttachment: (input: Input<'addAttachment'>) => {
          sent = atob(input.content);
          throw new PortalError('unavailable');
        },
      });
    const claim = await open({ between });
    const file = await photo();
    expect((await file.text()).includes('GPS')).to.equal(true);
    await claim.element.addFiles([file]);
    expect(sent.startsWith('\xff\xd8\xff')).to.equal(true);
    expect(sent.includes('GPS')).to.equal(false);
    expect(words(claim, '.field-error')).to.equal('Compteur.jpg n’a pas pu être ajouté. Réessayez.');
  });

  it('says of each file why it was not taken', async () => {
    const claim = await open();
    await claim.element.addFiles([new File(['<!doctype html>'], 'photo.jpg', { type: 'image/jpeg' }), new File([new Uint8Array(5 * 1024 * 1024 + 1)], 'lettre.pdf', { type: 'application/pdf' })]);
    await claim.element.updateComplete;
    const faults = [...claim.element.renderRoot.querySelectorAll('.field-error')].map(textOf);
    expect(faults).to.deep.equal(['photo.jpg n’est ni une photo (JPEG, PNG, WebP) ni un PDF. Choisissez un autre fichier.', 'lettre.pdf est trop grand. Choisissez un fichier de 5 Mo au plus.']);
    await expectAccessible(claim.element);
  });

  it('is downloaded with what was written and attached', async () => {
    const asked: Input<'createClaimFile'>[] = [];
    let given: PortalFile | undefined;
    const between = (sandbox: PortalAdapter): PortalAdapter =>
      amendAdapter(sandbox, {
        createClaimFile: async (input: Input<'createClaimFile'>) => {
          asked.push(input);
          given = await sandbox.perform(createClaimFile, input);
          return given;
        },
      });
    const claim = await open({ between });
    write(claim, ' Trop cher. ');
    await claim.element.addFiles([await photo(20, 20)]);
    await claim.element.updateComplete;
    control(claim.element, 'Télécharger le dossier en ZIP').click();
    await until(() => words(claim, '[role=status]').includes('téléchargements'), 'the download');
    expect([asked[0]?.format, asked[0]?.words, asked[0]?.attachmentIds.length]).to.deep.equal(['zip', 'Trop cher.', 1]);
    expect(given?.name.endsWith('.zip')).to.equal(true);
    expect(within<HTMLTextAreaElement>(claim, 'textarea').value).to.equal(' Trop cher. ');
  });

  it('contests with words and files, and wants words', async () => {
    const claim = await open();
    control(claim.element, 'Contester avec ce dossier').click();
    await claim.element.updateComplete;
    expect(words(claim, '.summary')).to.include('Écrivez en quelques mots');
    expectFocusOn(within(claim, '.summary'));
    write(claim, 'L’index n’est pas le mien.');
    await claim.element.addFiles([await photo(20, 20)]);
    await claim.element.updateComplete;
    control(claim.element, 'Contester avec ce dossier').click();
    await until(() => within(claim, '.outcome'), 'it is sent');
    const { dispute } = await claim.adapter.perform(getInvoice, { contractId: CONTRACT, invoiceId: claim.element.invoice ?? '' });
    expect([dispute?.words, dispute?.attachments?.length]).to.deep.equal(['L’index n’est pas le mien.', 1]);
    await until(() => within(claim, '[type=submit]') === null, 'it cannot be contested twice');
  });

  it('says so where no invoice is named', async () => {
    const { element } = await mount<OyaClaim>('oya-claim', { persona: 'lucien' });
    expect(textOf(element)).to.include('Aucune facture à joindre');
  });
});
