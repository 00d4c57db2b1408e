/** What was asked for, in words: before it is sent, and whenever it is looked at again. */
import type { Contract, Meter, PostalAddress, RequestDetails } from '@oya/contract';
import type { Format, Translate } from '@oya/core';
import type { fr } from './telling.messages.ts';

export interface Told {
  /** The field, as faults name it. */
  readonly path: string;
  readonly label: string;
  readonly value: string;
}

export interface TellingPlace {
  readonly t: Translate<typeof fr>;
  readonly format: Format;
  readonly contracts: readonly Pick<Contract, 'id' | 'energy' | 'site'>[];
  readonly meters: readonly Pick<Meter, 'id' | 'serialNumber'>[];
}

export function tellDetails(details: RequestDetails, { t, format, contracts, meters }: TellingPlace): Told[] {
  const list = (values: readonly string[]) => new Intl.ListFormat(format.locale).format(values);
  const told: Told[] = [];
  const tell = (path: string, label: string, value: string | undefined) => value !== undefined && value !== '' && told.push({ path, label, value });
  const contractWords = (id: string | undefined) => (id === undefined ? undefined : contractName(contracts.find((contract) => contract.id === id), t));
  switch (details.kind) {
    case 'moving': {
      const { leaving, entering, address } = details;
      tell('moves', t('moves'), t(leaving ? (entering ? 'moves.both' : 'moves.out') : 'moves.in'));
      if (leaving) {
        tell('leaving.contractIds', t('leaving.contractIds'), list(leaving.contractIds.map((id) => contractWords(id) ?? id)));
        tell('leaving.on', t('leaving.on'), format.day(leaving.on));
        for (const { meterId, on, indexes } of leaving.readings ?? []) {
          const serial = meters.find(({ id }) => id === meterId)?.serialNumber ?? '';
          const read = indexes.map(({ register, index, doubt }) => `${indexes.length > 1 ? `${register} ` : ''}${format.number(index)}${doubt ? ` (${t(`doubt.${doubt}`)})` : ''}`);
          tell(`readings.${meterId}`, t('reading', { serial }), `${list(read)}, ${format.day(on, 'long')}`);
        }
        tell('leaving.successor', t('leaving.successor'), leaving.successor);
      }
      if (entering) {
        tell('entering.on', t('entering.on'), format.day(entering.on));
        tell('entering.energies', t('entering.energies'), list(entering.energies.map((energy) => t(`energy.${energy}`))));
        for (const { energy, index } of entering.indexes ?? []) tell(`entering.indexes.${energy}`, t(`entering.indexes.${energy}`), format.number(index));
      }
      tell('address.street', t('address.new'), addressWords(address));
      break;
    }
    case 'power-or-tariff':
      tell('contractId', t('contractId'), contractWords(details.contractId));
      tell('powerKva', t('powerKva'), details.powerKva === undefined ? undefined : t('powerKva.value', { power: details.powerKva }));
      tell('tariff', t('tariff'), details.tariff && t(`tariff.${details.tariff}`));
      tell('on', t('on'), details.on && format.day(details.on));
      break;
    case 'connection':
      tell('energy', t('energy'), t(`energy.${details.energy}`));
      tell('work', t('work'), t(`work.${details.work}`));
      tell('powerKva', t('powerKva'), details.powerKva === undefined ? undefined : t('powerKva.value', { power: details.powerKva }));
      tell('address.street', t('address'), addressWords(details.address));
      tell('on', t('on'), format.day(details.on));
      break;
    case 'claim':
      tell('topic', t('topic'), t(`topic.${details.topic}`));
      tell('contractId', t('contractId'), contractWords(details.contractId));
      tell('on', t('on.claim'), details.on && format.day(details.on));
      break;
    case 'documents':
      tell('document', t('document'), t(`document.${details.document}`));
      tell('contractId', t('contractId'), contractWords(details.contractId));
      break;
    default:
      details satisfies never;
  }
  tell('words', t('words'), details.words);
  return told;
}

export function contractName(contract: Pick<Contract, 'energy' | 'site'> | undefined, t: Translate<typeof fr>): string | undefined {
  return contract && `${t(`energy.${contract.energy}`)}, ${contract.site.label}, ${contract.site.address}`;
}

function addressWords({ lines, postcode, city }: PostalAddress): string {
  return [...lines, `${postcode} ${city}`].join(', ');
}
