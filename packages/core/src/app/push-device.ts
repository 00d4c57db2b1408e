/**
 * Whether this device can be told of something while the page is closed, and what a portal needs to tell it. It stands beside
 * the core, as most pages never ask: `import('@oya/core/push-device')`.
 *
 * What a device has to be told travels to the service worker of the installed app (`@oya/cdn`, `app/`), which shows it.
 */
import { appRegistration, type WorkerHost } from './registration.ts';

/**
 * - `unsupported`: this browser cannot, or the page belongs to no app
 * - `needs-install`: an iPhone or iPad can once the app is on its home screen, and not before
 * - `denied`: the customer refused, and only the browser's settings take that back
 */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on' | 'needs-install';

/** Where a portal sends to, and the keys that only this device can read it with (RFC 8291), in base64url. */
export interface PushDevice {
  endpoint: string;
  keys: { p256dh: string; auth: string };
}

/** What of the browser it asks; a test puts another one in its place. */
export interface PushPlatform {
  /** The browser's word on notifications; absent where it has none. */
  readonly notifications?: Pick<typeof Notification, 'permission' | 'requestPermission'> | undefined;
  readonly hasPush: boolean;
  /** An iPhone or iPad, whose browsers only tell apps on the home screen. */
  readonly isApple: boolean;
  /** The page runs as an app, without the browser around it. */
  readonly isInstalled: boolean;
  readonly workers?: WorkerHost | undefined;
}

export async function pushState(platform: PushPlatform = thisBrowser()): Promise<PushState> {
  const { notifications, hasPush, isApple, isInstalled } = platform;
  if (isApple && !isInstalled) return 'needs-install';
  if (!notifications || !hasPush) return 'unsupported';
  const registration = await appRegistration(platform.workers);
  if (!registration) return 'unsupported';
  if (notifications.permission === 'denied') return 'denied';
  // A permission that was taken back leaves the subscription, to which nothing comes any more.
  return notifications.permission === 'granted' && (await registration.pushManager.getSubscription()) ? 'on' : 'off';
}

/**
 * Asks the customer, and has this device told from now on. Call it from a click: browsers let nobody ask otherwise.
 * @param vapidPublicKey of the portal (RFC 8292), in base64url
 * @throws DOMException `NotAllowedError` when the customer refuses, `NotSupportedError` where it cannot be
 */
export async function subscribeToPush(vapidPublicKey: string, platform: PushPlatform = thisBrowser()): Promise<PushDevice> {
  // First, while the click still counts.
  const permission = await platform.notifications?.requestPermission();
  if (permission === undefined) throw new DOMException('This browser has no notifications.', 'NotSupportedError');
  if (permission !== 'granted') throw new DOMException('The customer does not want to be told.', 'NotAllowedError');
  const registration = await appRegistration(platform.workers);
  if (!registration) throw new DOMException('This page has no service worker.', 'NotSupportedError');
  const { pushManager } = registration;
  const applicationServerKey = bytesOf(vapidPublicKey);
  const former = await pushManager.getSubscription();
  // Of a portal that has changed its key: browsers give no second one beside it.
  if (former && !sameBytes(former.options.applicationServerKey, applicationServerKey)) await former.unsubscribe();
  return describe(await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey }));
}

/** This device is told nothing any more. The portal learns it by the operation that takes the device away, or by its next try. */
export async function unsubscribeFromPush(platform: PushPlatform = thisBrowser()): Promise<void> {
  const registration = await appRegistration(platform.workers);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

/** What a portal should have of this device now. Browsers give a new address now and then: one that differs is to be sent anew. */
export async function pushDevice(platform: PushPlatform = thisBrowser()): Promise<PushDevice | undefined> {
  if ((await pushState(platform)) !== 'on') return undefined;
  const registration = await appRegistration(platform.workers);
  const subscription = await registration?.pushManager.getSubscription();
  return subscription ? describe(subscription) : undefined;
}

/** What was counted on the app's icon has been seen. */
export async function clearBadge(): Promise<void> {
  await (navigator as { clearAppBadge?(): Promise<void> }).clearAppBadge?.().catch(() => {});
}

function thisBrowser(): PushPlatform {
  return {
    notifications: 'Notification' in window ? Notification : undefined,
    hasPush: 'PushManager' in window,
    isApple: isApplePhone(navigator),
    isInstalled: isInstalled(),
    workers: 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
  };
}

/** An iPad says that it is a Mac, and is told by its fingers. */
export function isApplePhone({ userAgent, maxTouchPoints }: Pick<Navigator, 'userAgent' | 'maxTouchPoints'>): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (userAgent.includes('Macintosh') && maxTouchPoints > 1);
}

/** The page runs as an app. Safari has a word of its own for it, older than the standard. */
export function isInstalled(): boolean {
  return (navigator as { standalone?: boolean }).standalone === true || ['standalone', 'minimal-ui', 'fullscreen'].some((mode) => matchMedia(`(display-mode: ${mode})`).matches);
}

function describe(subscription: PushSubscription): PushDevice {
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  if (!endpoint || !p256dh || !auth) throw new DOMException('The browser gave a subscription without its keys.', 'NotSupportedError');
  return { endpoint, keys: { p256dh, auth } };
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function sameBytes(left: ArrayBuffer | null, right: Uint8Array): boolean {
  if (left?.byteLength !== right.length) return false;
  return new Uint8Array(left).every((byte, index) => byte === right[index]);
}
