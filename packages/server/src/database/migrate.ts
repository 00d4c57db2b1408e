import { Migrator, type Migration } from 'kysely/migration';
import type { Database } from './open.ts';
import { portal } from './migrations/001-portal.ts';
import { access } from './migrations/002-access.ts';
import { contracts } from './migrations/003-contracts.ts';
import { profile } from './migrations/004-profile.ts';
import { passkeys } from './migrations/005-passkeys.ts';
import { idempotency } from './migrations/006-idempotency.ts';
import { federation } from './migrations/007-federation.ts';
import { measures } from './migrations/008-measures.ts';
import { consents } from './migrations/009-consents.ts';
import { changes } from './migrations/010-changes.ts';
import { collection } from './migrations/011-collection.ts';
import { receipts } from './migrations/012-receipts.ts';
import { invoices } from './migrations/013-invoices.ts';
import { payments } from './migrations/014-payments.ts';
import { paymentMeans } from './migrations/015-payment-means.ts';
import { attachments } from './migrations/016-attachments.ts';
import { instalments } from './migrations/017-instalments.ts';
import { attachmentInvoice } from './migrations/018-attachment-invoice.ts';
import { readings } from './migrations/020-readings.ts';
import { attachmentPurposes } from './migrations/021-attachment-purposes.ts';
import { webhooks } from './migrations/022-webhooks.ts';
import { messages } from './migrations/023-messages.ts';
import { serviceRequests } from './migrations/024-service-requests.ts';
import { energyWeather } from './migrations/025-energy-weather.ts';
import { outages } from './migrations/027-outages.ts';
import { toldSignals } from './migrations/029-told-signals.ts';
import { alerts } from './migrations/030-alerts.ts';

/** Every migration, in order. Adding one is adding a file and its line here; those that were released never change. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-portal': portal,
  '002-access': access,
  '003-contracts': contracts,
  '004-profile': profile,
  '005-passkeys': passkeys,
  '006-idempotency': idempotency,
  '007-federation': federation,
  '008-measures': measures,
  '009-consents': consents,
  '010-changes': changes,
  '011-collection': collection,
  '012-receipts': receipts,
  '013-invoices': invoices,
  '014-payments': payments,
  '015-payment-means': paymentMeans,
  '016-attachments': attachments,
  '017-instalments': instalments,
  '018-attachment-invoice': attachmentInvoice,
  '020-readings': readings,
  '021-attachment-purposes': attachmentPurposes,
  '022-webhooks': webhooks,
  '023-messages': messages,
  '024-service-requests': serviceRequests,
  '025-energy-weather': energyWeather,
  '027-outages': outages,
  '029-told-signals': toldSignals,
  '030-alerts': alerts,
};

/**
 * Brings the database to the state that this version of the server needs; does nothing when it is there.
 * Several instances may do it at once: one works, the others wait.
 */
export async function migrate(db: Database): Promise<void> {
  const { error } = await migrator(db).migrateToLatest();
  if (error === undefined) return;
  throw new Error(`The database could not be migrated: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
}

export async function isMigrated(db: Database): Promise<boolean> {
  const migrations = await migrator(db).getMigrations();
  return migrations.every(({ executedAt }) => executedAt !== undefined);
}

function migrator(db: Database): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve({ ...MIGRATIONS }) } });
}
