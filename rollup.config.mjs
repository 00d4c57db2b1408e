/** The script-tag release: `dist/oya/<version>/`, with `oya.js` as the loader and everything else in chunks beside it. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import esbuild from 'rollup-plugin-esbuild';
import { catalogue, findChunks, findPlaceholders } from './packages/cdn/build/catalogue.mjs';
import { shareDecorators } from './packages/cdn/build/decorators.mjs';
import { digitFiles } from './packages/cdn/build/digit-files.mjs';
import { withoutDocumentation } from './packages/cdn/build/documentation.mjs';
import { buildFaces } from './packages/cdn/build/faces.mjs';
import { keptAddresses } from './packages/cdn/build/kept-addresses.mjs';
import { mapsApart } from './packages/cdn/build/maps-apart.mjs';
import { leaveOut } from './packages/cdn/build/leave-out.mjs';
import { newModules } from './packages/cdn/build/old-modules.mjs';
import { release } from './packages/cdn/build/release.mjs';
import { minifyStyles } from './packages/cdn/build/styles.mjs';
import { collapseTemplates } from './packages/cdn/build/templates.mjs';
import { renameTrustedTypesPolicy } from './packages/cdn/build/trusted-types.mjs';

const root = import.meta.dirname;
const version = process.env.OYA_VERSION ?? JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;

/** What every element stands on travels as one file: it is smaller than its parts, and one request. */
const FOUNDATION = [
  ...['lit', 'lit-html', 'lit-element', '@lit/reactive-element', '@lit/context', '@tanstack/query-core', 'i18next', 'zod', '@date-fns/tz', 'ky'].map(
    (name) => `/node_modules/${name}/`,
  ),
  'oya:decorate',
  // Of the contract what every element stands on; the other operations and rules come with the elements that ask for them.
  ...['adapter', 'errors', 'page', 'packed-column', 'portal', 'series', 'time', 'units', 'operations/operation', 'operations/portal'].map((file) => `/contract/src/${file}.ts`),
  ...['core/src', 'tokens/src', 'adapters/src/rest', 'cdn/src/runtime', 'elements/src/icons', 'elements/src/digit-reader', 'elements/src/light-host', 'elements/src/light-form/light-form'].map((folder) => path.join(root, 'packages', folder)),
];

/**
 * What is asked for together travels together, as small parts in files of their own weigh a fifth more: of a path below
 * `packages`, the name of its file. What is not listed goes with whoever asks for it.
 */
