import type { AdapterFactory } from '@oya/core';
import { importChunk, preloadChunk } from './chunks.ts';
import { showFailure } from './failure.ts';
import type { OyaPage } from './page.ts';
import { readPageConfiguration, type PageConfiguration } from './page-configuration.ts';
import { furnish, isPlace } from './place.ts';
import { watchRoot } from './watch.ts';

type Runtime = typeof import('./runtime.ts');

export interface Catalogue {
  elements: Readonly<Record<string, string>>;
  adapters: Readonly<Record<string, string>>;
  faces: Readonly<Record<string, string>>;
  runtime: string;
}

type Face = { showFace(element: Element, settings: PageConfiguration | undefined, bring: () => Promise<void>): Promise<void> };

/** Watches the page, fetches each element's chunk when its tag first appears, and applies the page's configuration. */
export function startLoader({ elements, adapters, faces, runtime: runtimeChunk }: Catalogue, version: string): void {
  const arrivals = new Map<string, Promise<unknown>>();
  const failed = new Map<string, Map<Element, () => void>>();
  const warned = new Set<string>();
  let configured = false;
  let configuration: Promise<unknown> | undefined;
  let runtimeArrival: Promise<Runtime> | undefined;
  let isHeld = false;

  /** The first use fetches it; a failure is forgotten, so that the next use tries again. */
  function runtime(): Promise<Runtime> {
    runtimeArrival ??= importChunk<Runtime>(runtimeChunk).then(
      (arrived) => {
        arrived.announceElements(Object.keys(elements));
        for (const name of Object.keys(adapters)) {
          const adapter = () => importChunk<{ createAdapter: AdapterFactory }>(adapters[name] as string);
          arrived.registerAdapter(name, async (options) => (await adapter()).createAdapter(options));
        }
        return arrived;
      },
      (cause: unknown) => {
        runtimeArrival = undefined;
        throw cause;
      },
    );
    return runtimeArrival;
  }

  /** Rejects when the element's chunk cannot be had; that element alone then says so. */
  async function bring(tag: string, asker: Element): Promise<void> {
    if (customElements.get(tag)) return;
    if (!Object.hasOwn(elements, tag)) return warnUnknown(tag);
    try {
      await (arrivals.get(tag) ?? fetchElement(tag));
    } catch (cause) {
      const takeBack = showFailure(asker, () => void serve(asker));
      failed.set(tag, (failed.get(tag) ?? new Map()).set(asker, takeBack));
      throw cause;
    }
  }

  function fetchElement(tag: string): Promise<unknown> {
    if (isHeld) {
      isHeld = false;
      configuration = applyPageConfiguration();
    }
    const path = elements[tag] as string;
    preloadChunk(path);
    // The adapters have to be known before a provider asks for one.
    const arrival = runtime().then(() => importChunk(path));
    arrivals.set(tag, arrival);
    // Forgotten when it fails: whoever asks later, or asks again, gets a try of their own.
    arrival.catch((cause: unknown) => {
      arrivals.delete(tag);
      console.error(`oya: <${tag}> could not be loaded; the rest of the page is not concerned.`, cause);
    });
    // Those who were told of an earlier failure have a part in this try. Their notices go before the element
    // comes: one that renders into itself must find itself as the page wrote it.
    const told = failed.get(tag) ?? [];
    failed.delete(tag);
    for (const [asker, takeBack] of told) {
      takeBack();
      void serve(asker);
    }
    return arrival;
  }

  function warnUnknown(tag: string): never {
    if (!warned.has(tag)) {
      warned.add(tag);
      console.warn(`oya: there is no element <${tag}>. Known: ${Object.keys(elements).join(', ')}.`);
    }
    throw new Error(`no element ${tag}`);
  }

  async function serve(element: Element): Promise<void> {
    try {
      // In a place the element is made before it is known, and found then.
      if (isPlace(element)) return await furnish(element, async (tag, asker) => (showsFace(tag) ? hold() : bring(tag, asker)));
      await (showsFace(element.localName) ? face(element) : bring(element.localName, element));
    } catch {
      // Said already, on the console and in the element's place.
    }
  }

  /** A page for everybody, with nothing of the kit but what has a face: it need not load the rest before it shows something. */
  function showsFace(tag: string): boolean {
    const hasFace = (each: string) => Object.hasOwn(faces, each);
    if (!hasFace(tag) || runtimeArrival || configured) return false;
    const found = readPageConfiguration();
    // An app's page has its worker registered by the kit, and a face has no view but its own.
    return (
      found?.adapter === 'rest' && !found['app'] && !document.querySelector(`${tag}[view],[data-oya-view]`) &&
      [...document.querySelectorAll<HTMLElement>('*')].every(({ localName, dataset: { oya } }) => (oya ? hasFace(`oya-${oya}`) : !localName.startsWith('oya-') || hasFace(localName)))
    );
  }

  /** The page's configuration waits for who wants more than a face. */
  function hold(): void {
    isHeld = true;
  }

  async function face(element: Element): Promise<void> {
    hold();
    const whole = () => bring(element.localName, element);
    await importChunk<Face>(faces[element.localName] as string).then(({ showFace }) => showFace(element, readPageConfiguration(), whole)).catch(whole);
  }

  async function applyPageConfiguration(): Promise<void> {
    let found: PageConfiguration | undefined;
    try {
      if (isHeld) return;
      found = readPageConfiguration();
      if (!found) return warnWithoutConfiguration();
      if (Object.hasOwn(adapters, found.adapter)) preloadChunk(adapters[found.adapter] as string);
      const { configure } = await runtime();
      if (configured) return;
      configured = true;
      await configure(found);
    } catch (cause) {
      console.error(cause instanceof Error && cause.message.startsWith('oya:') ? cause.message : 'oya: the page configuration could not be applied.', cause);
    }
  }

  /** Elements without a configuration wait for one; a web team that forgot it should not have to guess. */
  function warnWithoutConfiguration(): void {
    const check = () => {
      if (configured || arrivals.size === 0 || document.querySelector('oya-provider')) return;
      console.warn(
        'oya: the elements on this page wait for a configuration. Add <script type="application/json" data-oya-config>, or call oya.configure().',
      );
    };
    if (document.readyState === 'complete') setTimeout(check);
    else window.addEventListener('load', () => setTimeout(check), { once: true });
  }

  const page: OyaPage = {
    version,
    async configure(wanted) {
      configured = true;
      return (await runtime()).configure(wanted);
    },
    async defineAdapter(handlers) {
      return (await runtime()).defineAdapter(handlers);
    },
    async registerAdapter(name, factory) {
      (await runtime()).registerAdapter(name, factory);
    },
    watch: (root) => watchRoot(root, (element) => void serve(element)),
    async whenReady() {
      await Promise.allSettled([configuration, ...arrivals.values()]);
    },
  };

  Object.defineProperty(window, 'oya', { value: page, configurable: true });
  document.dispatchEvent(new Event('oya-loaded', { bubbles: true }));
  watchRoot(document, (element) => void serve(element));
  // With `async` on the loader's tag the configuration may not have been parsed yet.
  if (document.readyState === 'loading') {
    configuration = new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(applyPageConfiguration()), { once: true }));
  } else {
    configuration = applyPageConfiguration();
  }
}
