/**
 * The payment page of Lyra's form protocol (PayZen and the banks that use it): whoever tries the portal decides there what
 * becomes of a payment, and how the notice of it comes. No card is asked for: there is none that could be typed here by mistake.
 * https://payzen.io/fr-FR/form-payment/
 */
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
import type { Answer, Request } from '../answer.ts';
import { lyraSignature } from './lyra-signature.ts';

/** Who sells: as the provider knows them. */
export interface Shop {
  readonly siteId: string;
  /** That of the mode it uses. */
  readonly key: string;
  readonly mode: 'TEST' | 'PRODUCTION';
  readonly noticeUrl: string;
}

/** What the customer does on the page. `secure` asks for the code of 3-D Secure before. */
export const PAYMENT_CHOICES = ['pay', 'secure', 'refuse', 'abandon'] as const;
export type PaymentChoice = (typeof PAYMENT_CHOICES)[number];

/**
 * How the notice comes: before the customer is back; a while after; twice; with another signature, and no true one; together with
 * that of an earlier card that was refused, which comes last; not at all.
 */
export const NOTICE_WAYS = ['at-once', 'late', 'twice', 'forged', 'out-of-order', 'none'] as const;
export type NoticeWay = (typeof NOTICE_WAYS)[number];

export interface LyraPageParts {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly lateNoticeMs: number;
  /** Ends what still waits. */
  readonly signal: AbortSignal;
}

type Fields = Readonly<Record<string, string>>;

/** What the bank mails to whoever pays with 3-D Secure; any other code is wrong. */
export const SECURE_CODE = '123456';
const PATIENCE_MS = 10_000;
const HTML = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
const NEEDED = ['vads_action_mode', 'vads_amount', 'vads_ctx_mode', 'vads_currency', 'vads_order_id', 'vads_page_action', 'vads_payment_config', 'vads_site_id', 'vads_trans_date', 'vads_trans_id', 'vads_url_return', 'vads_version'];

export class LyraPage {
  readonly #parts: LyraPageParts;
  readonly #shops = new Map<string, Shop>();
  /** Of payments that were made: Lyra takes a transaction once a day. */
  readonly #done = new Set<string>();

  constructor(parts: LyraPageParts) {
    this.#parts = parts;
  }

  open(shop: Shop): void {
    this.#shops.set(shop.siteId, shop);
  }

  async answer({ method, path, body }: Request): Promise<Answer> {
    if (method !== 'POST') return page('Page de paiement', '<p>Cette page s’ouvre depuis le site d’un marchand.</p>', 405);
    const { choice = '', notice = '', code, ...fields } = Object.fromEntries(new URLSearchParams(body)) as Record<string, string>;
    const shop = this.#shops.get(fields['vads_site_id'] ?? '');
    const fault = faultOf(fields, shop) ?? (this.#done.has(transactionOf(fields)) ? 'Cette transaction a déjà eu lieu : vads_trans_id ne sert qu’une fois par jour.' : undefined);
    if (fault !== undefined || !shop) return page('Paiement impossible', `<p>${escaped(fault ?? '')}</p>`, 400);
    if (path === '/vads-payment/') return choosing(fields);
    if (path !== '/vads-payment/choice' || !isOneOf(PAYMENT_CHOICES, choice) || !isOneOf(NOTICE_WAYS, notice)) return page('Paiement impossible', '<p>Ce choix n’existe pas.</p>', 400);
    if (choice === 'secure' && code === undefined) return asking(fields, notice);
    const status = choice === 'pay' || (choice === 'secure' && code === SECURE_CODE) ? 'AUTHORISED' : choice === 'abandon' ? 'ABANDONED' : 'REFUSED';
    if (status !== 'ABANDONED') this.#done.add(transactionOf(fields));
    await this.#tell(shop, this.#formsOf(shop, fields, status, { notice, isSecure: choice === 'secure' }), notice);
    return { status: 303, headers: { location: fields['vads_url_return'] ?? '', 'cache-control': 'no-store' } };
  }

  /** The notices of a payment, in the order in which they are sent. */
  #formsOf(shop: Shop, fields: Fields, status: string, { notice, isSecure }: { notice: NoticeWay; isSecure: boolean }): Fields[] {
    const form = (of: string, more: Fields = {}): Fields => {
      const isAbandoned = of === 'ABANDONED';
      const told: Fields = {
        ...Object.fromEntries(Object.entries(fields).filter(([name]) => name.startsWith('vads_') && !['vads_url_return', 'vads_return_mode'].includes(name))),
        vads_auth_result: of === 'AUTHORISED' ? '00' : isAbandoned ? '' : '05',
        vads_operation_type: isAbandoned ? '' : 'DEBIT',
        vads_result: of === 'AUTHORISED' ? '00' : isAbandoned ? '17' : '05',
        vads_threeds_status: isSecure ? (of === 'AUTHORISED' ? 'Y' : 'N') : '',
        vads_trans_status: of,
        vads_trans_uuid: isAbandoned ? '' : randomUUID().replaceAll('-', ''),
        vads_url_check_src: 'PAY',
        ...more,
      };
      return { ...told, signature: lyraSignature(told, shop.key) };
    };
    const own = form(status);
    switch (notice) {
      case 'none':
        return [];
      case 'twice':
        return [own, own];
      case 'forged':
        return [{ ...form('AUTHORISED'), signature: lyraSignature(form('AUTHORISED'), `${shop.key}-${randomInt(1_000_000)}`) }];
      case 'out-of-order':
        return [own, form('REFUSED')];
      case 'at-once':
      case 'late':
        return [own];
    }
  }

