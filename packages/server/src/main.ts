/** `node main.ts`: serves the portal until it is told to stop. */
import { createServer, DatabaseError, describeSettings, listen, loadConnectors, loadOutageMaps, loadPayments, loadProviders, loadTariffs, loadTerritory, migrate, openDatabase, readConfig, seed, ConfigError, type Config } from './index.ts';

if (process.argv.includes('--help')) {
  console.log(`Serves the portal API. Settings, by environment variables (default):\n${describeSettings()}`);
} else {
  await serve();
}

async function serve(): Promise<void> {
  try {
    const config = readConfig(process.env);
    const territory = await loadTerritory(config);
    const tariffs = await loadTariffs(config);
    const maps = await loadOutageMaps(config);
    const providers = await loadProviders(config);
    const connectors = await loadConnectors(config, process.env);
    const payments = await loadPayments(config, process.env);
    const db = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
    try {
      await migrate(db);
      if (config.demo) await seed(db);
      const app = createServer({ db, config, territory, tariffs, maps, providers, connectors, payments });
      stopOnSignal(async () => {
        await app.close();
        await db.destroy();
      });
      await listen(app, { host: config.host, port: config.port });
    } catch (error) {
      await db.destroy();
      throw explain(error, config);
    }
  } catch (error) {
    if (!(error instanceof ConfigError || error instanceof DatabaseError)) throw error;
    console.error(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}

/** Requests under way are answered, then the database is closed. Ctrl-C may come twice, through npm too: one stop serves both. */
function stopOnSignal(stop: () => Promise<void>): void {
  let stopping: Promise<void> | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      stopping ??= stop();
    });
  }
}

function explain(error: unknown, { host, port }: Config): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return new ConfigError(`Port ${port} is in use. Stop what uses it, or choose another port (PORT).`);
  if (code === 'EACCES') return new ConfigError(`This user may not listen on port ${port}. Choose one above 1023 (PORT).`);
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new ConfigError(`This machine has no address ${host}. Set HOST to 127.0.0.1, or to 0.0.0.0 for all.`);
  return error;
}
