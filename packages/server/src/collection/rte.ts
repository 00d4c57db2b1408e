/** RTE: EcoWatt v5, of today and three days; the colours of Tempo days, a year at a time, tomorrow's from about 10:30. */
import { dayStart, withOffset, type LocalDay, type TimeZone } from '@oya/contract';
import { listOf, objectIn, objectOf, textOf, type Answer, type ApiClient } from './api-client.ts';
import type { Connector, Outcome, Signal } from './connector.ts';

const ECOWATT = '/open_api/ecowatt/v5/signals';
const TEMPO = '/open_api/tempo_like_supply_contract/v1/tempo_like_calendars';

export function rte(client: ApiClient): Pick<Connector<Signal>, 'datasets' | 'fetch'> {
  return {
    datasets: { tempo: { daysPerCall: 365, historyDays: 730 }, ecowatt: { daysPerCall: 4, historyDays: 0 } },
    fetch({ dataset, period: { from, to }, timeZone }, signal) {
      if (dataset === 'ecowatt') return client.ask(ECOWATT, {}, (answer) => judge(answer, ({ signals }) => listOf(signals)), signal);
      const query = { start_date: midnight(from, timeZone), end_date: midnight(to, timeZone), fallback_status: 'true' };
      return client.ask(TEMPO, query, (answer) => judge(answer, ({ tempo_like_calendars: calendars }) => [calendars].flat().flatMap((each) => listOf(objectOf(each)['values']))), signal);
    },
  };
}

function judge({ status, bytes }: Answer, rowsOf: (file: Record<string, unknown>) => unknown[]): Outcome {
  const file = objectIn(textOf(bytes));
  if (status === 200) return rowsOf(file).length > 0 ? { kind: 'data', bytes } : { kind: 'no-data', detail: 'the answer holds no day' };
  const said = [file['error'], file['error_description']].filter((part) => typeof part === 'string').join(': ').slice(0, 200);
  const detail = [`${status}`, said].filter(Boolean).join(' ');
  if (status === 404) return { kind: 'no-data', detail };
  return { kind: status === 403 ? 'refused' : 'broken', detail };
}

/** `2026-11-24T00:00:00+01:00`. */
function midnight(day: LocalDay, timeZone: TimeZone): string {
  return withOffset(dayStart(day, timeZone), timeZone);
}
