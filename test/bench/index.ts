/**
 * `npm run bench` runs every benchmark; `npm run bench -- curve` one of them. Prints which promises are kept, and
 * fails when one is not.
 */
import { isKept, table, type Bench } from './promise.ts';

const BENCHES: Readonly<Record<string, () => Promise<{ bench: Bench }>>> = {
  curve: () => import('./curve.ts'),
  api: () => import('./api.ts'),
  accounts: () => import('./accounts.ts'),
  invoices: () => import('./invoices.ts'),
  import: () => import('./import.ts'),
  way: () => import('./way.ts'),
  throughput: () => import('./throughput.ts'),
  weight: () => import('./weight.ts'),
};

const asked = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  console.error(`There is no benchmark “${unknown.join(', ')}”. Choose from: ${Object.keys(BENCHES).join(', ')}.`);
  process.exit(1);
}

const results = [];
for (const name of asked.length > 0 ? asked : Object.keys(BENCHES)) {
  const { bench } = await (BENCHES[name] as () => Promise<{ bench: Bench }>)();
  results.push(...(await bench()));
}

const number = (value: number) => value.toFixed(value < 10 ? 2 : 1);
const rows = results.map((promise) => [promise.what, `${number(promise.measured)} ${promise.unit}`, `≤ ${promise.limit} ${promise.unit}`, isKept(promise) ? 'kept' : 'BROKEN']);
console.log(`\n${table([['promise', 'measured', 'promised', ''], ...rows])}\n`);
if (!results.every(isKept)) process.exitCode = 1;
