import { PortalError } from '@oya/contract';

/** Passkeys of the sandbox. */
export class Passkeys {
  startPasskeySignIn(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  signInWithPasskey(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  listPasskeys(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  startPasskey(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  addPasskey(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  removePasskey(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }
}
