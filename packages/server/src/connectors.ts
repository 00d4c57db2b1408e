/** Who tells what the meters of a utility measure, and the signals of the network: read from a file once, and checked. */
import { createHash } from 'node:crypto';
import type { Energy } from '@oya/contract';
import * as z from 'zod/mini';
import { ApiClient } from './collection/api-client.ts';
import { DATASETS, SIGNALS, type Connector, type Dataset, type Limits, type Signal } from './collection/connector.ts';
import { enedis2026 } from './collection/enedis-2026.ts';
import { enedisV5 } from './collection/enedis-v5.ts';
import { grdfAdict } from './collection/grdf-adict.ts';
import { rte } from './collection/rte.ts';
import { ConfigError, type Config } from './config.ts';
import { isTrustworthy } from './providers.ts';
import { mistakesIn, readSettingFile } from './setting-files.ts';

/** Of a kind of connector: where its company has it, and what it is usually allowed. */
interface Kind {
  readonly energy: Energy | 'signals';
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly scope?: string;
  readonly credentialsIn: 'header' | 'body';
  /** Names of variables begin with it: `OYA_ENEDIS_CLIENT_ID`. */
  readonly variables: string;
  readonly callsPerMinute: number;
  readonly freshFrom: string;
}

const ENEDIS = {
  energy: 'electricity',
  baseUrl: 'https://gw.ext.prod.api.enedis.fr',
  tokenUrl: 'https://gw.ext.prod.api.enedis.fr/oauth2/v3/token',
  credentialsIn: 'body',
  variables: 'OYA_ENEDIS',
  callsPerMinute: 300,
  freshFrom: '08:00',
} as const satisfies Kind;

const KINDS = {
  'enedis-v5': ENEDIS,
  'enedis-2026': ENEDIS,
  'grdf-adict': {
    energy: 'gas',
    baseUrl: 'https://api.grdf.fr/adict/v2',
    tokenUrl: 'https://adict-connexion.grdf.fr/oauth2/aus5y2ta2uEHjCWIR417/v1/token',
    scope: '/adict/v2',
    credentialsIn: 'body',
    variables: 'OYA_GRDF',
    callsPerMinute: 60,
    freshFrom: '14:00',
  },
  rte: {
    energy: 'signals',
    baseUrl: 'https://digital.iservices.rte-france.com',
    tokenUrl: 'https://digital.iservices.rte-france.com/token/oauth/',
    credentialsIn: 'header',
    variables: 'OYA_RTE',
    callsPerMinute: 10,
    freshFrom: '10:40',
  },
} as const satisfies Readonly<Record<string, Kind>>;

type KindName = keyof typeof KINDS;

const MAKE = { 'enedis-v5': enedisV5, 'enedis-2026': enedis2026, 'grdf-adict': grdfAdict } as const;
const CALLS_PER_METER = 20;
/** So many calls may come at once where a minute allows a multiple of them. */
const BURST = 5;

const address = z.string().check(z.refine(isTrustworthy, { error: 'write an address with https: https://api.example.org' }));
const variable = z.string().check(z.regex(/^[A-Z_][A-Z0-9_]*$/, 'write the name of an environment variable, such as OYA_ENEDIS_CLIENT_ID; the secret itself never stands here'));
const clock = z.string().check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day: 08:00'));

const days = z.optional(z.int('write a whole number of days').check(z.minimum(1, 'write 1 or more')));

const settings = {
  baseUrl: z.optional(address),
  tokenUrl: z.optional(address),
  scope: z.optional(z.string()),
  /** Where the token's address wants the credentials. */
  credentialsIn: z.optional(z.enum(['header', 'body'], { error: 'write header or body' })),
  clientIdVariable: z.optional(variable),
  clientSecretVariable: z.optional(variable),
  callsPerMinute: z.optional(z.int('write a whole number').check(z.minimum(1, 'write 1 or more'), z.maximum(100_000, 'write at most 100000'))),
  callsPerMeter: z.optional(z.int('write a whole number').check(z.minimum(1, 'write 1 or more'), z.maximum(1000, 'write at most 1000'))),
  freshFrom: z.optional(clock),
  /** What a network operator leaves out, or limits in another way. */
  datasets: z.optional(z.partialRecord(z.enum([...DATASETS, ...SIGNALS]), z.union([z.literal(false), z.strictObject({ daysPerCall: days, historyDays: days })], 'write false to leave it out, or {"daysPerCall": 7, "historyDays": 745}'))),
};

type Settings = { [K in keyof typeof settings]?: z.output<(typeof settings)[K]> | undefined };

const ofEnergy = (energy: Energy) => {
  const names = (Object.keys(KINDS) as KindName[]).filter((name) => KINDS[name].energy === energy);
  return z.optional(z.strictObject({ ...settings, kind: z.enum(names as ['enedis-v5'], { error: `write ${names.join(' or ')}` }) }, `write {"kind": "${names.at(-1) ?? ''}"}`));
};

const File = z.strictObject({
  utilities: z._default(z.record(z.string(), z.strictObject({ electricity: ofEnergy('electricity'), gas: ofEnergy('gas') }, 'write {"electricity": {"kind": …}, "gas": {"kind": …}}')), {}),
  rte: z.optional(z.strictObject(settings, 'write {} for the signals of RTE')),
}, 'write {"utilities": {"<utility>": {"electricity": {"kind": "enedis-2026"}}}, "rte": {}}');

