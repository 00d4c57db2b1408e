/** What a receipt tells: one event of a consent, all that happened to that consent before, whose it is, and who says so. */
import type { ConsentEvent, Contract, Instant, Meter, Utility } from '@oya/contract';

export const RECEIPT_FORMAT = 'oya-consent-receipt/1';

export interface Receipt {
  readonly format: typeof RECEIPT_FORMAT;
  readonly issuedAt: Instant;
  readonly utility: Pick<Utility, 'id' | 'name' | 'legalName' | 'timeZone'>;
  readonly contract: Pick<Contract, 'number' | 'holder' | 'energy' | 'deliveryPoint'>;
  readonly meter: Pick<Meter, 'id' | 'serialNumber'>;
  readonly event: ConsentEvent;
  /** Of the same consent, the earliest first, up to the event and with it. */
  readonly history: readonly ConsentEvent[];
}
