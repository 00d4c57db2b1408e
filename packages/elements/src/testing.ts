/** What the tests of elements share: a sandbox portal, an element inside a provider, and ways to read what a customer gets. */
import { sandboxAdapter, type SandboxAdapter, type SandboxOptions } from '@oya/adapters/sandbox';
import type { PortalAdapter } from '@oya/contract';
import type { Configuration, OyaElement } from '@oya/core';
import type Axe from 'axe-core';
// A script of the old kind: it exports nothing and hangs itself on the window.
import 'axe-core';
import { expect } from 'chai';
import type { OyaProvider } from './provider/provider.ts';
import './provider/provider.define.ts';

/** Tuesday, 10 o'clock in France. */
export const NOW = '2026-11-24T09:00:00Z';

export interface Mounted<E extends OyaElement> {
  readonly element: E;
  readonly provider: OyaProvider;
  readonly adapter: SandboxAdapter;
}

export interface MountOptions extends SandboxOptions {
  readonly attributes?: Readonly<Record<string, string>>;
  readonly routes?: Configuration['routes'];
  readonly lang?: string;
  /** Stands between the element and the sandbox. */
  readonly between?: (sandbox: SandboxAdapter) => PortalAdapter;
}

/** Puts an element under a provider with a sandbox of its own, and waits until it shows something else than its placeholder. */
export async function mount<E extends OyaElement>(tag: string, { attributes = {}, routes, lang, between = (adapter) => adapter, ...sandbox }: MountOptions = {}): Promise<Mounted<E>> {
  const adapter = sandboxAdapter({ now: NOW, ...sandbox });
  const provider = document.createElement('oya-provider');
  provider.configuration = { adapter: between(adapter), routes, lang };
  const element = document.createElement(tag) as E;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  provider.append(element);
  document.body.append(provider);
  await until(() => element.state !== 'loading', `<${tag}> left its placeholder`);
  await element.updateComplete;
  return { element, provider, adapter };
}

export function unmountAll(): void {
  for (const provider of document.querySelectorAll('oya-provider')) provider.remove();
}

export async function until(condition: () => unknown, what = 'a condition'): Promise<void> {
  const deadline = Date.now() + 8000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited 8 s in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** What an element says, without the layout of its template. */
export function textOf(node: Element | null | undefined): string {
  return (node && rootOf(node).textContent?.replaceAll(/\s+/g, ' ').trim()) ?? '';
}

function rootOf(node: Element): Element | ShadowRoot {
  return node.shadowRoot ?? node;
}

/** Where the focus is, through shadow roots. */
export function focused(): Element | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
}

/** Without the nodes themselves in the message, which are endless to print. */
export function expectFocusOn(element: Element | null | undefined): void {
  const outer = (node: Element | null | undefined) => node?.outerHTML.slice(0, 200);
  if (!element) expect.fail('there is nothing to have the focus');
  if (focused() !== element) expect.fail(`the focus is on ${outer(focused())}, not on ${outer(element)}`);
}

/** The buttons, links and tabs of an element by their accessible name: `aria-label`, or what they say. */
export function control<T extends HTMLElement = HTMLButtonElement>(element: Element, name: string | RegExp): T {
  const found = [...rootOf(element).querySelectorAll<HTMLElement>('button, a, select')].find((candidate) => {
    const own = candidate.getAttribute('aria-label') ?? textOf(candidate);
    // As names are read: one space is as good as another.
    return typeof name === 'string' ? plain(own) === plain(name) : name.test(own) || name.test(plain(own));
  });
  if (!found) throw new Error(`no control is called ${String(name)} in: ${textOf(element)}`);
  return found as T;
}

function plain(name: string): string {
  return name.replaceAll(/\s/g, ' ');
}

declare const axe: typeof Axe;

/** Fails with each rule that axe finds broken. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, { rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } } });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join(' | ')}`)).to.deep.equal([]);
}
