/** axe finds nothing in any story: light, dark, forced colours, and 320 px wide, where nothing may be cut off either. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import axe from 'axe-core';
import { chromium, type Browser, type ConsoleMessage, type Page } from 'playwright-core';
import { launchOptions } from '../../packages/tools/src/browser.ts';
import { buildStorybook, STORYBOOK } from '../../packages/tools/src/storybook.ts';
import { serveFolder, type Site } from './support/site.ts';

/** Violations that are accepted for now: story id → ids of axe's rules, each with its reason. One that is gone must leave the list. */
const KNOWN: Readonly<Record<string, readonly string[]>> = {};

/** WCAG 2.2 AA, and what axe counts as good practice beyond it. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const WIDE = { width: 1280, height: 800 };
const NARROW = { width: 320, height: 640 };

interface Mode {
  readonly name: string;
  readonly viewport: typeof WIDE;
  readonly scheme: 'light' | 'dark';
  readonly forcedColors: 'active' | 'none';
}

const MODES: readonly Mode[] = [
  { name: 'light', viewport: WIDE, scheme: 'light', forcedColors: 'none' },
  { name: '320 px', viewport: NARROW, scheme: 'light', forcedColors: 'none' },
  { name: 'dark', viewport: WIDE, scheme: 'dark', forcedColors: 'none' },
  { name: 'forced colours', viewport: WIDE, scheme: 'dark', forcedColors: 'active' },
];

/** What colours decide: all that another scheme changes, where everything stands as it stood. */
const RULES_OF_COLOUR = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const;

/** Pages that work side by side. */
const PAGES = 2;
/** A story that takes longer to settle waits for something that does not come. */
const PATIENCE_MS = 15_000;

/** A page, and the element whose stories it shows; without one, it has to load first. */
interface Place {
  readonly page: Page;
  title: string | undefined;
}

interface IndexEntry {
  readonly id: string;
  readonly type: 'story' | 'docs';
  readonly title: string;
  readonly name: string;
}

await buildStorybook();
const { entries } = JSON.parse(readFileSync(path.join(STORYBOOK, 'index.json'), 'utf8')) as { entries: Readonly<Record<string, IndexEntry>> };
const stories = Object.values(entries).filter(({ type }) => type === 'story');

describe('every story can be used by everyone', { concurrency: PAGES }, () => {
  let browser: Browser;
  let site: Site;
  /** Those that no story is shown in now. Each keeps what it has loaded once. */
  const free: Place[] = [];

  before(async () => {
    site = await serveFolder(STORYBOOK);
    browser = await chromium.launch(launchOptions());
    for (let count = 0; count < PAGES; count++) {
      // Apart from each other: tabs of one browser session tell each other of sign-ins.
      const page = await browser.newPage();
      await page.addInitScript(axe.source);
      free.push({ page, title: undefined });
    }
  });

  after(async () => {
    await browser?.close();
    await site?.close();
  });

  it('there are stories', () => assert.ok(stories.length > 0));

  for (const { id, title, name } of stories) {
    it(`${title}: ${name}`, async () => {
      // One that shows this element already, if there is one: it need not load anew.
      const [place] = free.splice(Math.max(0, free.findIndex((one) => one.title === title)), 1);
      assert.ok(place);
      const { page } = place;
      const { complaints, stop } = listen(page);
      try {
        await showIn(page, MODES[0] as Mode);
        if (place.title === title) await changeStory(page, id);
        else await page.goto(`${site.origin}/iframe.html?id=${id}&viewMode=story&globals=a11y.manual:!true`, { waitUntil: 'commit' });
        await settle(page, id);
        place.title = title;
        const found = new Set<string>();
        const judged = new Set<string>();
        for (const mode of MODES) {
          await showIn(page, mode);
          await showScheme(page, mode.scheme);
          const shown = await whatIsShown(page);
          const rules = judged.has(shown) ? RULES_OF_COLOUR : RULES;
          judged.add(shown);
          for (const violation of await violations(page, rules)) {
            found.add(violation.id);
            if (!KNOWN[id]?.includes(violation.id)) complaints.push(`${mode.name}: ${describeViolation(violation)}`);
          }
          if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) complaints.push(`${mode.name}: wider than the window`);
        }
        for (const rule of KNOWN[id] ?? []) if (!found.has(rule)) complaints.push(`${rule} is gone: take it off the list of known violations`);
      } finally {
        stop();
        // After a complaint the next story begins with a new page: what went wrong is told of one story only.
        if (complaints.length > 0) place.title = undefined;
        free.push(place);
      }
      assert.deepEqual(complaints, []);
    });
  }
});

