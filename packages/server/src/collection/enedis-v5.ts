/**
 * Enedis Data Connect, metering data v5: `start` is the first day, `end` excluded. A load curve is told by 7 days, 24 months
 * and 15 days back; days and powers 36 months and 15 days back, a year at a time.
 */
import { listOf, objectIn, objectOf, textOf, type ApiClient } from './api-client.ts';
import { isProduction, type Connector, type Dataset, type Limits } from './connector.ts';
import { enedisRefusal } from './enedis-errors.ts';

const PATHS: Readonly<Record<Dataset, string>> = {
  days: '/metering_data_dc/v5/daily_consumption',
  'load-curve': '/metering_data_clc/v5/consumption_load_curve',
  'maximum-power': '/metering_data_dcmp/v5/daily_consumption_max_power',
  'production-days': '/metering_data_dp/v5/daily_production',
  'production-curve': '/metering_data_plc/v5/production_load_curve',
};

const CURVE: Limits = { daysPerCall: 7, historyDays: 730 + 15 };
const DAILY: Limits = { daysPerCall: 365, historyDays: 1095 + 15 };

/** What both generations keep, and for how long. */
export const ENEDIS_LIMITS: Readonly<Record<Dataset, Limits>> = {
  days: DAILY,
  'load-curve': CURVE,
  'maximum-power': DAILY,
  'production-days': DAILY,
  'production-curve': CURVE,
};

export function enedisV5(client: ApiClient): Pick<Connector, 'datasets' | 'fetch'> {
  return {
    datasets: ENEDIS_LIMITS,
    fetch({ dataset, deliveryPoint, period: { from, to } }, signal) {
      return client.ask(
        PATHS[dataset],
        { usage_point_id: deliveryPoint, start: from, end: to },
        (answer) => {
          const reading = objectOf(objectIn(textOf(answer.bytes))['meter_reading']);
          if (answer.status !== 200 || Object.keys(reading).length === 0) return enedisRefusal(answer);
          if (listOf(reading['interval_reading']).length === 0) return { kind: 'no-data', detail: 'the answer holds no reading' };
          // Production has the same shape, word for word.
          return { kind: 'data', bytes: answer.bytes, direction: isProduction(dataset) ? 'production' : 'consumption' };
        },
        signal,
      );
    },
  };
}
