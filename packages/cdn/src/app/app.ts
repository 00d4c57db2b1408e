/** What a page of an app has beside its elements. It comes with the page's configuration: `"app": "/oya-sw.js"`. */
import type { PortalClient } from '@oya/core';
import { appUpdate } from '@oya/core/app-update';
import { followInstallOffer } from '@oya/core/install-offer';
import { keptData } from '@oya/core/kept-data';
import { expectWorker } from '@oya/core/registration';
import { endSessionUntold } from '@oya/core/session-end';

export { noteAnswer } from '@oya/core/kept-data';

/** How often a page that stays open for days asks whether there is a newer version. */
const LOOK_FOR_UPDATE_MS = 6 * 3_600_000;

interface Policy {
  createScriptURL(url: string): string;
}

/**
 * The page belongs to an app, whose worker is to be waited for.
 * @param address of the site's own worker file; it works for the folder that it lies in
 * @returns what begins it, once the page has its client
 */
export function expectApp(address: string): (client: PortalClient) => void {
  expectWorker();
  return (client) => void startApp(client, address);
}

/** Brings the service worker, and the notice that tells how old what it keeps is. */
async function startApp(client: PortalClient, address: string): Promise<void> {
  keptData(client);
  endSessionUntold(client);
  // Browsers make their offer once, perhaps before anybody asks for it.
  followInstallOffer();
  // An app has it where it wants it.
  if (!document.querySelector('oya-app-status, oya-app')) document.body.prepend(document.createElement('oya-app-status'));
  if (!('serviceWorker' in navigator)) return;
  const workers = navigator.serviceWorker;
  const isFirst = !workers.controller;
  workers.addEventListener('controllerchange', () => {
    if (isTakingOver) location.reload();
    // What the page has asked for before there was a worker has not been kept.
    else if (isFirst) void askAnew(client);
  });
  try {
    // What it fetches for later must not keep the page waiting now.
    if (document.readyState !== 'complete') await new Promise((resolve) => window.addEventListener('load', resolve, { once: true }));
    const registration = await workers.register(scriptAddress(address), { updateViaCache: 'none' });
    watch(registration);
    setInterval(() => void registration.update().catch(() => {}), LOOK_FOR_UPDATE_MS);
  } catch (cause) {
    console.error(`oya: the app's worker ${address} could not be brought; the page works without it.`, cause);
  }
}

let isTakingOver = false;

function watch(registration: ServiceWorkerRegistration): void {
  const offer = () => {
    const { waiting } = registration;
    // The first worker replaces none.
    if (!waiting || !registration.active) return;
    appUpdate.set(() => {
      isTakingOver = true;
      waiting.postMessage({ oya: 'take-over' });
    });
  };
  offer();
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', offer));
}

/** First who is here: what belongs to nobody is not kept. */
async function askAnew(client: PortalClient): Promise<void> {
  await client.queries.refetchQueries({ queryKey: ['whoAmI'], type: 'active' });
  await client.queries.refetchQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'whoAmI', type: 'active' });
}

/** The address comes from the page's own configuration, never from its address; a policy by name, so that a page can allow it. */
function scriptAddress(address: string): string {
  const { trustedTypes } = globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } };
  return trustedTypes ? trustedTypes.createPolicy('oya-app', { createScriptURL: (url) => url }).createScriptURL(address) : address;
}