const SHARED = [
  // What the elements of the customer space share: most of its pages show several of them. Of the contract, what the
  // consumption asks and names in its first view, so that it does not wait for the operations and rules of everything else.
  { file: 'space', of: /^(elements\/src\/(chosen-contract|contract-chooser|data-table|fragment|space\.styles|space-icons|switch\.styles)|contract\/src\/(tempo|operations\/consumption))\.ts$/ },
  // The operations and rules of the contract that elements ask for beyond the foundation: those of contracts and consents,
  // and those of the account and the territory. What a part of an element or the sandbox reckons with comes with it.
  { file: 'contract', of: /^contract\/src\/(access|contracts|consents|operations\/(access|contracts|consents))\.ts$/ },
  { file: 'contract-account', of: /^contract\/src\/(common-passwords|names|passkeys|profile|territory|territory-check|operations\/(passkeys|profile|territory))\.ts$/ },
  // What lists and explains invoices, and leads to what a bill to come would surprise with; what reckons them comes with the sandbox.
  { file: 'invoices', of: /^(elements\/src\/(bill-watch-part|invoice-address)|contract\/src\/(attachments|invoices|invoice-lines|invoice-list|operations\/invoices))\.ts$/ },
  // What takes photos and papers along.
  { file: 'file-form', of: /^(elements\/src\/file-form\/(?!.*messages\.en)|contract\/src\/(waiting-attachments|operations\/attachments))/ },
  // How fields look, in forms of every kind.
  { file: 'fields', of: /^elements\/src\/field\.styles\.ts$/ },
  // What is said of outages, on their board and where one is reported.
  { file: 'outages', of: /^contract\/src\/(outages|outage-rules|operations\/outages)\.ts$/ },
  // How an index is typed, on which day, and where messages take it.
  { file: 'typed-index', of: /^elements\/src\/(message-address|portal-today|typed-index)\.ts$/ },
  // What judges a reading, for whoever sends one and for whoever moves out.
  { file: 'reading-judgement', of: /^contract\/src\/(reading-judgement|reading-history|reading-plausibility|readings)\.ts$/ },
  // By which money and registers are reckoned: the sandbox does it for all steps, an open day for its hours.
  { file: 'cost', of: /^contract\/src\/(cost|registers)\.ts$/ },
  // What comes by itself after the consumption's picture, with the words and forms that a day, a consent and the curve of years share with it.
  { file: 'parts', of: /^elements\/src\/consumption\/(columns|counts|curve-words|facts-list|facts|files|night|notes|part|parts(\.messages)?|swatch|table|tool-shapes|tools)\.ts$/ },
  // What words a load curve and its half-hours, in the consumption and beside a bill.
  { file: 'half-hour-words', of: /^elements\/src\/(curve-format|intervals)\.ts$/ },
  // Making an account, finding one's way back into it, changing what opens it: codes, passwords, passkeys, and all their words.
  { file: 'account', of: /^elements\/src\/(login\/(card|recovery|passkey)|passkeys\/passkeys\.(messages|styles)|profile\/.*messages|light-form\/(?!light-form|choices|form-values|kept|phone-number))/ },
  // Of a form, what the consumption asks its consent with, and how what is typed is read: all that is about accounts would come with it.
  { file: 'choices', of: /^elements\/src\/light-form\/(choices|form-values|kept)/ },
  { file: 'phone-number', of: /^elements\/src\/light-form\/phone-number\.ts$/ },
  // What both charts stand on, and the one that every page with a chart begins with.
  { file: 'charts', of: /^(charts\/src\/(reading|key|tones|bar-chart\/(?!bar-chart\.define)|geometry\/(bars|second-line|stack|value-axis)\.ts$)|\.\.\/node_modules\/d3-array\/(?!.*\?maps))/ },
  // The sandbox sets what a sign-up solves.
  { file: 'proof-of-work', of: /^(elements\/src\/signup\/proof-of-work\.ts$|\.\.\/node_modules\/altcha-lib\/)/ },
  { file: 'profile-parts', of: /^elements\/src\/profile\/(?!profile\.(define\.)?ts$)/ },
];

/** What follows changes, by the adapter that most pages have: it comes once a customer is signed in. */
const LIVE = /\/(core\/src\/client\/live|adapters\/src\/rest\/events)\.ts$|\/node_modules\/eventsource-parser\//;

/** What only pages of an app ask for: push, data kept on the device, its age. */
const APP = /\/core\/src\/app\//;

function chunkOf(id) {
  // A language is one file: its words compress together, and a page needs one language.
  const language = /\.messages\.([a-z-]+)\.ts$/.exec(id)?.[1];
  if (language) return `lang-${language}`;
  // Lit's directives come with the few that use them.
  if (id.includes('/node_modules/lit-html/directive')) return undefined;
  if (LIVE.test(id)) return 'live';
  if (APP.test(id)) return 'app';
  if (FOUNDATION.some((part) => id.includes(part))) return 'core';
  const inPackages = path.relative(path.join(root, 'packages'), id);
  return SHARED.find(({ of }) => of.test(inPackages))?.file;
}

