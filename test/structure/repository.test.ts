import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { firstArguments, importsOf } from './element-source.ts';
import { find, read } from './repository.ts';

interface Package {
  readonly name: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const packages = find('package.json', 'packages/*/package.json').map((file) => ({ file, content: JSON.parse(read(file)) as Package }));

describe('dependencies', () => {
  const declared = new Set(
    packages
      .flatMap(({ content }) => [content.dependencies, content.devDependencies, content.optionalDependencies, content.peerDependencies])
      .flatMap((dependencies) => Object.keys(dependencies ?? {}))
      .filter((name) => !name.startsWith('@oya/')),
  );
  const reasons = [...read('packages/README.md').matchAll(/^- `([^`]+)`: (.*)$/gm)].map(([, name = '', reason = '']) => ({ name, reason }));

  it('each have their reason in packages/README.md', () => {
    const named = new Set(reasons.filter(({ reason }) => reason.trim().length > 0).map(({ name }) => name));
    assert.deepEqual([...declared].filter((name) => !named.has(name)).toSorted(), [], 'write a line “- `name`: why” for each');
  });
  it('are still there where a reason is given, and reasons are given once', () => {
    const names = reasons.map(({ name }) => name);
    assert.deepEqual(names.filter((name) => !declared.has(name)), [], 'no package.json has them');
    assert.deepEqual(names.filter((name, index) => names.indexOf(name) !== index), []);
  });
  it('of the runtime are never dependencies of the root, which is not installed by users', () => {
    assert.deepEqual(packages.find(({ file }) => file === 'package.json')?.content.dependencies ?? {}, {});
  });
});

describe('packages', () => {
  it('have a licence and a name of ours', () => {
    for (const { file, content } of packages) {
      assert.equal(content.license, 'MIT', file);
      if (file !== 'package.json') assert.equal(content.name, `@oya/${file.split('/')[1]}`);
    }
  });
});

describe('each package', () => {
  for (const { file } of packages.filter((entry) => entry.file !== 'package.json')) {
    const folder = file.replace('/package.json', '');
    // The loader is tested on pages of host sites, in test/e2e.
    if (folder === 'packages/cdn') continue;
    it(`${folder} has tests`, () => assert.notDeepEqual(find(`${folder}/{src,test}/**/*.test.ts`), []));
  }
});

describe('adapters', () => {
  const folders = [...new Set(find('packages/adapters/src/*/*.ts').map((file) => file.split('/')[3] as string))];

  for (const folder of folders) {
    it(`${folder} goes through the conformance suite`, () => {
      const runs = find('test/conformance/*.test.ts').filter((file) => importsOf(file).includes(`@oya/adapters/${folder}`));
      const proven = runs.some((file) => firstArguments(file, 'describeConformance').some((title) => title.split(/\W/).includes(folder)));
      assert.ok(proven, `no test/conformance/*.test.ts imports @oya/adapters/${folder} and calls describeConformance('${folder}', …)`);
    });
  }
  it('are found', () => assert.ok(folders.length > 0));
});

describe('CONTRIBUTING.md', () => {
  for (const task of ['Add an element', 'Add an operation', 'Add an adapter', 'Add a language']) {
    it(`says how to: ${task}`, () => {
      const section = read('CONTRIBUTING.md').split(/^## /m).find((text) => text.startsWith(task));
      assert.ok(section && section.trim().split('\n').length > 2, `the section “## ${task}” is missing or empty`);
    });
  }
});

describe('every file', () => {
  const sources = find('**/*.{ts,mjs,js,json,md,html,css}', '{.ci,stories/.storybook}/*', '.npmrc').filter((file) => file !== 'package-lock.json');

  it('is free of paths of one machine', () => {
    // A home folder or a working folder at the start of an absolute path.
    const machinePath = /(?<=["'`\s(=]|^)(?:\/(?:home|Users|root|work)\/[\w.-]|[A-Z]:\\Users\\)/m;
    assert.deepEqual(sources.filter((file) => machinePath.test(read(file))), []);
  });
  it('leaves it to one place where a browser lies', () => {
    const named = sources.filter((file) => /\/usr\/bin\/(?!env)/.test(read(file)));
    assert.deepEqual(named.filter((file) => !file.startsWith('test/structure/')), [], 'use launchOptions() of packages/tools/src/browser.ts');
  });
  it('locks packages by content, never by the address they came from', () => {
    const { packages: locked } = JSON.parse(read('package-lock.json')) as { packages: Record<string, { link?: boolean; resolved?: string; integrity?: string }> };
    const installed = Object.entries(locked).filter(([folder, { link }]) => folder.includes('node_modules/') && !link);
    assert.deepEqual(installed.filter(([, { resolved }]) => resolved).map(([folder]) => folder), []);
    assert.deepEqual(installed.filter(([, { integrity }]) => !integrity).map(([folder]) => folder), []);
  });
});
