/** Who may import whom. The sentence behind it: an element asks a client, the client asks an adapter, the contract says what both mean. */

import { readFileSync } from 'node:fs';

/** Layer → the layers below it that it may import. */
const LAYERS = {
  contract: [],
  formats: ['contract'],
  personas: ['contract'],
  tokens: [],
  core: ['contract', 'tokens'],
  adapters: ['contract', 'formats', 'personas'],
  charts: ['contract', 'core', 'tokens'],
  elements: ['contract', 'core', 'charts', 'formats', 'tokens'],
  cdn: ['adapters', 'contract', 'core', 'elements', 'charts', 'tokens'],
  server: ['contract', 'formats', 'personas', 'tokens'],
  simulator: ['contract', 'formats', 'personas'],
};

const TESTS = '\\.test\\.ts$|/testing\\.ts$|/testing/';
const source = (layer) => `^packages/${layer}/src/`;

const layerRules = Object.entries(LAYERS).map(([layer, below]) => ({
  name: `layer-${layer}`,
  comment: `${layer} may import ${below.join(', ') || 'nothing of ours'}.`,
  severity: 'error',
  from: { path: source(layer), pathNot: TESTS },
  to: { path: '^(packages|test|stories|demo)/', pathNot: [layer, ...below].map((name) => `^packages/${name}/`) },
}));

/** The tool does not look for the packages of the workspace in a package.json, so their declarations become rules here. */
function declaredWorkspaceRules() {
  return Object.keys(LAYERS).map((layer) => {
    const { dependencies = {} } = JSON.parse(readFileSync(new URL(`packages/${layer}/package.json`, import.meta.url), 'utf8'));
    const declared = Object.keys(dependencies).filter((name) => name.startsWith('@oya/')).map((name) => name.slice('@oya/'.length));
    return {
      name: `declared-packages-only-${layer}`,
      comment: `packages/${layer}/package.json declares ${declared.join(', ') || 'none of our packages'}.`,
      severity: 'error',
      from: { path: source(layer), pathNot: TESTS },
      to: { path: '^packages/', pathNot: [layer, ...declared].map((name) => `^packages/${name}/`) },
    };
  });
}

export default {
  forbidden: [
    ...layerRules,
    {
      name: 'no-cycle',
      comment: 'Two files that import each other are one file, or lack a third.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'elements-stand-alone',
      comment: 'An element comes without any other: what they share belongs to core, charts, light-form or file-form. One that a customer asks for in it is imported dynamically, as a whole.',
      severity: 'error',
      from: { path: '^packages/elements/src/([^/]+)/', pathNot: TESTS },
      to: { path: '^packages/elements/src/[^/]+/', pathNot: ['^packages/elements/src/$1/', '^packages/elements/src/(light|file)-form/'], dependencyTypesNot: ['dynamic-import'] },
    },
    {
      name: 'elements-bring-whole-elements',
      comment: 'What an element brings of another when it is asked for is the other as pages use it, never a part of it.',
      severity: 'error',
      from: { path: '^packages/elements/src/([^/]+)/', pathNot: TESTS },
      to: { path: '^packages/elements/src/[^/]+/', pathNot: ['^packages/elements/src/$1/', '^packages/elements/src/(light|file)-form/', '\\.define\\.ts$'], dependencyTypes: ['dynamic-import'] },
    },
    {
      name: 'formats-come-when-asked-for',
      comment: 'A page that reads or writes no file loads no format: elements import them dynamically, or their types.',
      severity: 'error',
      from: { path: '^packages/elements/', pathNot: TESTS },
      to: { path: '^packages/formats/', dependencyTypesNot: ['dynamic-import', 'type-only'] },
    },
    {
      name: 'adapters-stand-alone',
      comment: 'An adapter never imports another.',
      severity: 'error',
      from: { path: '^packages/adapters/src/([^/]+)/', pathNot: TESTS },
      to: { path: '^packages/adapters/src/[^/]+/', pathNot: '^packages/adapters/src/$1/' },
    },
    {
      name: 'simulated-only-where-it-is-tried',
      comment: 'Tests, demo and benchmarks ask the simulator; nothing that is shipped knows it.',
      severity: 'error',
      from: { path: '^packages/', pathNot: ['^packages/simulator/', '^packages/[^/]+/test/', TESTS] },
      to: { path: '^packages/simulator/' },
    },
    {
      name: 'network-in-adapters-only',
      comment: 'Elements and charts ask their client; only adapters fetch.',
      severity: 'error',
      from: { path: '^packages/', pathNot: '^packages/adapters/' },
      to: { path: '(^|/)node_modules/ky/' },
    },
    {
      name: 'contract-and-formats-are-pure',
      comment: 'No input or output, no DOM: they run in a page, a server and a worker alike.',
      severity: 'error',
      from: { path: '^packages/(contract|formats|personas)/src/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contract-and-formats-know-no-dom',
      comment: 'Libraries that draw or fetch belong further up.',
      severity: 'error',
      from: { path: '^packages/(contract|formats|personas)/src/', pathNot: TESTS },
      to: { path: '(^|/)node_modules/(@lit|lit|lit-html|lit-element|@tanstack|i18next|d3-[^/]+|ky)/' },
    },
    {
      name: 'browser-code-has-no-node',
      comment: 'These packages run in pages.',
      severity: 'error',
      from: { path: '^packages/(adapters|cdn|charts|core|elements|tokens)/src/', pathNot: TESTS },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'declared-dependencies-only',
      comment: "What a package's code imports stands in the dependencies of its own package.json.",
      severity: 'error',
      from: { path: '^packages/[^/]+/src/', pathNot: [TESTS, '^packages/tools/'] },
      to: { path: '(^|/)node_modules/', dependencyTypes: ['npm-dev', 'npm-optional', 'npm-no-pkg', 'npm-unknown'] },
    },
    ...declaredWorkspaceRules(),
    {
      name: 'not-to-unresolvable',
      comment: 'An import that leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^oya:' },
    },
    {
      name: 'nothing-imports-tests',
      comment: 'A test is nobody’s library.',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$' },
      to: { path: '\\.test\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|\\.cache)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'node', 'default', 'types'], extensions: ['.ts', '.mjs', '.js', '.json', '.d.ts'] },
    cache: { folder: '.cache/dependency-cruiser', strategy: 'content' },
  },
};
