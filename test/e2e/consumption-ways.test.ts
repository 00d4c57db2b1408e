/** The ways about one's consumption: by keys, fingers and wheel, over ten years, with the consent that opens more, under a strict policy. */
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import { addDays, CURVE_PURPOSES, joinSegments, type CurveSegment, type LocalDay } from '@oya/contract';
import { measureDay, type PersonaMeter } from '@oya/personas';
import { importFile } from '@oya/server';
import type { BrowserContextOptions, CDPSession, Locator, Page } from 'playwright-core';
import { customerCsv } from '../../packages/formats/src/testing.ts';
import { appendConsentEvents, decideConsents } from '../../packages/server/src/identity/consents.ts';
import { csvRows, openDay, plain, press, save } from './support/consumption.ts';
import { openHouse, persona, settled, signIn, type House } from './support/house.ts';
import { Keyboard } from './support/keyboard.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const timeZone = 'Europe/Paris';
const MONTHS = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

describe('the ways about one’s consumption', () => {
  let house: House;
  before(async () => {
    house = await openHouse();
    // As if the meter had been read for ten years: by the hour, before the half-hours of the demo.
    const segments = joinSegments([...daysOf('2016-01-01', '2024-10-01')].flatMap((day) => measureDay(meterOf('camille'), day).curve.map(byHour)));
    await take('eneo', 'camille-linky', segments);
  });
  afterEach(() => house.clear());
  after(() => house.stop());

  const camille = persona('camille');
  const take = (utility: string, meter: string, segments: CurveSegment[]) =>
    importFile(house.server.db, { utility, meter, fileName: `${meter}.csv`, bytes: customerCsv({ kind: 'curve', unit: 'W', segments }, { timeZone, deliveryPoint: '', preamble: false }), now: house.now() });
  const keyOf = async (meter: string) => (await house.server.db.selectFrom('meter').select('key').where('id', '=', meter).executeTakeFirstOrThrow()).key;

  /** The stretch of the curve on view stands in the address, as a page asks for. */
  async function open(options: BrowserContextOptions = {}) {
    const context = await house.visitor({ reducedMotion: 'reduce', ...options });
    await Keyboard.watch(context);
    // Before the loader: module scripts run once the page is interactive.
    await context.addInitScript(() => {
      document.addEventListener('readystatechange', () => document.querySelector('oya-consumption')?.setAttribute('remember', 'hash'), { once: true });
    });
    const page = await context.newPage();
    await page.goto(`${house.origin('eneo')}/espace-client`);
    await signIn(page, camille);
    const consumption = page.locator('oya-consumption');
    await settled(consumption);
    return { page, consumption, keys: new Keyboard(page) };
  }

  async function explore(consumption: Locator) {
    await press(consumption, 'Explorer la courbe');
    await consumption.getByText('La courbe est là, du 1er janvier 2016 au 23 novembre 2026.').waitFor();
    const curve = consumption.locator('oya-consumption-curve oya-load-curve');
    await curve.waitFor();
    return curve;
  }

  it('by keys alone lead to every value, and back', async () => {
    const { page, consumption, keys } = await open();
    await keys.tabTo(/^Année$/);
    await keys.press('Enter');
    await consumption.locator('p.period', { hasText: /^2026$/ }).waitFor();
    await settled(consumption);
    await keys.tabTo(/ 2026 : .*kWh/);
    await keys.press('End');
    await keys.arriveAt(/^Novembre 2026 : /);
    await keys.press('ArrowLeft');
    await keys.arriveAt(/^Octobre 2026 : /);
    await keys.press('Enter');
    await settled(consumption);
    await keys.arriveAt(/qu’en octobre 2025/);
    await keys.tabTo(/ octobre 2026 : .*kWh/);
    await keys.press('Home');
    await keys.arriveAt(/^Jeudi 1er octobre 2026 : /);
    await keys.press('PageDown');
    await keys.arriveAt(/^Jeudi 8 octobre 2026 : /);
    await keys.press('Enter');
    await keys.arriveAt(/^jeudi 8 octobre 2026$/);
    await consumption.locator('.day oya-load-curve').waitFor();
    await keys.tabTo(/^Puissance, jeudi 8 octobre 2026/);
    const reader = consumption.locator('.day').getByRole('slider');
    await keys.press('Home');
    assert.match(plain(await reader.getAttribute('aria-valuetext')), /^De 0 h à 0 h 30 : /);
    await keys.press('ArrowRight');
    assert.match(plain(await reader.getAttribute('aria-valuetext')), /^De 0 h 30 à 1 h : /);
    await keys.press('End');
    assert.match(plain(await reader.getAttribute('aria-valuetext')), /^De 23 h 30 à 0 h : /);

    // Back up the same way, each time to where one came from.
    await keys.press('Escape');
    await keys.arriveAt(/^Jeudi 8 octobre 2026 : /);
    await keys.press('Escape');
    await keys.arriveAt(/^Octobre 2026 : /);

    // The table, and through it down again.
    await keys.backTo(/^Tableau$/);
    await keys.press('Enter');
    await keys.tabTo(/^octobre 2026$/);
    await keys.press('Enter');
    await settled(consumption);
    await keys.tabTo(/^jeudi 8 octobre 2026$/);
    await keys.press('Enter');
    await keys.arriveAt(/^jeudi 8 octobre 2026$/);
    await consumption.locator('.day table').waitFor();
    assert.equal(await consumption.locator('.day tbody tr').count(), 48);
    await keys.press('Escape');

    // A file of it.
    await keys.tabTo(/^Exporter$/);
    await keys.press('Enter');
    await keys.press('ArrowDown');
    await keys.arriveAt(/^Tableau \(CSV\)$/);
    const download = page.waitForEvent('download');
    await keys.press('Enter');
    assert.match((await download).suggestedFilename(), /^consommation-L00000000101-octobre-2026\.csv$/);
    await keys.arriveAt(/^Exporter$/);
    await keys.press('Enter');
    await keys.press('End');
    await keys.arriveAt(/^Imprimer$/);
    await keys.press('Escape');
    await keys.arriveAt(/^Exporter$/);

    // The curve of all years.
    await keys.backTo(/^Explorer la courbe$/, 1);
    await keys.press('Enter');
    await keys.arriveAt(/^Toute votre courbe de puissance$/);
    await consumption.getByText(/^La courbe est là, du 1er janvier 2016/).waitFor();
    await keys.tabTo(/^Toute votre courbe de puissance$/, 2);
    await keys.press('Home');
    const value = () => consumption.locator('oya-consumption-curve').getByRole('slider').getAttribute('aria-valuetext').then(plain);
    assert.match(await value(), /^Vendredi 1er janvier 2016, de 0 h à 1 h : /);
    await keys.press('PageUp');
    assert.match(await value(), /^Samedi 2 janvier 2016, de 0 h à 1 h : /);
    await keys.stays();
  });

  it('by wheel and keys lead from ten years to hours, and the stretch in the address outlives a reload', async () => {
    const { page, consumption } = await open({ viewport: { width: 1280, height: 1000 } });
    const curve = await explore(consumption);
    const reader = curve.getByRole('slider');
    const whole = await windowOf(curve);
    assert.ok(whole.to - whole.from > 10 * 365 * DAY, 'ten years are on view');

    // The wheel leads into what lies under the pointer.
    await reader.focus();
    const box = await reader.boundingBox() ?? assert.fail();
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2);
    // Under it lies the day that is read there.
    const day = dayIn(plain(await reader.getAttribute('aria-valuetext')));
    await wheel(page, curve, -400, (now) => now <= 10 * HOUR);
    const near = await windowOf(curve);
    assert.ok(Math.abs(near.from - day) < 5 * DAY, `${new Date(near.from).toISOString()} is on view, ${new Date(day).toISOString()} was under the pointer`);
    await page.waitForFunction(() => location.hash.includes('oya-curve='));
    await page.waitForTimeout(400);
    const address = page.url();
    const words = plain(await consumption.locator('oya-consumption-curve [slot=summary]').textContent());
    assert.match(words, /^Du \d+(er)? \S+ 2019 au \d+(er)? \S+ 2019$/);

    await page.reload();
    await settled(consumption);
    await consumption.getByText(/^La courbe est là, du 1er janvier 2016/).waitFor();
    assert.equal(page.url(), address);
    const again = await windowOf(curve);
    assert.ok(Math.abs(again.from - near.from) <= 60_000 && Math.abs(again.to - near.to) <= 60_000, 'the same hours are on view');
    assert.equal(plain(await consumption.locator('oya-consumption-curve [slot=summary]').textContent()), words);

    await reader.focus();
    await page.mouse.move(box.x + box.width / 3, (await reader.boundingBox() ?? assert.fail()).y + 50);
    await wheel(page, curve, 400, (now) => now >= whole.to - whole.from);

    // Keys: each shows half of it, or twice as much.
    await reader.focus();
    await page.keyboard.press('End');
    for (let step = 0; step < 15; step++) await page.keyboard.press('+');
    const last = await windowOf(curve);
    assert.ok(last.to - last.from <= 4 * HOUR, `${(last.to - last.from) / HOUR} h`);
    await page.keyboard.press('Shift+ArrowLeft');
    const moved = await windowOf(curve);
    assert.ok(moved.from < last.from && moved.to - moved.from === last.to - last.from);
    for (let step = 0; step < 15; step++) await page.keyboard.press('-');
    assert.deepEqual(await windowOf(curve), whole);
    await page.keyboard.press('+');
    await page.keyboard.press('0');
    assert.deepEqual(await windowOf(curve), whole);
    await page.waitForFunction(() => !location.hash.includes('oya-curve='));
  });

  it('by finger lead to every value, and by two of them from ten years to hours', async () => {
    const { page, consumption } = await open(PHONE);
    const touch = new Touch(await page.context().newCDPSession(page));
    await consumption.getByRole('button', { name: 'Année', exact: true }).tap();
    await settled(consumption);
    await consumption.getByRole('button', { name: /^Octobre 2026 : / }).tap();
    await settled(consumption);
    await consumption.getByRole('button', { name: /^Jeudi 8 octobre 2026 : / }).tap();
    await consumption.getByRole('heading', { name: 'jeudi 8 octobre 2026' }).waitFor();
    const day = consumption.locator('.day oya-load-curve');
    await day.waitFor();
    await day.scrollIntoViewIfNeeded();
    const box = await day.getByRole('slider').boundingBox() ?? assert.fail();
    const y = box.y + box.height / 2;
    const read = new Set<string>();
    await touch.slide({ x: box.x + 1, y }, { x: box.x + box.width - 1, y }, Math.round(box.width / 2), async () => void read.add(plain(await day.getByRole('slider').getAttribute('aria-valuetext'))));
    const intervals = [...read].filter((words) => / : .* k?W$/.test(words));
    assert.equal(intervals.length, 48);
    assert.match(intervals[0] ?? '', /^De 0 h à 0 h 30 : /);
    assert.match(intervals.at(-1) ?? '', /^De 23 h 30 à 0 h : /);
    await consumption.getByRole('button', { name: /^Jour suivant/ }).tap();
    await consumption.getByRole('heading', { name: 'vendredi 9 octobre 2026' }).waitFor();
    await consumption.getByRole('button', { name: 'Revenir au mois' }).tap();
    await consumption.getByRole('button', { name: 'Tableau', exact: true }).tap();
    await consumption.getByRole('button', { name: 'jeudi 8 octobre 2026', exact: true }).tap();
    await consumption.locator('.day table').waitFor();
    assert.equal(await consumption.locator('.day tbody tr').count(), 48);
    const download = page.waitForEvent('download');
    await consumption.getByRole('button', { name: 'Exporter', exact: true }).tap();
    await consumption.getByRole('button', { name: 'Tableau (CSV)', exact: true }).tap();
    assert.match((await download).suggestedFilename(), /8-octobre-2026\.csv$/);

    const curve = await explore(consumption);
    const whole = await windowOf(curve);
    await curve.scrollIntoViewIfNeeded();
    const wide = await curve.getByRole('slider').boundingBox() ?? assert.fail();
    const middle = { x: wide.x + wide.width / 2, y: wide.y + wide.height / 2 };
    for (let pinch = 0; pinch < 12 && lengthOf(await windowOf(curve)) > 12 * HOUR; pinch++) await touch.pinch(middle, 20, wide.width / 2 - 30);
    const near = await windowOf(curve);
    assert.ok(lengthOf(near) <= 12 * HOUR, `${lengthOf(near) / HOUR} h`);
    await touch.slide(middle, { x: middle.x + 100, y: middle.y }, 5);
    const moved = await windowOf(curve);
    assert.ok(moved.from < near.from, 'what is on view follows the finger');
    for (let pinch = 0; pinch < 12 && lengthOf(await windowOf(curve)) < lengthOf(whole); pinch++) await touch.pinch(middle, wide.width / 2 - 30, 20);
    assert.deepEqual(await windowOf(curve), whole);
    assert.equal(await page.evaluate(() => visualViewport?.scale), 1, 'the page itself is as large as before');
  });

  it('open to half-hours by two consents, given where they are missed', async () => {
    const lucien = persona('lucien');
    const { page } = await house.visit('eneo', '/espace-client');
    await signIn(page, lucien);
    const consumption = page.locator('oya-consumption');
    await settled(consumption);
    const boxes = consumption.getByRole('checkbox', { name: /demi-heure/ });
    await boxes.nth(1).waitFor();
    assert.deepEqual(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked)), [false, false]);
    await boxes.first().check();
    await consumption.getByRole('button', { name: 'Donner mon accord pour la demi-heure' }).click();
    await consumption.getByText('Vos accords ne sont pas encore donnés').waitFor();
    assert.equal(await boxes.first().isChecked(), true, 'what was ticked stays so');
    await boxes.nth(1).check();
    await consumption.getByRole('button', { name: 'Donner mon accord pour la demi-heure' }).click();
    await consumption.getByText('Vos accords sont enregistrés.').waitFor();
    await consumption.getByText('Vos demi-heures sont demandées').waitFor();
    await consumption.getByText(/^Demandé le mardi 24 novembre/).waitFor();
    assert.equal(await boxes.count(), 0);

    const purposes = await decideConsents(house.server.db, { key: await keyOf('lucien-linky'), utilityId: 'eneo' }, 'active', house.now());
    assert.deepEqual(purposes, ['curve-recording', 'curve-collection']);
    await take('eneo', 'lucien-linky', measureDay(persona('nadia').meters[0] as PersonaMeter, '2026-11-23').curve);
    await page.reload();
    await settled(consumption);
    await openDay(consumption, '2026-11-23', 'lundi 23 novembre 2026');
    assert.equal(await consumption.getByText('demi-heure', { exact: false }).filter({ hasText: 'accord' }).count(), 0);
    assert.equal(csvRows(await save(page, consumption, 'Tableau (CSV)')).length, 1 + 48);
  });

  it('offer no consent to somebody who only reads', async () => {
    const meter = { key: await keyOf('helene-second-linky'), utilityId: 'sicae' };
    await appendConsentEvents(house.server.db, meter, CURVE_PURPOSES.map((purpose) => ({ purpose, kind: 'withdrawn', state: 'off', at: house.now(), actor: 'customer', customer_id: null, channel: 'web', words: null, withdrawal: { id: 'both', erases: false, undoUntil: house.now() } })));
    const offerTo = async (id: string, contract: string) => {
      const { page } = await house.visit('sicae', '/espace-client');
      // Who may give consents is told by the contract, which are missing by the meter: other elements may have asked before.
      const told = [new RegExp(`/contracts/${contract}$`), /\/meters\/helene-second-linky\/consents$/].map((address) => page.waitForResponse((response) => address.test(response.url()) && response.request().method() === 'GET'));
      await signIn(page, persona(id));
      const consumption = page.locator('oya-consumption');
      await consumption.getByLabel('Contrat').selectOption(contract);
      await Promise.all(told);
      await settled(consumption);
      await consumption.locator('oya-consumption-consent').evaluate((element) => (element as HTMLElement & { updateComplete: Promise<boolean> }).updateComplete);
      return consumption.getByRole('button', { name: 'Donner mon accord pour la demi-heure' });
    };
    await (await offerTo('helene', 'helene-second-electricity')).waitFor();
    const offer = await offerTo('lea', 'helene-second-electricity');
    assert.equal(await offer.count(), 0);
  });

  it('write files and pictures under a strict policy without one report', async () => {
    const { page, errors } = await house.visit('strict');
    const spoken: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|Content-Security-Policy|TrustedHTML|trusted type/i.test(message.text())) spoken.push(message.text());
    });
    await signIn(page, camille);
    const consumption = page.locator('oya-consumption');
    await settled(consumption);
    await openDay(consumption, '2026-11-17', 'mardi 17 novembre 2026');
    const picture = await save(page, consumption, 'Image (PNG)');
    assert.equal(Buffer.from(picture.bytes.subarray(1, 4)).toString(), 'PNG');
    assert.ok(picture.bytes.length > 10_000, `${picture.bytes.length} bytes of picture`);
    assert.equal(csvRows(await save(page, consumption, 'Tableau (CSV)')).length, 1 + 48);
    assert.equal(Buffer.from((await save(page, consumption, 'Classeur (Excel)')).bytes.subarray(0, 2)).toString(), 'PK');
    assert.match(Buffer.from((await save(page, consumption, 'Green Button (XML)')).bytes).toString(), /^<\?xml/);
    await explore(consumption);
    assert.deepEqual(await page.locator('#violations li').allTextContents(), []);
    assert.equal(await page.locator('#count').textContent(), '0');
    assert.deepEqual(spoken, []);
    assert.deepEqual(errors, []);
  });
});

