import type { Configuration } from '@oya/core';

const SELECTOR = 'script[data-oya-config]';

/** A configuration as a page can write it: adapters only by name. */
export type PageConfiguration = Configuration & { adapter: string };

const FLAGS = ['session', 'digitReader'] as const;
const TEXTS = ['adapter', 'baseUrl', 'utility', 'lang', 'theme', 'timeZone', 'app'] as const;

/**
 * Reads the page's `<script type="application/json" data-oya-config>`; `undefined` when there is none.
 * @throws Error that says what is wrong with it
 */
export function readPageConfiguration(): PageConfiguration | undefined {
  const scripts = document.querySelectorAll<HTMLScriptElement>(SELECTOR);
  const script = scripts[0];
  if (!script) return undefined;
  if (scripts.length > 1) console.warn(`oya: this page has ${scripts.length} configurations (${SELECTOR}); the first is used.`);
  if (script.type !== 'application/json') throw new Error('oya: the page configuration needs type="application/json", or the browser runs it as a script.');

  let read: unknown;
  try {
    read = JSON.parse(script.text);
  } catch (cause) {
    throw new Error(`oya: the page configuration is not JSON: ${(cause as Error).message}`, { cause });
  }
  const wrong = faultOf(read);
  if (wrong) throw new Error(`oya: the page configuration is not usable: ${wrong}.`);
  return read as PageConfiguration;
}

function faultOf(read: unknown): string | undefined {
  if (!isObject(read)) return 'it must be an object, as in {"adapter": "rest", "baseUrl": "https://api.example/v1"}';
  if (read['adapter'] === undefined) return '"adapter" is missing; it is the name of an adapter, such as "rest"';
  for (const name of TEXTS) {
    if (read[name] !== undefined && typeof read[name] !== 'string') return `"${name}" must be a text, not ${JSON.stringify(read[name])}`;
  }
  for (const name of FLAGS) {
    if (read[name] !== undefined && typeof read[name] !== 'boolean') return `"${name}" must be true or false, not ${JSON.stringify(read[name])}`;
  }
  const { routes } = read;
  if (routes === undefined) return undefined;
  if (!isObject(routes)) return '"routes" must be an object from a view to its address, as in {"login": "/connexion"}';
  const bad = Object.keys(routes).find((view) => typeof routes[view] !== 'string');
  return bad === undefined ? undefined : `the route "${bad}" must be an address, not ${JSON.stringify(routes[bad])}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
