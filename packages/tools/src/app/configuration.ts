/** What a utility says of its app, and nothing of it in code: `npm run app -- --config app.json --out public`. */
import { Problem } from '../problem.ts';

export interface AppConfiguration {
  readonly name: string;
  /** Under the icon: 12 characters at most are sure to be shown. */
  readonly shortName: string;
  readonly description?: string;
  readonly lang: string;
  /** Path of the logo, an SVG, from the configuration's folder. */
  readonly logo: string;
  /** Ground of the icon where the system cuts it into a shape of its own; default: the light ground. */
  readonly iconGround?: string;
  /** Of the page and of what the system shows around it. */
  readonly ground: { readonly light: string; readonly dark: string };
  /** Name of a token theme. */
  readonly theme?: string;
  readonly utility: string;
  /** Address below which the portal's operations lie. */
  readonly api: string;
  /** Folder of the kit's version, such as `https://cdn.example/oya/1.0.0/`. */
  readonly kit: string;
  /** Folder of the site that the app has for itself, and beyond which it does nothing; default `/application/`. */
  readonly address: string;
  /** View → address, beyond those that the app shows itself. */
  readonly routes: Readonly<Record<string, string>>;
  readonly shortcuts: readonly Shortcut[];
}

export interface Shortcut {
  readonly name: string;
  /** From the app's page: `#alerts`. */
  readonly url: string;
}

/** What the guide promises on the home screen. */
const SHORTCUTS: Readonly<Record<'fr' | 'en', readonly Shortcut[]>> = {
  fr: [
    { name: 'Ma mesure', url: '#/consumption?oya-unit=measure' },
    { name: 'Ma conso', url: '#/consumption?oya-unit=cost' },
    { name: 'Mes alertes', url: '#alerts' },
  ],
  en: [
    { name: 'My measurements', url: '#/consumption?oya-unit=measure' },
    { name: 'My consumption', url: '#/consumption?oya-unit=cost' },
    { name: 'My alerts', url: '#alerts' },
  ],
};

const REQUIRED = ['name', 'shortName', 'logo', 'utility', 'api', 'kit'] as const;
const OPTIONAL = ['description', 'lang', 'iconGround', 'theme', 'address'] as const;
const KNOWN = [...REQUIRED, ...OPTIONAL, 'ground', 'routes', 'shortcuts'];
const COLOUR = /^#(?:[\da-f]{3}|[\da-f]{6})$/i;

/** @throws Problem that says what is wrong with it */
export function readConfiguration(text: string, file: string): AppConfiguration {
  const wrong = (what: string) => new Problem(`${file}: ${what}.`);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw wrong(`it is not JSON: ${(error as Error).message}`);
  }
  if (!isObject(read)) throw wrong('it must be an object');
  const unknown = Object.keys(read).filter((name) => !KNOWN.includes(name));
  if (unknown.length > 0) throw wrong(`"${unknown.join('", "')}" means nothing. Known: ${KNOWN.join(', ')}`);
  for (const name of REQUIRED) if (typeof read[name] !== 'string' || read[name].trim() === '') throw wrong(`"${name}" is missing`);
  for (const name of OPTIONAL) if (read[name] !== undefined && typeof read[name] !== 'string') throw wrong(`"${name}" must be a text`);

  const { ground = { light: '#ffffff', dark: '#15171a' }, iconGround, address = '/application/', lang = 'fr' } = read;
  if (!isObject(ground) || !isColour(ground['light']) || !isColour(ground['dark'])) throw wrong('"ground" must be {"light": "#rrggbb", "dark": "#rrggbb"}');
  if (iconGround !== undefined && !isColour(iconGround)) throw wrong('"iconGround" must be a colour such as "#0b625d"');
  if (!/^\/([\w.~-]+\/)*$/.test(String(address))) throw wrong('"address" must be a folder of the site, such as "/application/"');
  for (const name of ['api', 'kit'] as const) if (!/^(https?:\/\/|\/)/.test(String(read[name]))) throw wrong(`"${name}" must be an address, such as "https://…" or a path of the site`);
  const routes = read['routes'] ?? {};
  if (!isObject(routes) || !Object.values(routes).every((route) => typeof route === 'string')) throw wrong('"routes" must be an object from a view to its address');
  const shortcuts = read['shortcuts'] ?? SHORTCUTS[String(lang).startsWith('en') ? 'en' : 'fr'];
  if (!Array.isArray(shortcuts) || !shortcuts.every((each) => isObject(each) && typeof each['name'] === 'string' && typeof each['url'] === 'string')) throw wrong('"shortcuts" must be a list of {"name": "…", "url": "…"}');
  return { ...read, ground, lang, address, routes, shortcuts } as unknown as AppConfiguration;
}

function isColour(value: unknown): boolean {
  return typeof value === 'string' && COLOUR.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