  async #tell({ noticeUrl }: Shop, forms: readonly Fields[], notice: NoticeWay): Promise<void> {
    const { lateNoticeMs, signal } = this.#parts;
    const send = async () => {
      for (const form of forms) {
        await fetch(noticeUrl, { method: 'POST', body: new URLSearchParams(form), signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]) }).catch((error: unknown) => {
          if (!signal.aborted) console.warn(`The payment notice did not get through to ${noticeUrl}: ${String(error)}`);
        });
      }
    };
    if (notice === 'late') void after(lateNoticeMs, undefined, { signal }).then(send, () => undefined);
    else await send();
  }
}

/** Why a form is refused, as Lyra does: nobody but the shop can have signed it. */
function faultOf(fields: Fields, shop: Shop | undefined): string | undefined {
  if (!shop) return 'Cette boutique n’existe pas (vads_site_id).';
  const missing = NEEDED.filter((name) => (fields[name] ?? '') === '');
  if (missing.length > 0) return `Il manque ${missing.join(', ')}.`;
  const { signature, ...rest } = fields;
  if (signature !== lyraSignature(rest, shop.key)) return 'La signature n’est pas celle de la boutique.';
  if (rest['vads_ctx_mode'] !== shop.mode) return 'Ce mode n’est pas celui de la boutique (vads_ctx_mode).';
  if (!/^[1-9]\d{0,11}$/.test(rest['vads_amount'] ?? '')) return 'Ce montant n’en est pas un (vads_amount).';
  if (!/^[a-z\d]{6}$/i.test(rest['vads_trans_id'] ?? '')) return 'Ce numéro de transaction n’en est pas un (vads_trans_id).';
  if (!/^https?:\/\//.test(rest['vads_url_return'] ?? '')) return 'Cette adresse de retour n’en est pas une (vads_url_return).';
  return undefined;
}

function transactionOf(fields: Fields): string {
  return `${fields['vads_site_id']}-${fields['vads_trans_date']?.slice(0, 8)}-${fields['vads_trans_id']}`;
}

function choosing(fields: Fields): Answer {
  const choices: Readonly<Record<PaymentChoice, string>> = { pay: 'Payer', secure: 'Payer avec 3-D Secure', refuse: 'Laisser la banque refuser', abandon: 'Abandonner et revenir' };
  const ways: Readonly<Record<NoticeWay, string>> = { 'at-once': 'aussitôt', late: 'en retard', twice: 'deux fois', forged: 'contrefaite', 'out-of-order': 'dans le désordre', none: 'jamais' };
  return page(
    `Payer ${euros(fields)}`,
    `<p>${escaped(fields['vads_order_info'] ?? '')}</p>
    <form method="post" action="/vads-payment/choice">${hidden(fields)}
      <fieldset><legend>La notification arrive</legend>${NOTICE_WAYS.map((way, index) => `<label><input type="radio" name="notice" value="${way}"${index === 0 ? ' checked' : ''}> ${ways[way]}</label>`).join('')}</fieldset>
      <div class="choices">${PAYMENT_CHOICES.map((choice) => `<button name="choice" value="${choice}">${choices[choice]}</button>`).join('')}</div>
    </form>`,
  );
}

function asking(fields: Fields, notice: NoticeWay): Answer {
  return page(
    'Votre banque vérifie que c’est vous',
    `<p>Paiement de ${euros(fields)}. Le code de cette démonstration est ${SECURE_CODE}.</p>
    <form method="post" action="/vads-payment/choice">${hidden(fields)}
      <input type="hidden" name="choice" value="secure"><input type="hidden" name="notice" value="${notice}">
      <label>Code reçu <input name="code" inputmode="numeric" autocomplete="one-time-code" required></label>
      <div class="choices"><button>Valider</button></div>
    </form>`,
  );
}

function page(title: string, content: string, status = 200): Answer {
  return {
    status,
    headers: HTML,
    body: `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<style>:root{color-scheme:light dark;font:1rem/1.5 system-ui,sans-serif}body{margin:0;padding:2rem 1rem}main{max-inline-size:32rem;margin-inline:auto}.demo{padding:.5rem 1rem;border:1px dashed}fieldset{margin-block:1rem;border:1px solid}label{display:block;padding-block:.25rem}.choices{display:flex;flex-wrap:wrap;gap:.5rem}button{font:inherit;padding:.75rem 1rem}</style></head>
<body><main><p class="demo">Prestataire de paiement simulé : aucune carte n’est demandée, aucun argent ne bouge.</p><h1>${escaped(title)}</h1>${content}</main></body></html>`,
  };
}

function hidden(fields: Fields): string {
  return Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`).join('');
}

function euros({ vads_amount = '0' }: Fields): string {
  return new Intl.NumberFormat('fr-FR', { style: 'currency', currency: 'EUR' }).format(Number(vads_amount) / 100);
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}

function isOneOf<const T extends string>(all: readonly T[], value: string): value is T {
  return (all as readonly string[]).includes(value);
}
