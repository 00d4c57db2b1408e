/** What the tests of `<oya-consumption>` share. */
import type { OyaBarChart, OyaLoadCurve } from '@oya/charts';
import { control, mount, textOf, until, type Mounted, type MountOptions } from '../../testing.ts';
import type { OyaConsumption } from '../consumption.ts';
import '../consumption.define.ts';

/** Waits for what comes after the picture too. */
export async function open(options: MountOptions): Promise<Mounted<OyaConsumption>> {
  const mounted = await mount<OyaConsumption>('oya-consumption', options);
  const { element } = mounted;
  if (element.state === 'ready') await until(() => part(element, 'tools')?.querySelector('.tools') && part(element, 'facts')?.firstElementChild !== undefined, 'the parts around the picture');
  return mounted;
}

export async function press(element: OyaConsumption, name: string | RegExp): Promise<void> {
  control(element, name).click();
  await element.updateComplete;
}

export async function goTo(element: OyaConsumption, month: string): Promise<void> {
  while (title(element).toLowerCase() !== month) {
    control(element, /^Période précédente/).click();
    await element.updateComplete;
  }
  await settled(element, `the picture of ${month}`);
}

export async function settled(element: OyaConsumption, what = 'the picture'): Promise<void> {
  await until(() => !element.renderRoot.querySelector('[aria-busy=true]'), what);
}

/** Absent while the table is shown, and while there is an error. */
export function bars(element: OyaConsumption): OyaBarChart {
  return element.renderRoot.querySelector('.picture oya-bar-chart') as OyaBarChart;
}

export function curve(element: OyaConsumption): OyaLoadCurve | null {
  return element.renderRoot.querySelector('oya-load-curve');
}

export function barButtons(element: OyaConsumption): HTMLButtonElement[] {
  return [...bars(element).renderRoot.querySelectorAll('button')];
}

export function spoken(element: OyaConsumption): (string | null)[] {
  return barButtons(element).map((button) => button.getAttribute('aria-label')?.replaceAll(/\s/g, ' ') ?? null);
}

export function title(element: OyaConsumption): string {
  return textOf(element.renderRoot.querySelector('.period'));
}

export function finding(element: OyaConsumption): string {
  return textOf(element.renderRoot.querySelector('.head .title'));
}

export function number(element: OyaConsumption): string {
  return textOf(element.renderRoot.querySelector('.head .number'));
}

export function status(element: OyaConsumption): string {
  return textOf(element.renderRoot.querySelector('.announcement'));
}

export function part(element: OyaConsumption, name: string): HTMLElement | null {
  return element.renderRoot.querySelector(`oya-consumption-${name}`);
}

export function facts(element: OyaConsumption): string[] {
  return [...(part(element, 'facts')?.querySelectorAll('li') ?? [])].map(textOf);
}

export function kilowattHours(energy: number | null): string {
  return `${new Intl.NumberFormat('fr', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format((energy ?? 0) / 1000)} kWh`;
}

/** `7,24 €`, from 10⁻⁸ €. */
export function euros(exact: number): string {
  return new Intl.NumberFormat('fr', { style: 'currency', currency: 'EUR' }).format(Math.round(exact / 1_000_000) / 100).replaceAll(/\s/g, ' ');
}

/** The rows of a table, cell by cell, with plain spaces. */
export function rows(element: OyaConsumption, within = 'oya-consumption-table'): string[][] {
  return [...element.renderRoot.querySelectorAll(`${within} tbody tr`)].map((row) => [...row.children].map(textOf));
}

export function headers(element: OyaConsumption): string[] {
  return [...element.renderRoot.querySelectorAll('oya-consumption-table thead th')].map(textOf);
}