/** Collects what the console complains of. */
function listen(page: Page): { complaints: string[]; stop(): void } {
  const complaints: string[] = [];
  const onError = (error: Error) => complaints.push(`uncaught: ${error.message}`);
  const onMessage = (message: ConsoleMessage) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`console ${message.type()}: ${message.text()}`);
  };
  page.on('pageerror', onError);
  page.on('console', onMessage);
  return { complaints, stop: () => void page.off('pageerror', onError).off('console', onMessage) };
}

interface StorybookGlobals {
  __STORYBOOK_ADDONS_CHANNEL__?: {
    last(event: 'storyFinished'): [{ storyId: string; status: string }] | undefined;
    emit(event: 'setCurrentStory', selection: { storyId: string; viewMode: 'story' }): void;
  };
}

/** Has the page show another story as Storybook's own list does: the old one is taken down, and nothing is loaded anew. */
async function changeStory(page: Page, storyId: string): Promise<void> {
  await page.evaluate((id) => {
    scrollTo(0, 0);
    (globalThis as StorybookGlobals).__STORYBOOK_ADDONS_CHANNEL__?.emit('setCurrentStory', { storyId: id, viewMode: 'story' });
  }, storyId);
}

/** Waits until the story has been rendered and played, and its element is in the state that the story is about. */
async function settle(page: Page, id: string): Promise<void> {
  const finished = await page.waitForFunction(
    (storyId) => {
      const told = (globalThis as StorybookGlobals).__STORYBOOK_ADDONS_CHANNEL__?.last('storyFinished')?.[0];
      return told?.storyId === storyId && told.status;
    },
    id,
    { timeout: PATIENCE_MS },
  );
  assert.equal(await finished.jsonValue(), 'success', 'the story could not be rendered or played');
  const state = await page.locator('.oya-story').getAttribute('data-state');
  if (state) await page.locator(`.oya-story > :state(${state})`).waitFor({ state: 'attached', timeout: PATIENCE_MS });
}

async function showIn(page: Page, { viewport, scheme, forcedColors }: Mode): Promise<void> {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: scheme, forcedColors, reducedMotion: 'reduce' });
}

/** Sets the attribute that the toolbar sets, without another start of the story, and waits until it is drawn. */
async function showScheme(page: Page, scheme: Mode['scheme']): Promise<void> {
  await page.locator('.oya-story').evaluate(async (story, chosen) => {
    story.setAttribute('data-oya-scheme', chosen);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, scheme);
}

/** Every element with its attributes, its words and its box, down through shadow roots: all that axe judges, but for colours. */
function whatIsShown(page: Page): Promise<string> {
  return page.locator('.oya-story').evaluate((story) => {
    const parts: string[] = [];
    const describe = (node: Node) => {
      if (node instanceof Text) parts.push(node.data);
      if (node instanceof Element) {
        const { x, y, width, height } = node.getBoundingClientRect();
        const attributes = [...node.attributes].filter(({ name }) => name !== 'data-oya-scheme').map(({ name, value }) => `${name}=${value}`);
        const { value, checked } = node as Partial<HTMLInputElement>;
        const visible = node.checkVisibility({ opacityProperty: true, visibilityProperty: true });
        parts.push(node.localName, ...attributes, JSON.stringify([value, checked, visible, x, y, width, height]));
        if (node.shadowRoot) describe(node.shadowRoot);
      }
      node.childNodes.forEach(describe);
    };
    describe(story);
    return parts.join('\n');
  });
}

/** The element only: landmarks and the first heading are the host page's. */
function violations(page: Page, rules: typeof RULES | typeof RULES_OF_COLOUR): Promise<axe.Result[]> {
  return page.evaluate(
    async (runOnly) => (await axe.run('.oya-story', { runOnly: runOnly as string[], resultTypes: ['violations'], elementRef: false })).violations,
    rules,
  );
}

function describeViolation({ id, help, nodes }: axe.Result): string {
  const places = nodes.map(({ target, failureSummary }) => `  ${target.flat().join(' ')}\n    ${(failureSummary ?? '').replaceAll('\n', '\n    ')}`);
  return `${id} (${help})\n${places.join('\n')}`;
}
