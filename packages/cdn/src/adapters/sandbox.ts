import { sandboxAdapter, type SandboxOptions } from '@oya/adapters/sandbox';
import type { AdapterFactory } from '@oya/core';

/** The household to show and its circumstances, as `SandboxOptions` names them, stand beside the other settings of the page. */
export const createAdapter: AdapterFactory = ({ utility, persona, now, latencyMs }) => {
  const options = { utility, persona, now, latencyMs };
  return sandboxAdapter(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as SandboxOptions);
};
