/** What a message that the portal sends to a closed app becomes on the screen. Pure. */

export interface NoticeSettings {
  /** Of the app: the title where a message has none. */
  readonly name: string;
  /** The language of the app, for a message that names none. */
  readonly lang: string;
  /** Where a touch leads that says nothing else. */
  readonly page: string;
  readonly icon?: string | undefined;
  /** One colour on nothing, for the status bar of Android. */
  readonly badgeIcon?: string | undefined;
}

export interface Notice {
  readonly title: string;
  readonly options: NotificationOptions & { readonly data: { readonly url: string }; readonly renotify?: boolean };
  /** What the icon of the app counts from now on; `undefined`: as many as there are notices. */
  readonly badge: number | undefined;
}

const LONGEST_TITLE = 120;
const LONGEST_BODY = 400;
const LONGEST_TAG = 100;
const MOST_COUNTED = 999;

/** Said where a message cannot be read: a browser wants every message shown, and takes the permission away from who is silent. */
const GENERAL = {
  fr: 'Vous avez une information nouvelle. Touchez pour la lire.',
  en: 'There is something new for you. Touch to read it.',
};

/**
 * @param payload as it came: `{ title, body, url, tag, lang, urgent?, badge? }` in JSON, or anything at all
 * @param origin of the app: a message leads nowhere else
 */
export function noticeOf(payload: string | undefined, { name, lang, page, icon, badgeIcon }: NoticeSettings, origin: string): Notice {
  const message = readJson(payload);
  const title = textOf(message['title'], LONGEST_TITLE);
  const spoken = textOf(message['lang'], 35) ?? lang;
  const general = spoken.startsWith('en') ? GENERAL.en : GENERAL.fr;
  const tag = textOf(message['tag'], LONGEST_TAG);
  const urgent = message['urgent'] === true;
  const count = message['badge'];
  return {
    title: title ?? name,
    options: {
      body: textOf(message['body'], LONGEST_BODY) ?? (title === undefined ? general : ''),
      lang: spoken,
      ...(icon !== undefined && { icon }),
      ...(badgeIcon !== undefined && { badge: badgeIcon }),
      // A newer word on the same thing takes the place of the older one, and is heard again only where it is urgent.
      ...(tag !== undefined && { tag, renotify: urgent }),
      requireInteraction: urgent,
      data: { url: addressIn(message['url'], origin) ?? new URL(page, origin).href },
    },
    badge: typeof count === 'number' && Number.isInteger(count) && count >= 0 ? Math.min(count, MOST_COUNTED) : undefined,
  };
}

/** An address of the app's own origin. */
function addressIn(url: unknown, origin: string): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url, origin)) return undefined;
  const address = new URL(url, origin);
  return address.origin === new URL(origin).origin && /^https?:$/.test(address.protocol) ? address.href : undefined;
}

function readJson(payload: string | undefined): Record<string, unknown> {
  try {
    const read: unknown = JSON.parse(payload ?? '');
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** Trimmed, without what moves or hides text, and not longer than a screen shows. */
function textOf(value: unknown, longest: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ').trim();
  if (text === '') return undefined;
  const characters = [...text];
  return characters.length <= longest ? text : `${characters.slice(0, longest - 1).join('').trimEnd()}…`;
}
