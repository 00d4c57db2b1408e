/**
 * The service worker of an app: pages and kit from the device where there is no network, the portal's last answers with their
 * age, and what the portal has to tell while the app is closed. A site's own file sets `OYA_APP` and brings this one
 * (`npm run app` writes it): a worker must come from the site that it works for.
 */
import { ExpirationPlugin } from 'workbox-expiration';
import { addRoute, matchPrecache, precache } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst } from 'workbox-strategies';
import { setCacheNameDetails } from 'workbox-core';
import type { WorkboxPlugin } from 'workbox-core/types.js';
import type { Session } from '@oya/contract';
import { forAll, forCustomer, session, sessionWrites } from 'oya:kept-addresses';
import { Answers, pathPattern } from './answers.ts';
import { Keeper } from './keeper.ts';
import { noticeOf } from './notice.ts';
import type { WorkerSettings } from './settings.ts';
import type { WorkerScope } from './worker-scope.ts';

const scope = self as unknown as WorkerScope;
const settings = (self as unknown as { OYA_APP: WorkerSettings }).OYA_APP;

const { origin } = scope.location;
const home = scope.registration.scope;
const page = new URL(settings.page, home);
const api = new URL(settings.api, home).href.replace(/\/+$/, '');
const kit = new URL(settings.kit, home).href;

/** How long a page may take before the one on the device is shown. */
const PAGE_PATIENCE_MS = 3000;
const SESSION_PATIENCE_MS = 4000;
/** Of files that a page asked for beside those that came with the worker. A version of the kit never changes. */
const MOST_KIT_FILES = 200;
const KIT_DAYS = 60;

const now = () => Date.now();
const keeper: Keeper = new Keeper({ scope: home, caches: scope.caches, now, forgotten: (cache) => answers.forget(cache) });
const answers = new Answers(keeper, now, scope.caches);
const kitCache = `${keeper.prefix}kit ${kit}`;

setCacheNameDetails({ prefix: keeper.prefix.trim(), precache: 'shell', suffix: '' });
precache(settings.precache.map((entry) => ({ ...entry, url: new URL(entry.url, home).href })));

// Pages. The app's own is shown as it was; whoever asks for another one of its folder is led to it.
registerRoute(
  ({ request }) => request.mode === 'navigate',
  async ({ request, url }) => {
    const isHome = withoutSlash(url.pathname) === withoutSlash(page.pathname);
    try {
      const response = await within(isHome ? PAGE_PATIENCE_MS : Infinity, fetch(request));
      if (response.status < 500 || !isHome) return response;
    } catch (offline) {
      if (!isHome) return (await matchPrecache(page.href)) ? Response.redirect(page.href) : Promise.reject(offline as Error);
    }
    return (await matchPrecache(page.href)) ?? fetch(request);
  },
);

// Whose data it is. The answer is read before it goes on to the page: what the page asks for next is already theirs.
registerRoute(operationAt(session), async ({ request, event }) => {
  const coming = learning(fetch(request));
  event.waitUntil(coming.catch(() => {}));
  try {
    return await within(SESSION_PATIENCE_MS, coming);
  } catch {
    const presence = await keeper.presence();
    return presence ? keeper.answerFor(presence) : coming;
  }
});

for (const { method, path } of sessionWrites) {
  const write = async ({ request }: { request: Request }) => {
    // Whoever wants to leave leaves nothing here, whether or not the portal can be told.
    if (method === 'DELETE') await keeper.forget();
    return learning(fetch(request));
  };
  registerRoute(operationAt(path), write, method);
}

registerRoute(operationAt(...forAll), ({ request, event }) => answers.forAll(request, event));
registerRoute(operationAt(...forCustomer), ({ request, event }) => answers.forCustomer(request, event));

// The kit and what lies beside the page: what came with the worker, then what was asked for since.
addRoute({ cleanURLs: false, ignoreURLParametersMatching: [] });
registerRoute(
  ({ url }) => url.href.startsWith(kit),
  new CacheFirst({
    cacheName: kitCache,
    plugins: [new ExpirationPlugin({ maxEntries: MOST_KIT_FILES, maxAgeSeconds: KIT_DAYS * 86_400, purgeOnQuotaError: true }) as WorkboxPlugin],
  }),
);

scope.addEventListener('activate', (event) => event.waitUntil(begin()));

// A new version waits until the last page of the old one is gone, or the customer wants it now.
scope.addEventListener('message', ({ data }) => {
  if ((data as { oya?: unknown } | null)?.oya === 'take-over') void scope.skipWaiting();
});

scope.addEventListener('push', (event) => event.waitUntil(tell(event.data?.text())));

scope.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data as { url?: string } | null)?.url ?? page.href));
});

// The portal learns the new address in the alert settings, where this device then stands as one to be added; the old one it drops by its next try.
scope.addEventListener('pushsubscriptionchange', (event) => {
  const key = event.oldSubscription?.options.applicationServerKey;
  if (key) event.waitUntil(scope.registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
});

/** What other versions left behind goes, and the page that brought the first worker is served from here on. */
async function begin(): Promise<void> {
  const known = [kitCache, keeper.cacheForAll];
  for (const name of await scope.caches.keys()) {
    if (name.startsWith(`${keeper.prefix}kit `) && !known.includes(name)) await scope.caches.delete(name);
  }
  await keeper.presence();
  await scope.clients.claim();
}

/** An answer that says who is here is heard before the page has it. */
async function learning(coming: Promise<Response>): Promise<Response> {
  const response = await coming;
  if (!response.ok) return response;
  const said = (await response.clone().json().catch(() => undefined)) as Session | undefined;
  if (said?.state === 'signed-in' || said?.state === 'signed-out') await keeper.learn(said);
  return response;
}

async function tell(payload: string | undefined): Promise<void> {
  const { title, options, badge } = noticeOf(payload, { ...settings, page: page.href }, origin);
  await scope.registration.showNotification(title, options);
  // Where the portal does not count, what waits on the screen is counted.
  const count = badge ?? (await scope.registration.getNotifications()).length;
  await (count === 0 ? scope.navigator.clearAppBadge?.() : scope.navigator.setAppBadge?.(count))?.catch(() => {});
}

async function open(url: string): Promise<void> {
  const windows = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const ours = windows.find((client) => client.url === url) ?? windows.find((client) => client.url.startsWith(home));
  if (!ours) return void (await scope.clients.openWindow(url));
  const focused = await ours.focus();
  if (focused.url !== url) await focused.navigate(url).catch(() => scope.clients.openWindow(url));
}

/** Whether a request asks for one of these operations. */
function operationAt(...paths: readonly string[]): (options: { url: URL }) => boolean {
  const patterns = paths.map(pathPattern);
  return ({ url }) => {
    const address = `${url.origin}${url.pathname}`;
    return address.startsWith(`${api}/`) && patterns.some((pattern) => pattern.test(address.slice(api.length)));
  };
}

function withoutSlash(path: string): string {
  return path.replace(/\/$/, '');
}

function within<T>(milliseconds: number, task: Promise<T>): Promise<T> {
  if (milliseconds === Infinity) return task;
  return Promise.race([task, new Promise<never>((_, reject) => setTimeout(() => reject(new TypeError('No answer in time.')), milliseconds))]);
}
