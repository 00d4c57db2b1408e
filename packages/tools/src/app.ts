/** `npm run app`: everything that a utility's site publishes for its app, from one configuration. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { readConfiguration } from './app/configuration.ts';
import { readKit } from './app/kit.ts';
import { makeApp } from './app/make-app.ts';
import { buildIfChanged } from './build.ts';
import { ROOT } from './paths.ts';
import { main, Problem } from './problem.ts';

const USAGE = `npm run app -- --config app.json --out public

Writes page, manifest, icons and service worker of an app below public/, which is the root of the utility's site. The kit's own
files stay where "kit" says. README.md, “As an app”, tells what the configuration holds and what the site's policy has to allow.`;

await main(async () => {
  const { config, out, help } = options();
  if (help) return console.log(USAGE);
  if (!config || !out) throw new Problem(USAGE);
  const app = readConfiguration(read(config).toString('utf8'), config);
  await buildIfChanged();
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  const files = await makeApp(app, { logo: read(path.resolve(path.dirname(config), app.logo)), kit: readKit(path.join(ROOT, 'dist/oya', version)) });
  for (const [place, content] of files) {
    const file = path.join(out, ...place.split('/'));
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
    console.log(path.relative(process.cwd(), file));
  }
});

function options() {
  try {
    return parseArgs({ options: { config: { type: 'string' }, out: { type: 'string' }, help: { type: 'boolean' } } }).values;
  } catch (error) {
    throw new Problem(`${(error as Error).message}\n\n${USAGE}`);
  }
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new Problem(`${file} cannot be read.`);
  }
}
