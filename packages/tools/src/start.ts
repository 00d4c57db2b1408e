/** `npm start`: the demo, built if needed, in the foreground until it is told to stop. */
import { DEMO_PORTS, startDemo, type Demo } from '../../../demo/serve.ts';
import { buildIfChanged } from './build.ts';
import { findFreePorts, takenPorts } from './ports.ts';
import { main, Problem } from './problem.ts';
import { endOnSignals } from './programs.ts';

const FIRST_PORT = 4300;

const USAGE = `npm start                serves the demo on the ports from ${FIRST_PORT} on
PORT=8300 npm start      … from 8300 on
OYA_DATA_DIR=… npm start keeps the server's data there instead of data/demo
DATABASE_URL=… npm start uses that PostgreSQL instead of the embedded database`;

await main(async () => {
  if (process.argv.includes('--help')) return console.log(USAGE);

  const firstPort = await choosePorts();
  const letGo = endOnSignals();
  await buildIfChanged();
  letGo();

  let stopAsked = false;
  const stopped = new Promise<void>((resolve) => {
    // Ctrl-C reaches us from the terminal and again through npm: one stop serves both.
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        stopAsked = true;
        resolve();
      });
    }
  });
  const dataDir = process.env['OYA_DATA_DIR'];
  const demo = await startDemo({ firstPort, ...(dataDir && { dataDir }) });
  if (!stopAsked) announce(demo);
  await stopped;
  console.log('\nStopping…');
  await demo.stop();
});

/** The ports asked for or none; without a wish, the next free ones. */
async function choosePorts(): Promise<number> {
  const wish = process.env['PORT'];
  if (wish) return portsWished(wish);
  const free = await findFreePorts(FIRST_PORT, DEMO_PORTS);
  if (free === undefined) {
    throw new Problem(`Ports ${FIRST_PORT} and the blocks after it are taken. Choose the first of ${DEMO_PORTS} free ports yourself: PORT=8300 npm start`);
  }
  if (free !== FIRST_PORT) {
    const [taken] = await takenPorts(FIRST_PORT, DEMO_PORTS);
    console.log(`Port ${taken ?? FIRST_PORT} is taken by another program: using ${free} to ${free + DEMO_PORTS - 1}. To choose: PORT=8300 npm start`);
  }
  return free;
}

async function portsWished(wish: string): Promise<number> {
  const first = Number(wish);
  const last = 65_536 - DEMO_PORTS;
  if (!Number.isInteger(first) || first < 1 || first > last) {
    throw new Problem(`PORT=${wish} is not a port: the demo takes ${DEMO_PORTS} ports in a row from a whole number between 1 and ${last}, such as PORT=8300.`);
  }
  const taken = await takenPorts(first, DEMO_PORTS);
  if (taken.length === 0) return first;
  throw new Problem(
    `The demo takes the ports ${first} to ${first + DEMO_PORTS - 1}, and ${taken.join(', ')} cannot be had: another program uses it, or it needs more rights.\n` +
      'Stop that program, choose others (PORT=8300 npm start), or leave PORT out to let free ones be found.',
  );
}

function announce({ addresses }: Demo): void {
  const width = Math.max(...addresses.map(({ title }) => title.length));
  console.log(`\nOYA Elements runs. Open:\n`);
  for (const { title, url } of addresses) console.log(`  ${title.padEnd(width)}  ${url}`);
  console.log(`\nCtrl-C stops it.`);
}
