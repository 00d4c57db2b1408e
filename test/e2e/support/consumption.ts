/** A customer's ways about their consumption, and an account of what half-hours come to that owes nothing to the kit's own. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { settled } from './house.ts';

/** One interval of a load curve. */
export interface Interval {
  /** Epoch milliseconds. */
  readonly start: number;
  readonly minutes: number;
  readonly watts: number;
}

/** Off-peak hours of one range, as `22:30` to `06:30`, and prices in 10⁻⁵ € per kWh. */
export interface TwoPrices {
  readonly from: string;
  readonly to: string;
  readonly HP: bigint;
  readonly HC: bigint;
}

export interface Account {
  readonly wattHours: bigint;
  readonly HP: bigint;
  readonly HC: bigint;
  /** In 10⁻⁸ €. */
  readonly cost: bigint;
}

export interface Saved {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const PARIS = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris', dateStyle: 'short', timeStyle: 'short' });

/** `2023-03-26 03:00`, on the clocks of France. */
export function clockIn(instant: number): string {
  return PARIS.format(instant);
}

/** Day by day, in whole Wh: off-peak hours are rounded, peak hours are what remains of the day. */
export function accountOf(intervals: readonly Interval[], { from, to, HP, HC }: TwoPrices): Map<string, Account> {
  const wattMinutes = new Map<string, { all: bigint; low: bigint }>();
  for (const { start, minutes, watts } of intervals) {
    const [day = '', clock = ''] = clockIn(start).split(' ');
    const isLow = from > to ? clock >= from || clock < to : clock >= from && clock < to;
    const amount = BigInt(watts * minutes);
    const sums = wattMinutes.get(day) ?? { all: 0n, low: 0n };
    wattMinutes.set(day, { all: sums.all + amount, low: sums.low + (isLow ? amount : 0n) });
  }
  return new Map(
    [...wattMinutes].map(([day, { all, low }]) => {
      const [wattHours, lowWattHours] = [halfUp(all, 60n), halfUp(low, 60n)];
      return [day, { wattHours, HC: lowWattHours, HP: wattHours - lowWattHours, cost: lowWattHours * HC + (wattHours - lowWattHours) * HP }];
    }),
  );
}

export function sumOf(values: Iterable<bigint>): bigint {
  return [...values].reduce((total, value) => total + value, 0n);
}

/** `372,35 €`, from 10⁻⁸ €. */
export function euros(exact: bigint): string {
  const text = String(halfUp(exact, 1_000_000n)).padStart(3, '0');
  return `${grouped(text.slice(0, -2))},${text.slice(-2)} €`;
}

/** `75,4 kWh`, and from 1 000 kWh on without decimals. */
export function kilowattHours(wattHours: bigint): string {
  if (wattHours >= 1_000_000n) return `${grouped(String(halfUp(wattHours, 1000n)))} kWh`;
  const text = String(halfUp(wattHours, 100n)).padStart(2, '0');
  return `${text.slice(0, -1)},${text.slice(-1)} kWh`;
}

/** `812 W`, and from 1 kW on with two decimals of a kW. */
export function power(watts: number): string {
  if (watts < 1000) return `${watts} W`;
  const text = String(halfUp(BigInt(watts), 10n));
  return `${text.slice(0, -2)},${text.slice(-2)} kW`;
}

/** One kind of space, so that words can be compared. */
export function plain(text: string | null | undefined): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim();
}

/** Straight to a day, by the date field. */
export async function goTo(consumption: Locator, day: string): Promise<void> {
  await consumption.locator('.go-to input').fill(day);
  await settled(consumption);
}

/** A day with its half-hours: those are of that day, and not of the one before. */
export async function openDay(consumption: Locator, day: string, title: string): Promise<void> {
  await goTo(consumption, day);
  await consumption.getByRole('heading', { name: title, exact: true }).waitFor();
  await consumption.locator('.day .curve, .day table').first().waitFor();
  await settled(consumption);
}

export async function press(consumption: Locator, name: string): Promise<void> {
  await consumption.getByRole('button', { name, exact: true }).click();
  await settled(consumption);
}

/** What a screen reader says of each bar of a chart. */
export async function barsOf(chart: Locator): Promise<string[]> {
  return (await chart.getByRole('button').evaluateAll((bars) => bars.map((bar) => bar.getAttribute('aria-label') ?? ''))).map(plain);
}

/** Rows of a table, the header first. */
export async function rowsOf(table: Locator): Promise<string[][]> {
  const rows = await table.locator('tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('th, td')].map((cell) => cell.textContent)));
  return rows.map((row) => row.map(plain));
}

/** Every interval of a curve as the keyboard reads it, from the first to the last. */
export async function readThrough(page: Page, curve: Locator): Promise<string[]> {
  const reader = curve.getByRole('slider');
  await reader.focus();
  await page.keyboard.press('Home');
  const last = Number(await reader.getAttribute('aria-valuemax'));
  const read = [plain(await reader.getAttribute('aria-valuetext'))];
  for (let index = 1; index <= last; index++) {
    await page.keyboard.press('ArrowRight');
    read.push(plain(await reader.getAttribute('aria-valuetext')));
  }
  return read;
}

/** By the menu of exports, out of the browser's downloads. */
export async function save(page: Page, consumption: Locator, kind: 'Tableau (CSV)' | 'Classeur (Excel)' | 'Green Button (XML)' | 'Image (PNG)'): Promise<Saved> {
  const download = page.waitForEvent('download');
  await consumption.getByRole('button', { name: 'Exporter', exact: true }).click();
  await consumption.getByRole('button', { name: kind, exact: true }).click();
  const file = await download;
  const bytes = new Uint8Array(readFileSync(await file.path()));
  await consumption.getByText(`Fichier enregistré : ${file.suggestedFilename()}`).waitFor();
  return { name: file.suggestedFilename(), bytes };
}

/** Rows of a French CSV, the header first. */
export function csvRows({ bytes }: Saved): string[][] {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  if (!text.startsWith('\ufeff')) throw new Error('spreadsheets take a file without a byte order mark for another alphabet');
  return text.slice(1).trimEnd().split('\r\n').map((line) => line.split(';'));
}

/** Whole Wh of `75,412`; W of `1,638`. */
export function thousandths(cell: string | undefined): bigint {
  if (!/^-?\d+,\d{3}$/.test(cell ?? '')) throw new Error(`“${cell}” is no number with three decimals`);
  return BigInt((cell as string).replace(',', ''));
}

function halfUp(amount: bigint, unit: bigint): bigint {
  return (2n * amount + unit) / (2n * unit);
}

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(\d{3})+$)/g, ' ');
}
