import { createServer } from 'node:net';

/**
 * The first of `count` ports in a row that are all free, from `first` on in steps of 100.
 * @returns `undefined` when none of the first ten blocks is free
 */
export async function findFreePorts(first: number, count: number): Promise<number | undefined> {
  for (let block = 0; block < 10; block++) {
    const start = first + block * 100;
    if ((await takenPorts(start, count)).length === 0) return start;
  }
  return undefined;
}

/** Which of `count` ports from `first` on another program listens on. */
export async function takenPorts(first: number, count: number): Promise<number[]> {
  const ports = Array.from({ length: count }, (_, index) => first + index);
  const free = await Promise.all(ports.map(isFree));
  return ports.filter((_, index) => !free[index]);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: 'localhost' }, () => server.close(() => resolve(true)));
  });
}
