import type { Contract, InvoiceDetails, LocalDay, Mandate, Meter, PaymentTerms, PostalAddress, Utility } from '@oya/contract';
import type { Language } from '../mail/messages.ts';
import type { ConsumedPeriod } from './consumed-periods.ts';

/** All that an invoice says, whatever it is written as. */
export interface InvoiceDocument {
  readonly details: InvoiceDetails;
  readonly contract: Contract;
  readonly utility: Utility;
  /** What the utility takes, and where to. */
  readonly terms: Pick<PaymentTerms, 'transfer' | 'energyVoucher'>;
  /** The one that its debit is asked by; `null` where there is none. */
  readonly mandate: Mandate | null;
  readonly language: Language;
  readonly meter: Pick<Meter, 'serialNumber' | 'kind'> | null;
  /** Where the customer gets letters; `null` where only the site is known. */
  readonly postalAddress: PostalAddress | null;
  /** What was consumed until the end of this invoice's period, the oldest first. */
  readonly history: readonly ConsumedPeriod[];
  /** Around when the invoice after this one is issued. */
  readonly nextOn: LocalDay | null;
}
