import { PasskeyDevice, type DeviceOptions } from '../packages/elements/src/testing/passkey-device.ts';

/** For the `beforeEach` of a story: the browser's passkeys, as the story wants them, and nobody who has declined one. */
export function onDevice(options: DeviceOptions = {}): () => () => void {
  return () => {
    localStorage.removeItem('oya-passkey-offer');
    const device = new PasskeyDevice(options);
    return () => device.remove();
  };
}
