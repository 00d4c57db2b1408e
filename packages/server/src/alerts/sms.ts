/** Text messages: how they leave, and what fits into one. */

/** How text messages reach phones. A gateway over HTTP is the one way there is; another would be another of these. */
export interface SmsSender {
  /** @throws SmsRefused where trying again is of no use */
  send(message: SmsMessage): Promise<void>;
}

export interface SmsMessage {
  /** E.164. */
  readonly to: string;
  readonly text: string;
  /** As which the phone shows who wrote: up to eleven letters and digits. */
  readonly sender: string;
  /** The same however often it is tried: a gateway that knows it sends it once. */
  readonly key: string;
}

/** The gateway has looked at it and will never take it. */
export class SmsRefused extends Error {
  override readonly name = 'SmsRefused';
}

const PATIENCE_MS = 10_000;
const LONGEST_SENDER = 11;

/** `POST {url}` `{to, text, sender}` with an idempotency key; 2xx is taken, 4xx but 408 and 429 refused for good. */
export function smsGateway({ url, token }: { readonly url: string; readonly token: string | undefined }): SmsSender {
  return {
    async send({ key, sender, ...message }) {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': key, ...(token !== undefined && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ ...message, sender: sender.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, LONGEST_SENDER) }),
        redirect: 'error',
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      await response.body?.cancel();
      const { status } = response;
      if (status >= 400 && status < 500 && status !== 408 && status !== 429) throw new SmsRefused(`the gateway answers ${status}`);
      if (!response.ok) throw new Error(`the gateway answers ${status}`);
    },
  };
}

/** GSM 7 bit (3GPP TS 23.038): with any other letter, a message holds 70 characters instead of 160. */
const GSM = new Set('@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà');
/** They take the room of two. */
const GSM_EXTENDED = new Set('^{}\\[~]|€');
export const SMS_LENGTH = 160;
/** Less beside a link says nothing. */
const LEAST_ROOM = 60;

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['’', '\''], ['‘', '\''], ['“', '"'], ['”', '"'], ['…', '...'], ['–', '-'], ['—', '-'], ['œ', 'oe'], ['Œ', 'OE'], ['\u00a0', ' '], ['\u202f', ' '], ['\t', ' '],
]);

/** The same in letters that a text message has: accents that it lacks go, others stay. */
export function gsmText(text: string): string {
  // French sets its quotation marks off by a space.
  const letters = [...text.normalize('NFC').replaceAll(/«[ \u00a0\u202f]?/g, '"').replaceAll(/[ \u00a0\u202f]?»/g, '"')].map((letter) => {
    if (GSM.has(letter) || GSM_EXTENDED.has(letter)) return letter;
    const other = INSTEAD.get(letter) ?? letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
    return [...other].every((each) => GSM.has(each) || GSM_EXTENDED.has(each)) ? other : '?';
  });
  return letters.join('').replaceAll(/ {2,}/g, ' ').trim();
}

/** How much of a text message it takes. */
export function gsmLength(text: string): number {
  return [...text].reduce((sum, letter) => sum + (GSM_EXTENDED.has(letter) ? 2 : 1), 0);
}

/** Each begins with a capital letter: `7 p.m. or` is within one. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?…])\s+(?=\p{Lu})/u);
}

/** What fits into one message: whole sentences as long as there is room beside the link, then whole words. A link without room for a sentence is left out. */
export function oneSms(sentences: readonly string[], link = ''): string {
  const end = link === '' ? '' : ` ${gsmText(link)}`;
  const room = SMS_LENGTH - gsmLength(end);
  if (room < LEAST_ROOM) return oneSms(sentences);
  let text = '';
  for (const sentence of sentences.map(gsmText).filter(Boolean)) {
    const longer = text === '' ? sentence : `${text} ${sentence}`;
    if (gsmLength(longer) <= room) text = longer;
    else if (text === '') text = cut(sentence, room);
  }
  return `${text}${end}`.trim();
}

function cut(sentence: string, room: number): string {
  const words = sentence.split(' ');
  while (words.length > 1 && gsmLength(`${words.join(' ')}...`) > room) words.pop();
  let text = words.join(' ');
  while (gsmLength(`${text}...`) > room) text = text.slice(0, -1);
  return `${text}...`;
}
