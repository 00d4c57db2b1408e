/** Looks for viruses in what customers attach, where the installation has somebody who does. */
import { PortalError } from '@oya/contract';
import { Readable } from 'node:stream';
import { attachmentRefused } from './made-anew.ts';

export interface AttachmentScanner {
  /** @throws PortalError `invalid` (`infected`), or `unavailable` where nobody can tell now */
  check(bytes: Buffer): Promise<void>;
}

/** Where `clamd` of ClamAV listens. */
export interface ClamdPlace {
  readonly host: string;
  readonly port: number;
}

/** Of an installation that scans elsewhere, or not at all. */
export const NO_SCANNER: AttachmentScanner = { check: () => Promise.resolve() };

/** Below the ten seconds after which an adapter gives up. */
const WAIT_MS = 7_000;
const AGAIN_SECONDS = 60;

/** @param onError is told why nobody could tell: the customer is only asked to come again */
export function clamdScanner({ host, port }: ClamdPlace, onError: (error: unknown) => void): AttachmentScanner {
  return {
    async check(bytes) {
      const verdict = await Promise.race([ask({ host, port }, bytes), timeUp()]).catch((error: unknown) => {
        onError(error);
        throw new PortalError('unavailable', { code: 'scanner-away', detail: 'files cannot be checked now: try again later', retryAfterSeconds: AGAIN_SECONDS });
      });
      if (verdict === 'infected') throw attachmentRefused('infected', 'there is a virus in it');
    },
  };
}

async function ask({ host, port }: ClamdPlace, bytes: Buffer): Promise<'clean' | 'infected'> {
  const { default: NodeClam } = await import('clamscan');
  const clamdscan = { host, port, timeout: WAIT_MS, localFallback: false, bypassTest: true, active: true };
  const scanner = await new NodeClam().init({ clamscan: { active: false }, clamdscan, preference: 'clamdscan' });
  const { isInfected } = await scanner.scanStream(Readable.from([bytes]));
  if (isInfected === null) throw new Error('clamd gave no verdict');
  return isInfected ? 'infected' : 'clean';
}

/** Of a connection that stands and says nothing, the library never tells. */
function timeUp(): Promise<never> {
  return new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`clamd said nothing for ${WAIT_MS} ms`)), WAIT_MS).unref();
  });
}
