import { PortalError } from '@oya/contract';

/** The account of whoever is signed in. */
export class Profiles {
  getProfile(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  updateProfile(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  changeIdentifier(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  changePassword(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  startEmailChange(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  confirmEmailChange(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  cancelEmailChange(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  changeAddress(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  withdrawRequest(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  listDevices(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  endDevice(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  endOtherDevices(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  listActivity(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  exportData(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }

  closeAccount(..._: unknown[]): unknown {
    throw new PortalError('unsupported');
  }
}
