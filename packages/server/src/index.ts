/** The reference portal API: a server over PostgreSQL or PGlite, its demo data, and the import of measurements. */
export { ConfigError, describeSettings, readConfig, type Config, type CookieConfig } from './config.ts';
export { loadConnectors, type Connectors } from './connectors.ts';
export { DatabaseError } from './database/errors.ts';
export { migrate } from './database/migrate.ts';
export { openDatabase, type Database, type DatabaseOptions } from './database/open.ts';
export { LinkError, linkReference } from './identity/references.ts';
export { createServer, listen, type ServerOptions } from './http/server.ts';
export { importFile, ImportError, type ContentReport, type ImportOptions, type ImportReport } from './measurements/import-file.ts';
export { loadOutageMaps, type OutageMaps } from './outage-maps.ts';
export { loadPayments, type PaymentsOfUtilities } from './payments/payment-settings.ts';
export { loadProviders } from './providers.ts';
export { seed } from './seed.ts';
export { loadTariffs } from './tariffs.ts';
export { loadTerritory } from './territory.ts';
export { loadUtility } from './utilities.ts';
export { addAgent, agentsOf, revokeAgent } from './agents/agents.ts';
