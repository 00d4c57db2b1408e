import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, it } from 'node:test';
import { keysOfExport, readSource } from './element-source.ts';
import { find, read, ROOT } from './repository.ts';

interface Documented {
  readonly name: string;
  readonly description?: string;
  readonly type?: { readonly text: string };
}

interface Declaration {
  readonly name: string;
  readonly tagName?: string;
  readonly summary?: string;
  readonly events?: readonly Documented[];
  readonly slots?: readonly Documented[];
  readonly cssParts?: readonly Documented[];
  readonly cssProperties?: readonly Documented[];
}

const declarations = describeElements();
const definitions = find('packages/{elements,charts}/src/*/*.define.ts');

describe('the elements', () => {
  it('are found', () => assert.ok(definitions.length > 0));
});

for (const definition of definitions) {
  const folder = path.dirname(definition);
  const name = path.basename(folder);
  const sources = find(`${folder}/**/*.ts`).filter((file) => !/\.(test|messages(\.[a-z-]+)?)\.ts$/.test(file));
  const source = readSource(name, sources);

  describe(folder, () => {
    it('is named as its element and its files', () => {
      assert.equal(path.basename(definition), `${name}.define.ts`);
      assert.ok(find(`${folder}/${name}.ts`).length === 1, `${name}.ts is missing`);
      assert.ok(declarationOf(name), `${definition} must call define('oya-${name}', …) with a class of ${name}.ts`);
    });

    it('has a summary', () => assert.ok(declarationOf(name)?.summary?.trim(), 'the class needs JSDoc with @summary'));
    it('has a test', () => assert.notDeepEqual(find(`${folder}/*.test.ts`), [], `${folder}/${name}.test.ts is missing`));
    it('has a story', () => assert.notDeepEqual(find(`stories/${name}.stories.ts`), [], `stories/${name}.stories.ts is missing`));

    it('documents the events it sends', () => {
      const known = (declarationOf(name)?.events ?? []).flatMap((event) => [event.name, event.type?.text]);
      assert.deepEqual(missing(source.events, known), [], 'each needs @event {Class} oya-name - description');
    });
    it('documents its slots', () => {
      assert.deepEqual(missing(source.slots, namesOf(declarationOf(name)?.slots)), [], 'each needs @slot name - description (@slot - … for the default one)');
    });
    it('documents its parts', () => {
      assert.deepEqual(missing(source.parts, namesOf(declarationOf(name)?.cssParts)), [], 'each needs @csspart name - description');
    });
    it('documents its custom properties', () => {
      assert.deepEqual(missing(source.cssProperties, namesOf(declarationOf(name)?.cssProperties)), [], 'each needs @cssprop --name - description');
    });
    it('describes in words whatever it documents', () => {
      const { events = [], slots = [], cssParts = [], cssProperties = [] } = declarationOf(name) ?? {};
      const wordless = [...events, ...slots, ...cssParts, ...cssProperties].filter(({ description }) => !description?.trim());
      assert.deepEqual(wordless.map((entry) => entry.name), []);
    });
    it('writes no style attribute', () => assert.deepEqual(source.styleAttributes, []));

    // A chart is given its words, and an element without a subject of its own (a provider) says nothing.
    if (find(`${folder}/${name}.messages*.ts`).length > 0 || [...source.classes.values()].includes('OyaElement')) {
      it('has its words in French and in English', () => {
        const french = keysOfExport(`${folder}/${name}.messages.ts`, 'fr');
        const english = keysOfExport(`${folder}/${name}.messages.en.ts`, 'en');
        assert.ok(french?.length, `${name}.messages.ts must export fr`);
        assert.ok(english?.length, `${name}.messages.en.ts must export en`);
        // English has no plural form “many”.
        const required = french.filter((key) => !key.endsWith('_many'));
        assert.deepEqual(missing(new Set(required), english), [], 'English lacks them');
        assert.deepEqual(missing(new Set(english), french), [], 'French, the source, lacks them');
      });
    }
  });
}

function declarationOf(name: string): Declaration | undefined {
  return declarations.find(({ tagName }) => tagName === `oya-${name}`);
}

/** What the manifest's analyzer reads from the JSDoc, inheritance included. */
function describeElements(): Declaration[] {
  const analyzer = path.join(ROOT, 'node_modules/@custom-elements-manifest/analyzer/cem.js');
  const outdir = '.cache/structure';
  const { status, stderr } = spawnSync(process.execPath, [analyzer, 'analyze', '--config', 'custom-elements-manifest.config.mjs', '--outdir', outdir, '--quiet'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  const manifest = JSON.parse(read(`${outdir}/custom-elements.json`)) as { modules: { declarations?: Declaration[] }[] };
  return manifest.modules.flatMap((module) => module.declarations ?? []);
}

function namesOf(documented: readonly Documented[] | undefined): string[] {
  return (documented ?? []).map(({ name }) => name);
}

function missing(used: ReadonlySet<string>, known: readonly (string | undefined)[]): string[] {
  return [...used].filter((name) => !known.includes(name));
}
