/** A push service on this machine, with browsers that read what came for them as real ones do. */
import { createDecipheriv, createECDH, hkdfSync, randomBytes, type ECDH } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly payload: { readonly title: string; readonly body: string; readonly url?: string; readonly tag: string; readonly lang: string; readonly urgent?: boolean };
}

export class PushService {
  readonly #server: Server;
  readonly #browsers = new Map<string, TestBrowser>();
  /** What it answers, in turn; then 201. */
  readonly answers: { readonly status: number; readonly headers?: Record<string, string> }[] = [];
  asked = 0;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<PushService> {
    const server = createServer();
    const service = new PushService(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        service.asked++;
        const { status, headers } = service.answers.shift() ?? { status: 201 };
        if (status === 201) service.#browsers.get(request.url ?? '')?.take(request.headers, Buffer.concat(parts));
        response.writeHead(status, headers).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return service;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  browser(): TestBrowser {
    const path = `/push/${randomBytes(12).toString('hex')}`;
    const browser = new TestBrowser(this.origin + path);
    this.#browsers.set(path, browser);
    return browser;
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export class TestBrowser {
  readonly #pair: ECDH = createECDH('prime256v1');
  readonly #auth = randomBytes(16);
  readonly subscription: { readonly endpoint: string; readonly keys: { readonly p256dh: string; readonly auth: string } };
  readonly received: Received[] = [];

  constructor(endpoint: string) {
    this.subscription = { endpoint, keys: { p256dh: this.#pair.generateKeys('base64url'), auth: this.#auth.toString('base64url') } };
  }

  take(headers: IncomingHttpHeaders, body: Buffer): void {
    const text = this.#decrypted(body).toString('utf8');
    this.received.push({ headers, payload: JSON.parse(text) as Received['payload'] });
  }
  /** RFC 8291, and RFC 8188 of one record. */
  #decrypted(body: Buffer): Buffer {
    const [salt, idLength] = [body.subarray(0, 16), body[20] ?? 0];
    const [sender, sealed] = [body.subarray(21, 21 + idLength), body.subarray(21 + idLength)];
    const derive = (from: Buffer, with_: Buffer, info: Buffer | string, length: number) => Buffer.from(hkdfSync('sha256', from, with_, info, length));
    const secret = derive(this.#pair.computeSecret(sender), this.#auth, Buffer.concat([Buffer.from('WebPush: info\0'), this.#pair.getPublicKey(), sender]), 32);
    const [key, nonce] = [derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16), derive(secret, salt, 'Content-Encoding: nonce\0', 12)];
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    // What follows the last 2 fills up.
    return plain.subarray(0, plain.lastIndexOf(2));
  }
}