/** A warning about our own code ends the build; those about the insides of libraries are not ours to act on. */
function onLog(level, log, handle) {
  const inLibraries = [log.id, ...(log.ids ?? [])].filter(Boolean).every((id) => id.includes('/node_modules/'));
  if (level === 'warn' && inLibraries && ['INVALID_ANNOTATION', 'CIRCULAR_DEPENDENCY'].includes(log.code)) return;
  handle(level === 'warn' ? 'error' : level, log);
}

/** What becomes of each module, in the kit as in what stands in for it. */
function transforms(leaving) {
  return [
    withoutDocumentation(),
    // `production`: Lit and others leave out their warnings for developers.
    nodeResolve({ exportConditions: ['production', 'browser', 'import', 'default'], extensions: ['.ts', '.js', '.mjs'] }),
    newModules(),
    esbuild({ tsconfig: path.join(root, 'tsconfig.json'), target: 'es2022', define: { OYA_VERSION: JSON.stringify(version) } }),
    shareDecorators(),
    leaveOut(leaving),
    renameTrustedTypesPolicy(),
    minifyStyles(),
    collapseTemplates(),
  ];
}

function minify() {
  return terser({
    module: true,
    ecma: 2022,
    compress: {
      passes: 3,
      hoist_props: true,
      keep_fargs: false,
      unsafe_arrows: true,
      unsafe_methods: true,
      global_defs: { 'process.env.NODE_ENV': 'production' },
      // i18next tells developers what it does; with its `debug` off, as we have it, nobody hears it.
      pure_funcs: ['log', 'warn', 'deprecate', 'debug'].map((method) => `this.logger.${method}`),
    },
  });
}

const faces = await buildFaces(root, { plugins: () => transforms({ mayMiss: true }), minify });

async function stylesheet() {
  const { antiFlashSheet, tokenSheet } = await import('./packages/tokens/src/index.ts');
  return tokenSheet + antiFlashSheet(findPlaceholders(root));
}

/** @type {import('rollup').RollupOptions} */
const kit = {
  input: { oya: path.join(root, 'packages/cdn/src/oya.ts') },
  onLog,
  preserveEntrySignatures: 'strict',
  // Of a library only what is used: none of them does its work by being imported.
  treeshake: { moduleSideEffects: (id) => !id.includes('/node_modules/') },
  plugins: [
    catalogue(root, faces),
    mapsApart(),
    digitFiles(root),
    ...transforms(),
  ],
  output: {
    dir: path.join(root, 'dist/oya', version),
    format: 'es',
    // The loader keeps its name; what it fetches is named by its content, so that two builds of one version never mix.
    entryFileNames: ({ name }) => (name === 'oya' ? 'oya.js' : '[name]-[hash].js'),
    chunkFileNames: '[name]-[hash].js',
    assetFileNames: '[name]-[hash][extname]',
    // Beside each file, for who looks for it (README): a line in each that names it would be half a kilobyte of the whole.
    sourcemap: 'hidden',
    manualChunks: chunkOf,
    onlyExplicitManualChunks: true,
    plugins: [
      minify(),
      release({ root, stylesheet, elements: () => findChunks(root).elements, faces }),
    ],
  },
};

/** The worker of apps, beside the kit: one script without imports, which a site's own worker brings (README). */
/** @type {import('rollup').RollupOptions} */
const worker = {
  input: path.join(root, 'packages/cdn/src/app/worker.ts'),
  onLog,
  treeshake: { moduleSideEffects: (id) => !id.includes('/node_modules/') },
  plugins: [
    keptAddresses(),
    nodeResolve({ exportConditions: ['production', 'browser', 'import', 'default'], extensions: ['.ts', '.js', '.mjs'] }),
    esbuild({ tsconfig: path.join(root, 'tsconfig.json'), target: 'es2022' }),
  ],
  output: {
    file: path.join(root, 'dist/oya', version, 'oya-app.js'),
    format: 'iife',
    plugins: [terser({ ecma: 2022, compress: { passes: 3, global_defs: { 'process.env.NODE_ENV': 'production' } } })],
  },
};

export default [kit, worker];
