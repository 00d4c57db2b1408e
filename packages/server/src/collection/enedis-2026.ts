/** Enedis API of 2026, `mesure_synchrone_auto/v2`: `dateDebut` is the first day, `dateFin` excluded. */
import { listOf, objectIn, objectOf, textOf, type ApiClient } from './api-client.ts';
import type { Connector, Dataset } from './connector.ts';
import { enedisRefusal } from './enedis-errors.ts';
import { ENEDIS_LIMITS } from './enedis-v5.ts';

const RESOURCES: Readonly<Record<Dataset, string>> = {
  days: 'consommation_quotidienne',
  'load-curve': 'courbe_de_charge_consommation',
  'maximum-power': 'puissance_conso_max_quotidienne',
  'production-days': 'production_quotidienne',
  'production-curve': 'courbe_de_charge_production',
};

/** The greatest power is refused without them. */
const OF_POWER = { mesuresPas: 'P1D', grandeurPhysique: 'PMA' };

export function enedis2026(client: ApiClient): Pick<Connector, 'datasets' | 'fetch'> {
  return {
    datasets: ENEDIS_LIMITS,
    fetch({ dataset, deliveryPoint, period: { from, to } }, signal) {
      return client.ask(
        `/mesure_synchrone_auto/v2/${RESOURCES[dataset]}`,
        { pointId: deliveryPoint, dateDebut: from, dateFin: to, ...(dataset === 'maximum-power' && OF_POWER) },
        (answer) => {
          const { grandeur } = objectIn(textOf(answer.bytes));
          if (answer.status !== 200 || !Array.isArray(grandeur)) return enedisRefusal(answer);
          const isEmpty = grandeur.every((quantity) => listOf(objectOf(quantity)['points']).length === 0);
          return isEmpty ? { kind: 'no-data', detail: 'the answer holds no point' } : { kind: 'data', bytes: answer.bytes };
        },
        signal,
      );
    },
  };
}
