/** A receipt as a document to read and to keep. */
import type { ConsentEvent, LocalizedText } from '@oya/contract';
import { moment, type Language } from '../mail/messages.ts';
import { MISSING } from '../pdf/drawable.ts';
import { Paper, type Attachment } from '../pdf/paper.ts';
import { themeColours } from '../pdf/theme-colours.ts';
import type { Receipt } from './receipt.ts';
import { RECEIPT_WORDS } from './words.ts';

export interface PaperInput {
  readonly receipt: Receipt;
  readonly language: Language;
  /** Of the utility. */
  readonly theme: string;
  readonly keyId: string;
  /** The receipt for programs. */
  readonly attachment: Pick<Attachment, 'name' | 'bytes'>;
}

/** So many steps are drawn; whoever gave and withdrew more often finds all of them in the attached file. */
const MOST_STEPS = 40;

/** @returns the document, unsigned */
export function receiptPaper({ receipt, language, theme, keyId, attachment }: PaperInput): Promise<Buffer> {
  const { utility, contract, meter, event, history } = receipt;
  const words = RECEIPT_WORDS[language];
  const { text } = event;
  const title = text ? inLanguage(text.title, language) : { text: words.purposes[event.purpose], language };
  const issuedAt = Date.parse(receipt.issuedAt);
  const paper = new Paper({
    title: words.titled(title.text),
    language: language === 'fr' ? 'fr-FR' : 'en-GB',
    author: utility.name,
    madeAt: issuedAt,
    colours: themeColours(theme),
    foot: `${utility.legalName} · ${event.id}`,
    pageOf: words.page,
  });
  paper.overline(words.receipt);
  paper.heading(1, title.text, { language: title.language });
  paper.paragraph(sentence(`${whatHappened(event, language)} ${when(event, language, receipt)}, ${who(event, language)}`), { kind: 'lead' });

  paper.facts([
    { label: words.holder, value: contract.holder },
    { label: words.contract, value: contract.number },
    { label: words.deliveryPoint[contract.energy], value: contract.deliveryPoint },
    { label: words.meter, value: meter.serialNumber },
    ...(event.recipient ? [{ label: words.recipient, value: event.recipient.name }] : []),
    ...(text ? [{ label: words.duration, value: text.months === undefined ? words.untilWithdrawn : words.months(text.months) }] : []),
  ]);

  paper.heading(2, words.text);
  if (text) {
    const agreed = inLanguage(text.text, language);
    paper.quote(agreed.text, agreed.language);
    paper.paragraph(words.version(text.version), { kind: 'small' });
  } else {
    paper.paragraph(words.elsewhere);
  }

  paper.heading(2, words.history);
  const earlier = history.length - MOST_STEPS;
  if (earlier > 0) paper.paragraph(words.earlier(earlier), { kind: 'small' });
  paper.steps(history.slice(-MOST_STEPS).map((step) => ({ title: whatHappened(step, language), text: sentence(`${when(step, language, receipt)}, ${who(step, language)}`) })));

  paper.heading(2, words.keep);
  paper.paragraph(words.signed(utility.name, moment(issuedAt, language, utility)), { kind: 'small' });
  paper.paragraph(words.check(utility.name, attachment.name), { kind: 'small' });
  if (paper.isMissing) paper.paragraph(words.missing(MISSING), { kind: 'small' });
  paper.paragraph(words.identified(event.id, keyId), { kind: 'small' });
  paper.attach({ ...attachment, mediaType: 'application/json', about: words.attached });
  return paper.end();
}

function whatHappened({ kind, erases, failure }: ConsentEvent, language: Language): string {
  const { kinds, erases: withErasure, failures } = RECEIPT_WORDS[language];
  if (kind === 'withdrawn' && erases) return withErasure;
  return failure ? `${kinds[kind]} (${failures[failure]})` : kinds[kind];
}

function when({ at }: ConsentEvent, language: Language, { utility }: Receipt): string {
  const text = moment(Date.parse(at), language, utility);
  return language === 'en' ? `on ${text}` : text;
}

function who({ actor, name, channel }: ConsentEvent, language: Language): string {
  const { by, byName, channels } = RECEIPT_WORDS[language];
  const whom = actor === 'customer' && name !== null ? byName(name) : by[actor];
  return [whom, channels[channel]].filter((part) => part !== undefined).join(', ');
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** Where words are not there in a language, the French ones are. */
function inLanguage(words: LocalizedText, language: Language): { text: string; language: Language } {
  const own = words[language];
  return own === undefined ? { text: words.fr, language: 'fr' } : { text: own, language };
}
