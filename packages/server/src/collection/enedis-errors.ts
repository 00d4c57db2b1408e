/** What Enedis' APIs of both generations answer in place of measurements. */
import { jsonIn, objectOf, textOf, type Answer } from './api-client.ts';
import type { Outcome, Refusal } from './connector.ts';

/**
 * Codes without the prefix `ADAM-` that some gateways leave out, as Enedis documents them for Data Connect; those of 2026
 * (`SGT…`, `STM…`, six digits of the gateway) as its API was seen to answer.
 */
const KINDS: Readonly<Record<string, Refusal | 'quota'>> = {
  // The customer does not hold the delivery point; has given no consent; the portal has no right.
  'DC-0007': 'no-consent',
  'DC-0008': 'no-consent',
  SGT403: 'no-consent',
  // The period begins before the consent, before what is kept, before the meter was put into service.
  'DC-0009': 'before-history',
  'DC-0016': 'before-history',
  ERR0123: 'before-history',
  ERR0125: 'before-history',
  // The delivery point does not measure in this direction; the hourly collection is off.
  ERR0069: 'not-measured',
  ERR0075: 'not-measured',
  no_data_found: 'no-data',
  'STM-ERR-0000014': 'no-data',
  SGT404: 'no-data',
  SGT429: 'quota',
  429: 'quota',
  900901: 'refused',
  900908: 'refused',
};

/** Judges an answer that holds no measurement. */
export function enedisRefusal({ status, bytes }: Answer): Exclude<Outcome, { kind: 'data' }> {
  // Some errors come as a list.
  const file = objectOf([jsonIn(textOf(bytes))].flat()[0]);
  // Gateways put the answer of Enedis inside their own.
  const answer = [file['enedis_return'], file['error'], file].map(objectOf).find((each) => codeOf(each) !== '') ?? {};
  const code = codeOf(answer).slice(0, 40);
  const said = [answer['error_description'], answer['message']].find((each) => typeof each === 'string') ?? '';
  const detail = [`${status}`, code, String(said).slice(0, 200)].filter(Boolean).join(' ');
  return { kind: KINDS[code.replace(/^ADAM-/, '')] ?? kindOf(status), detail };
}

/** Where the code says nothing that is known. */
function kindOf(status: number): Refusal {
  if (status === 403) return 'no-consent';
  return status === 404 ? 'unknown-point' : 'broken';
}

function codeOf(answer: Record<string, unknown>): string {
  return [answer['error'], answer['error_code'], answer['code']].map((code) => (typeof code === 'string' || typeof code === 'number' ? String(code) : '')).find(Boolean) ?? '';
}
