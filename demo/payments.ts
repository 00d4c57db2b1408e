/** How the demo's customers pay by card: the provider is the simulator. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { utilities } from '@oya/personas';
import { loadPayments, type PaymentsOfUtilities } from '@oya/server';
import type { Shop } from '@oya/simulator';

const FILE = path.resolve(import.meta.dirname, '../.cache/demo/payments.json');
const FIRST_SITE = 10_000_001;
/** In cents: less than all may be paid, as with instalments agreed on by phone. */
const LEAST = 1000;

/** What the simulated provider knows a utility by. */
export function shopOf(utility: string): Omit<Shop, 'noticeUrl'> {
  return { siteId: String(FIRST_SITE + utilities.findIndex(({ id }) => id === utility)), key: `demo-key-of-${utility}`, mode: 'TEST' };
}

/** Writes the file of `OYA_PAYMENTS` as an installation would, and reads it. */
export async function paymentsAt(simulator: string): Promise<PaymentsOfUtilities> {
  const variableOf = (utility: string) => `DEMO_PAYZEN_KEY_${utility.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`;
  const file = Object.fromEntries(utilities.map(({ id }) => [id, { provider: 'payzen', siteId: shopOf(id).siteId, keyVariable: variableOf(id), mode: 'test', url: `${simulator}/vads-payment/`, partial: { least: LEAST } }]));
  mkdirSync(path.dirname(FILE), { recursive: true });
  writeFileSync(FILE, `${JSON.stringify(file, null, 2)}\n`);
  return loadPayments({ paymentsFile: FILE }, Object.fromEntries(utilities.map(({ id }) => [variableOf(id), shopOf(id).key])));
}