/** Who is asked about which meters. */
export interface Connectors {
  readonly utilities: Readonly<Record<string, Readonly<Partial<Record<Energy, Connector>>>>>;
  readonly signals: Connector<Signal> | undefined;
}

export const NO_CONNECTORS: Connectors = { utilities: {}, signals: undefined };

/**
 * @param environment holds the credentials, which never stand in the file
 * @returns what the file says; nothing when there is none
 * @throws ConfigError that tells each mistake in the file, with where it stands, and each variable that is not set
 */
export async function loadConnectors({ connectorsFile }: Pick<Config, 'connectorsFile'>, environment: Readonly<Record<string, string | undefined>>): Promise<Connectors> {
  if (connectorsFile === undefined) return NO_CONNECTORS;
  const file = { path: connectorsFile, setting: 'OYA_CONNECTORS', subject: 'The connectors', verb: 'are' } as const;
  const result = File.safeParse(await readSettingFile(file));
  if (!result.success) throw mistakesIn(file, result.error.issues.map(describeIssue).join('\n'), 'packages/server/connectors.example.json');

  const missing = new Set<string>();
  const unknown: string[] = [];
  const client = (kind: KindName, given: Settings): ApiClient => {
    const { variables, ...usual } = KINDS[kind] as Kind;
    const [clientId, clientSecret] = [given.clientIdVariable ?? `${variables}_CLIENT_ID`, given.clientSecretVariable ?? `${variables}_CLIENT_SECRET`].map((name) => {
      const value = environment[name]?.trim() ?? '';
      if (value === '') missing.add(name);
      return value;
    }) as [string, string];
    return new ApiClient({ baseUrl: given.baseUrl ?? usual.baseUrl, tokenUrl: given.tokenUrl ?? usual.tokenUrl, scope: given.scope ?? usual.scope, credentialsIn: given.credentialsIn ?? usual.credentialsIn, clientId, clientSecret });
  };
  const connector = <D extends string>(kind: KindName, given: Settings, make: (client: ApiClient) => Pick<Connector<D>, 'datasets' | 'fetch'>): Connector<D> => {
    const usual: Kind = KINDS[kind];
    const callsPerMinute = given.callsPerMinute ?? usual.callsPerMinute;
    const [hours = 0, minutes = 0] = (given.freshFrom ?? usual.freshFrom).split(':').map(Number);
    const made = make(client(kind, given));
    for (const name of Object.keys(given.datasets ?? {})) if (!(name in made.datasets)) unknown.push(`  ${kind}: datasets: there is no ${name}; there are ${Object.keys(made.datasets).join(', ')}`);
    const whose = environment[given.clientIdVariable ?? `${usual.variables}_CLIENT_ID`] ?? '';
    return {
      ...made,
      datasets: limited<D>(made.datasets, given.datasets),
      name: `${kind} ${new URL(given.baseUrl ?? usual.baseUrl).host} ${createHash('sha256').update(whose).digest('hex').slice(0, 8)}`,
      pace: { callsPerMinute, burst: Math.min(BURST, callsPerMinute) },
      callsPerMeter: given.callsPerMeter ?? CALLS_PER_METER,
      freshFrom: hours * 60 + minutes,
    };
  };
  const { utilities, rte: signals } = result.data;
  const connectors: Connectors = {
    utilities: Object.fromEntries(
      Object.entries(utilities).map(([id, energies]) => [
        id,
        Object.fromEntries(Object.entries(energies).flatMap(([energy, given]) => (given ? [[energy, connector<Dataset>(given.kind, given, MAKE[given.kind])]] : []))),
      ]),
    ),
    signals: signals && connector<Signal>('rte', signals, rte),
  };
  if (unknown.length > 0) throw mistakesIn(file, unknown.join('\n'), 'packages/server/connectors.example.json');
  if (missing.size > 0) throw new ConfigError(`${connectorsFile} (OYA_CONNECTORS) needs ${[...missing].join(', ')}, which ${missing.size === 1 ? 'is' : 'are'} not set. Set ${missing.size === 1 ? 'it' : 'them'} in the environment to what the network operator has given you, or name others there: clientIdVariable, clientSecretVariable.`);
  return connectors;
}

/** @throws ConfigError for a connector of a utility that is not there: its meters would stay without data, and nobody would know why */
export function requireConnected({ utilities }: Connectors, known: readonly string[]): void {
  const unknown = Object.keys(utilities).filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new ConfigError(`OYA_CONNECTORS names ${unknown.join(', ')}, but there ${known.length === 1 ? 'is only' : 'are only'} ${known.join(', ')}. Correct the names of the utilities there.`);
}

function limited<D extends string>(usual: Connector<D>['datasets'], given: Settings['datasets'] = {}): Connector<D>['datasets'] {
  const entries = (Object.entries(usual) as [D, Limits][]).flatMap(([name, limits]) => {
    const own = (given as Readonly<Partial<Record<string, false | Partial<Record<keyof Limits, number | undefined>>>>>)[name];
    return own === false ? [] : [[name, { daysPerCall: own?.daysPerCall ?? limits.daysPerCall, historyDays: own?.historyDays ?? limits.historyDays }] as const];
  });
  return Object.fromEntries(entries) as Connector<D>['datasets'];
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const what = issue.code === 'unrecognized_keys' ? `there is no setting ${issue.keys.join(', ')}${issue.path.length < 2 ? '' : `; there are kind, ${Object.keys(settings).join(', ')}`}` : issue.message;
  return `  ${[...issue.path, what].join(': ')}`;
}
