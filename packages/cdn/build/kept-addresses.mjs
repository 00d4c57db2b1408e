const NAME = 'oya:kept-addresses';
const RESOLVED = `\0${NAME}`;

/**
 * The module `oya:kept-addresses`: the paths of what an app keeps. Read from the contract at build time, because its schemas
 * would weigh ten times the worker.
 * @returns {import('rollup').Plugin}
 */
export function keptAddresses() {
  return {
    name: 'oya-kept-addresses',
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      const { operations } = await import('../../contract/src/index.ts');
      const { KEPT_FOR_ALL, KEPT_FOR_CUSTOMER, SESSION, SESSION_WRITES } = await import('../src/app/kept.ts');
      const pathOf = (name) => operations[name].path;
      return [
        `export const forAll = ${JSON.stringify(KEPT_FOR_ALL.map(pathOf))};`,
        `export const forCustomer = ${JSON.stringify(KEPT_FOR_CUSTOMER.map(pathOf))};`,
        `export const session = ${JSON.stringify(pathOf(SESSION))};`,
        `export const sessionWrites = ${JSON.stringify(SESSION_WRITES.map((name) => ({ method: operations[name].method, path: pathOf(name) })))};`,
      ].join('\n');
    },
  };
}
