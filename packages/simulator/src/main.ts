/** `node main.ts --port 4320`: Enedis, GRDF, RTE and the network operator, until it is told to stop. */
import { parseArgs } from 'node:util';
import { startSimulator } from './simulator.ts';

const USAGE = `node packages/simulator/src/main.ts [--port 4320] [--decide-after 6000]
  --port           where it listens, on this machine only; 0 lets the system choose
  --decide-after   milliseconds that the network operator takes to decide on a consent
What it does just now is told by GET /control, and changed by POST /control.`;

try {
  const { values } = parseArgs({ options: { port: { type: 'string', default: '4320' }, 'decide-after': { type: 'string', default: '6000' }, help: { type: 'boolean', default: false } } });
  if (values.help) console.log(USAGE);
  else await serve(wholeNumber('--port', values.port, 65_535), wholeNumber('--decide-after', values['decide-after'], 86_400_000));
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(code === 'EADDRINUSE' ? 'The port is taken by another program: choose another (--port 0 for any that is free).' : `${message}\n\n${USAGE}`);
  process.exitCode = 1;
}

async function serve(port: number, decideAfterMs: number): Promise<void> {
  const { baseUrl, stop } = await startSimulator({ port, decideAfterMs });
  console.log(`Enedis, GRDF, RTE and the network operator: ${baseUrl}\nCtrl-C stops them.`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
}

function wholeNumber(name: string, text: string, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > most) throw new Error(`${name} ${text} is not a whole number up to ${most}.`);
  return value;
}
