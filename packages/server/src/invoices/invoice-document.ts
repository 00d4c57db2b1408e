import type { Contract, InvoiceDetails, LocalDay, Meter, PostalAddress, Utility } from '@oya/contract';
import type { Language } from '../mail/messages.ts';
import type { ConsumedPeriod } from './consumed-periods.ts';

/** All that an invoice says, whatever it is written as. */
export interface InvoiceDocument {
  readonly details: InvoiceDetails;
  readonly contract: Contract;
  readonly utility: Utility;
  readonly language: Language;
  readonly meter: Pick<Meter, 'serialNumber' | 'kind'> | null;
  /** Where the customer gets letters; `null` where only the site is known. */
  readonly postalAddress: PostalAddress | null;
  /** What was consumed until the end of this invoice's period, the oldest first. */
  readonly history: readonly ConsumedPeriod[];
  /** Around when the invoice after this one is issued. */
  readonly nextOn: LocalDay | null;
}