/** Fingers on the screen, as the browser hears them. */
class Touch {
  readonly #devtools: CDPSession;

  constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }

  /** One finger, from here to there. */
  async slide(from: Point, to: Point, steps: number, each: () => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.#send('touchStart', [from]);
    await each();
    for (let step = 1; step <= steps; step++) {
      await this.#send('touchMove', [between(from, to, step / steps)]);
      await each();
    }
    await this.#send('touchEnd', []);
  }

  /** Two fingers about a middle, from one distance to another. */
  async pinch(middle: Point, from: number, to: number): Promise<void> {
    const fingers = (apart: number) => [{ ...middle, x: middle.x - apart }, { ...middle, x: middle.x + apart }];
    await this.#send('touchStart', fingers(from));
    for (let step = 1; step <= 10; step++) await this.#send('touchMove', fingers(from + ((to - from) * step) / 10));
    await this.#send('touchEnd', []);
  }

  async #send(type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]): Promise<void> {
    await this.#devtools.send('Input.dispatchTouchEvent', { type, touchPoints: points.map(({ x, y }, id) => ({ x, y, id })) });
  }
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** Turns the wheel until enough is on view, notch by notch. */
async function wheel(page: Page, curve: Locator, notch: number, isEnough: (length: number) => boolean): Promise<void> {
  for (let turn = 0; turn < 40; turn++) {
    const length = lengthOf(await windowOf(curve));
    if (isEnough(length)) return;
    await page.mouse.wheel(0, notch);
    await page.waitForTimeout(30);
  }
  assert.fail(`forty notches leave ${lengthOf(await windowOf(curve)) / HOUR} h on view`);
}

