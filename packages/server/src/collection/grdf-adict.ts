/** GRDF ADICT v2, `donnees_consos_informatives`: gas days, one JSON record a line, three years back. */
import { objectIn, objectOf, textOf, type Answer, type ApiClient } from './api-client.ts';
import type { Connector, Outcome, Refusal } from './connector.ts';

/** Codes of `statut_restitution`, which come with status 200 too. */
const KINDS: Readonly<Record<string, Refusal>> = {
  // Moved out; the right has ended, is not there, does not cover this, is not proven, was withdrawn.
  1000000: 'no-consent',
  1000001: 'no-consent',
  1000002: 'no-consent',
  1000000006: 'unknown-point',
  1000009: 'no-consent',
  1000010: 'no-consent',
  1000011: 'no-consent',
  1000014: 'no-consent',
  1000008: 'no-data',
  // Some of it went wrong there: the same question is worth another try.
  2000100: 'broken',
};

export function grdfAdict(client: ApiClient): Pick<Connector, 'datasets' | 'fetch'> {
  return {
    datasets: { days: { daysPerCall: 365, historyDays: 1095 } },
    fetch({ deliveryPoint, period: { from, to } }, signal) {
      return client.ask(`/pce/${encodeURIComponent(deliveryPoint)}/donnees_consos_informatives`, { date_debut: from, date_fin: to }, judge, signal);
    },
  };
}

function judge({ status, bytes }: Answer): Outcome {
  const records = textOf(bytes).split('\n').filter((line) => line.trim() !== '').map(objectIn);
  if (status === 200 && records.some(({ consommation }) => hasEnergy(consommation))) return { kind: 'data', bytes };
  // Of a right, a status stands by itself; of consumption, in each record.
  for (const record of records) {
    const told = objectOf(record['statut_restitution']);
    const code = String(told['code'] ?? record['code_statut_traitement'] ?? record['code'] ?? '').replace(/^0+/, '');
    if (code === '') continue;
    const said = String(told['message'] ?? record['message_retour_traitement'] ?? record['message'] ?? '');
    return { kind: KINDS[code] ?? kindOf(status), detail: [`${status}`, code, said.slice(0, 200)].filter(Boolean).join(' ') };
  }
  if (status === 200) return { kind: 'no-data', detail: records.length === 0 ? 'the answer holds no record' : 'the answer holds no energy' };
  return { kind: kindOf(status), detail: `${status}` };
}

function hasEnergy(flow: unknown): boolean {
  return typeof objectOf(flow)['energie'] === 'number' || typeof objectOf(flow)['energie'] === 'string';
}

function kindOf(status: number): Refusal {
  if (status === 403) return 'no-consent';
  return status === 404 ? 'unknown-point' : 'broken';
}
