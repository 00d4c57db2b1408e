import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';

/**
 * Closes, when the server stops, the connections that have asked for nothing. Browsers open some ahead, and Node counts
 * them as busy until their time for a request is over: they would keep the server for more than a minute.
 */
export function closeSilentConnections(app: FastifyInstance): void {
  const silent = new Set<Socket>();
  app.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
  });
  app.server.on('request', ({ socket }) => silent.delete(socket));
  app.addHook('preClose', (done) => {
    for (const socket of silent) socket.destroy();
    done();
  });
}
