/** GRDF's files, from days or periods of our own. Energy and volume are whole kWh and m³ there. */
import { addDays, dayStart, offsetMinutes, qualityAt, type EnergySeries, type LocalDay, type Quality } from '@oya/contract';
import type { Cell, MeterPeriod } from '../reader.ts';
import { workbookOf } from './workbook.ts';

const WORDS: Readonly<Record<Quality, string>> = { real: 'Mesuré', provisional: 'Mesuré', estimated: 'Estimé', incomplete: 'Estimé', missing: 'Absence de Données' };

interface GasRow {
  readonly from: LocalDay;
  readonly to: LocalDay;
  readonly energy: number | null;
  readonly volume: number | null;
  readonly indexStart: number | null;
  readonly indexEnd: number | null;
  readonly quality: Quality;
}

export function daysOf({ from, values, volumes, quality }: EnergySeries): GasRow[] {
  return values.map((energy, index) => ({
    from: addDays(from, index),
    to: addDays(from, index + 1),
    energy,
    volume: volumes?.[index] ?? null,
    indexStart: null,
    indexEnd: null,
    quality: qualityAt(quality, index),
  }));
}

/** What the customer space answers; its offsets say UTC where the clock is local. */
export function grdfCustomerJson(rows: readonly (GasRow | MeterPeriod)[], deliveryPoint: string): Uint8Array {
  const releves = rows.map(({ from, to, energy, volume, indexStart, indexEnd, quality }) => ({
    coeffConversion: quality === 'missing' ? null : 11.07,
    dateDebutReleve: `${from}T06:00:00+00:00`,
    dateFinReleve: `${to}T06:00:00+00:00`,
    energieConsomme: thousandths(energy),
    indexDebut: thousandths(indexStart),
    indexFin: thousandths(indexEnd),
    journeeGaziere: addDays(from, 1) === to ? from : null,
    qualificationReleve: WORDS[quality],
    status: quality === 'provisional' ? 'Provisoire' : 'Définitive',
    temperature: null,
    volumeBrutConsomme: thousandths(volume),
  }));
  return new TextEncoder().encode(JSON.stringify({ [deliveryPoint]: { frequence: null, idPce: deliveryPoint, releves } }, null, 2));
}

/** ADICT, a record a line. */
export function grdfAdict(rows: readonly (GasRow | MeterPeriod)[], deliveryPoint: string, timeZone: string): Uint8Array {
  const at = (day: LocalDay): string => `${day}T06:00:00+0${offsetMinutes(dayStart(day, timeZone) + 6 * 3_600_000, timeZone) / 60}:00`;
  const records = rows.map(({ from, to, energy, volume, indexStart, indexEnd, quality }) => ({
    pce: { id_pce: deliveryPoint },
    periode: { valeur: null, date_debut: from, date_fin: to },
    releve_debut: { index_brut_debut: { valeur_index: thousandths(indexStart), horodate_Index: at(from) } },
    releve_fin: { index_brut_fin: { valeur_index: thousandths(indexEnd), horodate_Index: at(to) } },
    consommation: {
      date_debut_consommation: at(from),
      date_fin_consommation: at(to),
      volume_brut: thousandths(volume),
      coeff_calcul: { coeff_conversion: 11.29 },
      energie: thousandths(energy),
      type_qualif_conso: WORDS[quality],
      sens_flux_gaz: 'Consommation',
      statut_conso: quality === 'provisional' ? 'Provisoire' : 'Définitive',
      journee_gaziere: addDays(from, 1) === to ? from : null,
    },
    statut_restitution: null,
  }));
  return new TextEncoder().encode(`${records.map((record) => JSON.stringify(record)).join('\n')}\n`);
}

/** Access rights, with the status at their end. */
export function grdfAccessRights(rights: readonly { deliveryPoint: string; state: string; to: LocalDay; isPublished: boolean }[], status = '0000000000'): Uint8Array {
  const records = rights.map(({ deliveryPoint, state, to, isPublished }) => ({
    id_droit_acces: `right of ${deliveryPoint}`, id_pce: deliveryPoint, role_tiers: 'AUTORISE_CONTRAT_FOURNITURE', etat_droit_acces: state, date_creation: '2021-07-02 16:41:14',
    date_fin_autorisation: `${to} 00:00:00`, perim_donnees_publiees: isPublished ? 'Vrai' : 'Faux', date_revocation: null,
  }));
  return new TextEncoder().encode([...records, { code_statut_traitement: status, message_retour_traitement: 'Traitement terminé.' }].map((record) => JSON.stringify(record)).join('\n'));
}

export interface GrdfWorkbookOptions {
  deliveryPoint: string;
  /** How a row names its days. */
  name(row: GasRow | MeterPeriod): string;
  exportDay?: string;
  withIndexes?: boolean;
}

export function grdfWorkbook(rows: readonly (GasRow | MeterPeriod)[], options: GrdfWorkbookOptions): Uint8Array {
  return workbookOf({ 'Historique par jour': grdfSheet(rows, options) });
}

/** The sheet of the customer space's workbook, whose labels stand on row 9; a day without data has zeros. */
export function grdfSheet(rows: readonly (GasRow | MeterPeriod)[], { deliveryPoint, name, exportDay = '24/11/2026', withIndexes = true }: GrdfWorkbookOptions): Cell[][] {
  const labels: Cell[] = withIndexes
    ? ['Date de relevé', 'Index de début de période (m3)', 'Index de fin de période (m3)', 'Volume consommé (m3)', 'Energie consommée (kWh)', 'Coefficient de conversion', 'Température locale (°C)', 'Qualification du relevé']
    : ['Date de relevé', 'Volume consommé (m3)', 'Energie consommée (kWh)'];
  const table = rows.map((row): Cell[] => {
    const zero = row.quality === 'missing' ? 0 : null;
    const [volume, energy] = [thousandths(row.volume) ?? zero, thousandths(row.energy) ?? zero];
    return withIndexes ? [null, name(row), thousandths(row.indexStart), thousandths(row.indexEnd), volume, energy, null, null, WORDS[row.quality]] : [null, name(row), volume, energy];
  });
  return [
    [null, 'Données informatives et détaillées', null, null, `Export du ${exportDay}`], [],
    [null, null, 'Adresse du logement : '],
    [null, null, 'N° PCE :', null, deliveryPoint],
    [null, null, 'Libellé du logement :'], [],
    [null, 'Les consommations dans ce tableau sont fournies à titre indicatif.'], [],
    [null, ...labels],
    ...table,
  ];
}

/** `24/11/2026`. */
export function frenchDay(day: LocalDay): string {
  return day.split('-').reverse().join('/');
}

function thousandths(value: number | null): number | null {
  return value === null ? null : value / 1000;
}
