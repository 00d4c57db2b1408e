import { addAttachment, amendAdapter, createClaimFile, getInvoice, listAttachments, listInvoices, MOST_ATTACHMENTS, PortalError, type Attachment, type Input, type PortalAdapter, type PortalFile } from '@oya/contract';
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

const rows = ({ element }: Mounted<OyaClaim>) => [...element.renderRoot.querySelectorAll('.file')].map(textOf);
const letter = (name: string) => new File(['%PDF-1.4\n%%EOF\n'], name, { type: 'application/pdf' });

/** Files are on their way until they are let through, or until whoever sends them gives up; `deaf` adapters do not hear that. */
function slowly({ deaf = false } = {}) {
  const under: { name: string; letThrough: () => void; isCancelled: () => boolean }[] = [];
  const between = (sandbox: PortalAdapter): PortalAdapter =>
    amendAdapter(sandbox, {
      addAttachment: async (input, { signal }) => {
        await new Promise<void>((resolve, reject) => {
          under.push({ name: input.name, letThrough: resolve, isCancelled: () => signal?.aborted ?? false });
          if (!deaf) signal?.addEventListener('abort', () => reject(signal.reason as Error));
        });
        return sandbox.perform(addAttachment, input);
      },
    });
  return { under, between };
}

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

  it('shows a photo small, drawn so that no policy of the page keeps it away, and a sign where there is none', async () => {
    const claim = await open();
    const canvas = new OffscreenCanvas(400, 200);
    const context = canvas.getContext('2d') ?? expect.fail();
    context.fillStyle = '#c00';
    context.fillRect(0, 0, 400, 200);
    await claim.element.addFiles([new File([await canvas.convertToBlob({ type: 'image/png' })], 'Rouge.png', { type: 'image/png' }), letter('Courrier.pdf')]);
    await until(() => rows(claim).length === 2, 'both');
    const [photoRow, letterRow] = [...claim.element.renderRoot.querySelectorAll('.file')];
    const picture = photoRow?.querySelector('canvas') ?? expect.fail('no picture');
    const [red, green] = picture.getContext('2d')?.getImageData(picture.width / 2, picture.height / 2, 1, 1).data ?? [];
    expect(red).to.be.greaterThan(180);
    expect(green).to.be.lessThan(30);
    expect(picture.getBoundingClientRect().width).to.equal(56);
    expect(claim.element.renderRoot.querySelector('img')).to.equal(null);
    expect(letterRow?.querySelector('.picture svg')).not.to.equal(null);
    await expectAccessible(claim.element);

    control(claim.element, 'Retirer Rouge.jpg').click();
    await until(() => rows(claim).length === 1, 'it is removed');
    expect(claim.element.renderRoot.querySelector('canvas')).to.equal(null);
  });

  it('tells of each file on its way how large it is and where it stands, and hands in what is chosen meanwhile', async () => {
    const { under, between } = slowly();
    const claim = await open({ between });
    const done = claim.element.addFiles([new File(['%PDF-1.4\n', new Uint8Array(1_234_000).fill(32), '\n%%EOF\n'], 'Contrat.pdf', { type: 'application/pdf' }), letter('Courrier.pdf')]);
    await until(() => under.length === 1, 'the first');
    await claim.element.updateComplete;
    expect(rows(claim)).to.deep.equal(['Contrat.pdf 1,2 Mo Envoi en cours Annuler Contrat.pdf', 'Courrier.pdf 1 ko En attente Annuler Courrier.pdf']);
    expect(words(claim, '[role=status]')).to.equal('Ajout de Contrat.pdf');
    await expectAccessible(claim.element);
    void claim.element.addFiles([letter('Encore.pdf')]);
    await claim.element.updateComplete;
    expect(rows(claim).length).to.equal(3);

    control(claim.element, 'Annuler Contrat.pdf').focus();
    under[0]?.letThrough();
    await until(() => under.length === 2, 'the second');
    await until(() => rows(claim)[0]?.includes('Retirer'), 'the first is there');
    await claim.element.updateComplete;
    expectFocusOn(control(claim.element, 'Retirer Contrat.pdf'));
    under[1]?.letThrough();
    await until(() => under.length === 3, 'the third');
    under[2]?.letThrough();
    await done;
    await until(() => rows(claim).every((row) => row.includes('Retirer')), 'all are there');
    expect((await claim.adapter.perform(listAttachments, {})).items.map(({ name }) => name)).to.deep.equal(['Contrat.pdf', 'Courrier.pdf', 'Encore.pdf']);
  });

  it('lets each file be cancelled: nothing of it is kept, and the next one goes', async () => {
    const { under, between } = slowly();
    const claim = await open({ between });
    const done = claim.element.addFiles([letter('Un.pdf'), letter('Deux.pdf'), letter('Trois.pdf')]);
    await until(() => under.length === 1, 'the first');
    await claim.element.updateComplete;
    control(claim.element, 'Annuler Trois.pdf').click();
    await claim.element.updateComplete;
    expectFocusOn(control(claim.element, 'Annuler Un.pdf'));
    control(claim.element, 'Annuler Un.pdf').click();
    await until(() => under.length === 2, 'the second');
    expect(under[0]?.isCancelled()).to.equal(true);
    await claim.element.updateComplete;
    expect(rows(claim).length).to.equal(1);
    under[1]?.letThrough();
    await done;
    await until(() => rows(claim)[0]?.includes('Retirer'), 'the second is there');
    expect((await claim.adapter.perform(listAttachments, {})).items.map(({ name }) => name)).to.deep.equal(['Deux.pdf']);
    expect(within(claim, '.field-error')).to.equal(null);
  });

  it('takes back what comes too late from an adapter that cannot stop', async () => {
    const { under, between } = slowly({ deaf: true });
    const claim = await open({ between });
    const done = claim.element.addFiles([letter('Un.pdf')]);
    await until(() => under.length === 1, 'it is on its way');
    await claim.element.updateComplete;
    control(claim.element, 'Annuler Un.pdf').click();
    await done;
    expect(words(claim, '[role=status]')).to.equal('L’envoi de Un.pdf est annulé.');
    expectFocusOn(within(claim, 'input[type=file]'));
    under[0]?.letThrough();
    const kept = async () => (await claim.adapter.perform(listAttachments, {})).items.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect([await kept(), rows(claim).length]).to.deep.equal([0, 0]);
  });

  it('neither contests nor makes a file while something is still on its way', async () => {
    const { under, between } = slowly();
    const claim = await open({ between });
    write(claim, 'L’index est faux.');
    const done = claim.element.addFiles([letter('Un.pdf')]);
    await until(() => under.length === 1, 'it is on its way');
    for (const name of ['Contester avec ce dossier', 'Télécharger le dossier en PDF']) {
      control(claim.element, name).click();
      await claim.element.updateComplete;
      expect(words(claim, '.summary')).to.include('Un fichier est encore en route');
    }
    under[0]?.letThrough();
    await done;
    await until(() => rows(claim)[0]?.includes('Retirer'), 'it is there');
    control(claim.element, 'Contester avec ce dossier').click();
    await until(() => within(claim, '.outcome'), 'it is sent');
  });

  it('gives up what is on its way when it goes, or turns to another invoice', async () => {
    const { under, between } = slowly();
    const claim = await open({ between });
    const { items } = await claim.adapter.perform(listInvoices, { contractId: CONTRACT });
    const done = claim.element.addFiles([letter('Un.pdf'), letter('Deux.pdf')]);
    await until(() => under.length === 1, 'it is on its way');
    claim.element.setAttribute('invoice', items.at(-1)?.id ?? '');
    await done;
    void claim.element.addFiles([letter('Trois.pdf')]);
    await until(() => under.length === 2, 'another');
    claim.element.remove();
    expect(under.map(({ name, isCancelled }) => [name, isCancelled()])).to.deep.equal([['Un.pdf', true], ['Trois.pdf', true]]);
  });

  it('shows what waits for its own invoice, and leaves what waits for another where it is', async () => {
    const claim = await open();
    const { items } = await claim.adapter.perform(listInvoices, { contractId: CONTRACT });
    const other = items.find(({ id }) => id !== claim.element.invoice) ?? expect.fail('one more');
    await claim.element.addFiles([letter('Celle-ci.pdf')]);
    const own = claim.element.invoice ?? '';
    claim.element.setAttribute('invoice', other.id);
    await until(() => words(claim, '.claim').includes(other.number) && rows(claim).length === 0, 'the other invoice');
    await claim.element.addFiles([letter('Autre.pdf')]);
    await until(() => rows(claim).length === 1, 'its file');
    claim.element.setAttribute('invoice', own);
    await until(() => rows(claim)[0]?.includes('Celle-ci.pdf'), 'the first invoice');
    expect(rows(claim).length).to.equal(1);
    write(claim, 'L’index est faux.');
    control(claim.element, 'Contester avec ce dossier').click();
    await until(() => within(claim, '.outcome'), 'it is sent');
    const names = (files: readonly Attachment[]) => files.map(({ name }) => name);
    expect(names((await claim.adapter.perform(getInvoice, { contractId: CONTRACT, invoiceId: own })).dispute?.attachments ?? [])).to.deep.equal(['Celle-ci.pdf']);
    expect(names((await claim.adapter.perform(listAttachments, {})).items)).to.deep.equal(['Autre.pdf']);
  });

  it('says whether a file is too many here, or waits behind those of other invoices', async () => {
    const claim = await open();
    const name = { contractId: CONTRACT, invoiceId: claim.element.invoice ?? '' };
    await claim.element.addFiles(Array.from({ length: MOST_ATTACHMENTS + 1 }, (_, index) => letter(`${index + 1}.pdf`)));
    await until(() => rows(claim).length === MOST_ATTACHMENTS, 'as many as go');
    expect(words(claim, '.field-error')).to.equal('7.pdf est de trop. Retirez un fichier d’abord.');
    const { items } = await claim.adapter.perform(listInvoices, { contractId: CONTRACT });
    const others = items.filter(({ id }) => id !== name.invoiceId).slice(0, 4);
    for (const [index, { id }] of others.entries()) {
      claim.element.setAttribute('invoice', id);
      await until(() => words(claim, '.claim').includes(id) && rows(claim).length === 0, 'another invoice');
      await claim.element.addFiles(Array.from({ length: index < 3 ? MOST_ATTACHMENTS : 1 }, (_, each) => letter(`${each}.pdf`)));
    }
    expect(words(claim, '.field-error')).to.include('des fichiers attendent aussi pour d’autres factures');
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
