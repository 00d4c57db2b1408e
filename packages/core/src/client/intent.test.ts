import { PortalError, type ErrorKind } from '@oya/contract';
import { expect } from 'chai';
import { Intent } from './intent.ts';

describe('an intent', () => {
  /** The keys under which inputs go, one after the other; an error kind fails. */
  async function keysOf(...tries: readonly (readonly [input: unknown, outcome: 'answered' | ErrorKind])[]): Promise<number[]> {
    const intent = new Intent();
    const keys: string[] = [];
    for (const [input, outcome] of tries) {
      const write = (key: string) => {
        keys.push(key);
        return outcome === 'answered' ? Promise.resolve() : Promise.reject(new PortalError(outcome));
      };
      await intent.send(input, write).catch(() => {});
    }
    return keys.map((key) => keys.indexOf(key));
  }

  it('is the same while the portal may have got it', async () => {
    expect(await keysOf([{ a: 1 }, 'offline'], [{ a: 1 }, 'timeout'], [{ a: 1 }, 'unavailable'], [{ a: 1 }, 'answered'])).to.deep.equal([0, 0, 0, 0]);
  });

  it('is another one with other words', async () => {
    expect(await keysOf([{ a: 1 }, 'offline'], [{ a: 2 }, 'offline'])).to.deep.equal([0, 1]);
  });

  it('is over once it was answered or refused', async () => {
    expect(await keysOf([{ a: 1 }, 'answered'], [{ a: 1 }, 'invalid'], [{ a: 1 }, 'rate-limited'], [{ a: 1 }, 'answered'])).to.deep.equal([0, 1, 2, 3]);
  });
});