async function windowOf(curve: Locator): Promise<{ from: number; to: number }> {
  return curve.evaluate((element) => {
    const { window: shown, curve: all } = element as HTMLElement & { window: { from: number; to: number } | null; curve: { segments: { start: string; stepMinutes: number; values: unknown[] }[] } };
    const [first, last] = [all.segments[0], all.segments.at(-1)];
    return shown ?? { from: Date.parse(first?.start ?? ''), to: Date.parse(last?.start ?? '') + (last?.values.length ?? 0) * (last?.stepMinutes ?? 0) * 60_000 };
  });
}

/** The day in `Samedi 13 avril 2019, de 6 h à 7 h : 1,24 kW`. */
function dayIn(words: string): number {
  const [, day, month = '', year] = /^\S+ (\d+)\S* (\S+) (\d{4}),/.exec(words) ?? assert.fail(words);
  return Date.UTC(Number(year), MONTHS.indexOf(month), Number(day));
}

function lengthOf({ from, to }: { from: number; to: number }): number {
  return to - from;
}

function* daysOf(from: LocalDay, to: LocalDay): Generator<LocalDay> {
  for (let day = from; day < to; day = addDays(day, 1)) yield day;
}

/** Two half-hours make an hour. */
function byHour({ start, values, quality }: CurveSegment): CurveSegment {
  const hours = values.filter((_, index) => index % 2 === 0);
  return { start, stepMinutes: 60, values: hours, quality: quality.slice(0, hours.length) };
}

function meterOf(id: string): PersonaMeter {
  return persona(id).meters[0] as PersonaMeter;
}
