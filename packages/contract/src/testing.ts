/** What tests of the money share: dated prices and taxes, and a tariff through the changes of 1 August 2025 and 1 February 2026. */
import type { ContractPrice, DatedTax } from './contracts.ts';
import type { Tariff } from './cost.ts';
import type { LocalDay } from './time.ts';
import { unitPrice } from './units.ts';

export function price(what: string, value: number, from: LocalDay, to: LocalDay | null = null): ContractPrice {
  return { what, unit: what === 'standing-charge' || what === 'network-fixed' ? 'month' : 'kWh', price: unitPrice(value), from, to };
}

export function tax(what: DatedTax['what'], rate: number, from: LocalDay, to: LocalDay | null = null): DatedTax {
  return { what, rate, from, to };
}

/** Prices without tax. */
export const TARIFF_WITHOUT_TAX: Tariff = {
  prices: [
    price('standing-charge', 1_200_000, '2025-02-01', '2025-08-01'), price('standing-charge', 1_230_000, '2025-08-01'),
    price('network-fixed', 800_000, '2025-02-01', '2025-08-01'), price('network-fixed', 820_000, '2025-08-01'),
    price('network-energy', 5_000, '2025-02-01', '2025-08-01'), price('network-energy', 4_800, '2025-08-01'),
    price('HP', 15_000, '2025-02-01', '2025-08-01'), price('HP', 15_200, '2025-08-01'),
    price('HC', 11_000, '2025-02-01', '2025-08-01'), price('HC', 11_100, '2025-08-01'),
    price('BASE', 13_430, '2025-02-01', '2025-08-01'), price('BASE', 13_270, '2025-08-01', '2026-02-01'), price('BASE', 13_080, '2026-02-01'),
  ],
  taxes: [
    tax('excise', 3370, '2025-02-01', '2025-08-01'), tax('excise', 2998, '2025-08-01', '2026-02-01'), tax('excise', 3085, '2026-02-01'),
    tax('cta', 2193, '2021-08-01', '2026-02-01'), tax('cta', 1500, '2026-02-01'), tax('vat-energy', 2000, '2014-01-01'),
    tax('vat-standing-charge', 550, '2014-01-01', '2025-08-01'), tax('vat-standing-charge', 2000, '2025-08-01'),
  ],
};
