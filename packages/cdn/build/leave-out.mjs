/**
 * Parts of libraries that nothing in the kit reaches, but that stand where tree-shaking cannot see it. Each is replaced
 * by one that says so, should it be reached after all; a part that is no longer where it was ends the build.
 */
const PARTS = [
  // We write through the portal's adapter, once, with an idempotency key: never through mutations.
  { file: '/@tanstack/query-core/build/modern/mutation.js', name: 'Mutation' },
  { file: '/@tanstack/query-core/build/modern/mutationCache.js', name: 'MutationCache', becomes: 'class { resumePausedMutations() { return Promise.resolve(); } }' },
  // Pages of a list are asked for one by one.
  { file: '/@tanstack/query-core/build/modern/infiniteQueryBehavior.js', name: 'infiniteQueryBehavior' },
  // Texts come from our own chunks, not over a back end of i18next.
  { file: '/i18next/dist/esm/i18next.js', name: 'Connector', keeps: 'EventEmitter' },
  // The REST adapter leaves retries to the client, which knows reads from writes, and shows no progress of bytes.
  { file: '/ky/distribution/core/retry-timing.js', name: 'calculateRetryTimingDelay' },
  { file: '/ky/distribution/core/retry-timing.js', name: 'getRetryTimingHeader' },
  { file: '/ky/distribution/utils/body.js', name: 'streamRequest' },
  { file: '/ky/distribution/utils/body.js', name: 'streamResponse' },
  // Keys are texts, never functions.
  { file: '/i18next/dist/esm/i18next.js', name: 'createProxy' },
  { file: '/i18next/dist/esm/i18next.js', name: 'keysFromSelector' },
  // It tells developers what it does only with `debug`, which is off.
  { file: '/i18next/dist/esm/i18next.js', name: 'Logger', becomes: `class Logger {
    init() {} create() { return this; } clone() { return this; } once() {} log() {} warn() {} deprecate() {}
    error(...words) { console.error('i18next:', ...words); }
  }` },
  // Values come formatted.
  { file: '/i18next/dist/esm/i18next.js', name: 'Formatter' },
];

/** @returns {import('rollup').Plugin} */
export function leaveOut() {
  const left = new Set();
  return {
    name: 'oya-leave-out',
    buildStart() {
      left.clear();
    },
    transform(code, id) {
      const parts = PARTS.filter(({ file }) => id.endsWith(file));
      if (parts.length === 0) return null;
      const { body } = this.parse(code);
      const cuts = parts.map((part) => {
        const declaration = findDeclaration(body, part.name);
        if (!declaration) this.error(`${id} no longer declares ${part.name}, which the build leaves out. Look at what took its place.`);
        left.add(part);
        return { ...declaration, text: standIn(declaration, part) };
      });
      // From the end, so that the places of those before stay right.
      const remaining = cuts.toSorted((one, other) => other.start - one.start).reduce((rest, { start, end, text }) => rest.slice(0, start) + text + rest.slice(end), code);
      return { code: remaining, map: null };
    },
    buildEnd(error) {
      const missed = PARTS.filter((part) => !left.has(part));
      if (!error && missed.length > 0) this.error(`The build no longer meets ${missed.map(({ file }) => file).join(', ')}, of which it leaves parts out.`);
    },
  };
}

function findDeclaration(body, name) {
  for (const each of body) {
    const statement = each.declaration ?? each;
    if (statement.id?.name === name) return statement;
    const declarator = statement.declarations?.find(({ id }) => id.name === name);
    if (declarator) return declarator.init;
  }
  return undefined;
}

function standIn({ type }, { name, keeps, becomes }) {
  if (becomes) return becomes;
  // One that is made at the start, but then only stands there.
  if (keeps) return `class ${name} extends ${keeps} {}`;
  const refusal = `throw new Error('oya: this build leaves out ${name}.');`;
  if (type === 'ArrowFunctionExpression') return `() => { ${refusal} }`;
  if (type === 'FunctionDeclaration') return `function ${name}() { ${refusal} }`;
  return `class ${type === 'ClassDeclaration' ? name : ''} { constructor() { ${refusal} } }`;
}
