/** A customer without a mouse. Each step makes sure of what they depend on: where the focus is, that it shows, and that it follows the reading. */
import assert from 'node:assert/strict';
import type { BrowserContext, Page } from 'playwright-core';

/** What has the focus, however deep it stands. */
interface Focus {
  /** What a screen reader would call it, about. */
  readonly name: string;
  readonly tag: string;
  /** It is operated, rather than read: the ring must show. */
  readonly operable: boolean;
  readonly ring: boolean;
  readonly inView: boolean;
  /** Index of each node on the way down from the document, shadow roots included: earlier in the page sorts first. */
  readonly path: readonly number[];
  /** The element of the kit that it stands in. */
  readonly element: string;
  /** It lies over the page, as the way past the navigation does. */
  readonly over: boolean;
  /** In the page, wherever it is scrolled to. */
  readonly box: { readonly top: number; readonly left: number; readonly bottom: number };
}

/** More than any page here has. */
const MANY = 80;
const PATIENCE_MS = 15_000;

export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** From then on every page notes where the focus was each time it falls out of the page. Before the first page is opened. */
  static async watch(context: BrowserContext): Promise<void> {
    await context.addInitScript(() => {
      const lost: string[] = [];
      Object.assign(window, { lostFocus: lost });
      let last: Element | undefined;
      const look = () => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        const none = active === null || active === document.body || active === document.documentElement;
        if (none && last) lost.push(`${last.localName}.${last.className}: ${last.textContent?.replaceAll(/\s+/g, ' ').trim().slice(0, 60)}`);
        last = none ? undefined : (active ?? undefined);
        requestAnimationFrame(look);
      };
      look();
    });
  }

  /** Presses a key; nobody but the page moves the focus. */
  async press(key: string): Promise<void> {
    await this.#page.keyboard.press(key);
  }

  /** Puts words in place of what stands in the field. */
  async type(words: string): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+A');
    await this.#page.keyboard.type(words);
  }

  /** Goes ahead to what is called like that: each stop shows, and comes after the one before. */
  async tabTo(name: RegExp, steps = MANY): Promise<void> {
    await this.#go('Tab', name, steps);
  }

  async backTo(name: RegExp, steps = MANY): Promise<void> {
    await this.#go('Shift+Tab', name, steps);
  }

  /** Waits until something has the focus by itself, as a heading or a summary does. */
  async arriveAt(name: RegExp): Promise<void> {
    await this.#until((focus) => name.test(focus?.name ?? ''), (focus) => `the focus never came to ${name}; it is on “${focus?.name}”`);
    await this.#until((focus) => focus?.inView === true, (focus) => `“${focus?.name}” has the focus out of sight`);
    await this.stays();
  }

  /** The focus has not fallen out of the page since it was opened. */
  async stays(): Promise<void> {
    assert.deepEqual(await this.#page.evaluate(() => (window as unknown as { lostFocus: string[] }).lostFocus), []);
  }

  async focus(): Promise<Focus | undefined> {
    return this.#page.evaluate(() => {
      let element = document.activeElement as HTMLElement | null;
      while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement as HTMLElement;
      if (!element || element === document.body || element === document.documentElement) return undefined;

      const path: number[] = [];
      let host = '';
      for (let node: Node | null = element; node && node !== document; ) {
        if (node instanceof Element && !host && node.localName.startsWith('oya-')) host = node.localName;
        const parent: Node | null = node.parentNode;
        if (node instanceof ShadowRoot) {
          // Before the children in the light DOM, which are slotted or not shown.
          path.unshift(-1);
          node = node.host;
        } else {
          path.unshift(parent ? [...parent.childNodes].indexOf(node as ChildNode) : 0);
          node = parent;
        }
      }
      const name = element.getAttribute('aria-label') ?? (element as HTMLInputElement).labels?.[0]?.textContent ?? element.textContent ?? '';
      // A card that is chosen wears the ring around what it says, not around the small circle in it.
      const wearers = [element, ...((element as HTMLInputElement).labels ?? [])];
      const isRinged = (each: Element) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
        return (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2) || boxShadow !== 'none';
      };
      // The button in a date field has the focus by itself, with a ring that the browser draws around it.
      const isButtonWithin = element.localName === 'input' && !element.matches(':focus');
      const { top, left, bottom, width, height } = element.getBoundingClientRect();
      return {
        name: name.replaceAll(/\s+/g, ' ').trim(),
        tag: element.localName,
        operable: element.tabIndex >= 0,
        ring: isButtonWithin || (element.matches(':focus-visible') && wearers.some(isRinged)),
        inView: width > 0 && height > 0 && bottom > 0 && top < innerHeight,
        path,
        element: host,
        over: ['absolute', 'fixed'].includes(getComputedStyle(element).position),
        box: { top: top + scrollY, left, bottom: bottom + scrollY },
      };
    });
  }

  async #until(holds: (focus: Focus | undefined) => boolean, otherwise: (focus: Focus | undefined) => string): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let focus = await this.focus(); !holds(focus); focus = await this.focus()) {
      assert.ok(Date.now() < deadline, otherwise(focus));
      await this.#page.waitForTimeout(50);
    }
  }

  async #go(key: 'Tab' | 'Shift+Tab', name: RegExp, steps: number): Promise<void> {
    const passed: string[] = [];
    let before = await this.focus();
    for (let step = 0; step < steps; step++) {
      await this.press(key);
      const focus = await this.focus();
      assert.ok(focus, `${key} leads out of the page, after ${passed.join(' → ')}, before ${name}`);
      passed.push(focus.name);
      await this.#until((now) => now?.inView === true, () => `“${focus.name}” has the focus out of sight`);
      assert.ok(focus.ring || !focus.operable, `it does not show that “${focus.name}” has the focus`);
      if (before) assertReadingOrder(...(key === 'Tab' ? ([before, focus] as const) : ([focus, before] as const)));
      await this.stays();
      if (name.test(focus.name)) return;
      before = focus;
    }
    assert.fail(`${key} never reached ${name}: ${passed.join(' → ')}`);
  }
}

/** Later in the page; and, within one element of the kit, further down or further on in the line. */
function assertReadingOrder(first: Focus, second: Focus): void {
  // A date is typed in parts: each is a stop within the one field.
  if (first.tag === 'input' && String(first.path) === String(second.path)) return;
  const words = `“${first.name}”, then “${second.name}”`;
  assert.ok(isBefore(first.path, second.path), `${words}: against the order of the page`);
  if (first.element !== second.element || first.element === '' || first.over || second.over) return;
  const below = second.box.top >= first.box.bottom - 8;
  const beside = second.box.left > first.box.left && second.box.bottom > first.box.top;
  assert.ok(below || beside, `${words}: against the order on the screen`);
}

function isBefore(one: readonly number[], other: readonly number[]): boolean {
  const index = one.findIndex((each, at) => each !== other[at]);
  // What holds the other comes first.
  return index === -1 ? one.length <= other.length : (one[index] ?? 0) < (other[index] ?? -1);
}
