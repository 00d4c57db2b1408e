import { createContext } from '@lit/context';
import type { PortalClient } from './client.ts';

/**
 * The key is a string so that two copies of the kit on one page agree, and carries the version of the
 * client's interface so that two incompatible ones don't.
 */
export const clientContext = createContext<PortalClient>('oya-client/1');
