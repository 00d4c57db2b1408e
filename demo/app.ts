/** The app of a demo site, as `npm run app` makes it from the site's `app.json`. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readConfiguration } from '../packages/tools/src/app/configuration.ts';
import { readKit } from '../packages/tools/src/app/kit.ts';
import { makeApp, type SiteFiles } from '../packages/tools/src/app/make-app.ts';
import { addressOf, type Bundle } from './bundle.ts';

export interface DemoApp {
  /** The site's folder, with `app.json` and the logo. */
  readonly folder: string;
  readonly bundle: Bundle;
  /** Origin that serves the kit. */
  readonly cdn: string;
  readonly api: string;
}

/** @throws Problem, as the command does */
export function makeDemoApp({ folder, bundle, cdn, api }: DemoApp): Promise<SiteFiles> {
  const file = path.join(folder, 'app.json');
  const values: Record<string, string> = { api, kit: `${cdn}/oya/${bundle.version}/` };
  const app = readConfiguration(readFileSync(file, 'utf8').replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => values[name] ?? ''), file);
  // The two files that a page names are told apart by their build, all others by their own names.
  const addressIn = (name: string) => (name === 'oya.js' || name === 'oya.css' ? addressOf(bundle, name, cdn) : `${values['kit']}${name}`);
  return makeApp(app, { logo: readFileSync(path.join(folder, app.logo)), kit: readKit(bundle.dir), addressOf: addressIn });
}
