import { sandboxAdapter, type SandboxMail, type SandboxOptions } from '@oya/adapters/sandbox';
import type { AdapterFactory } from '@oya/core';

/** The household to show and its circumstances, as `SandboxOptions` names them, stand beside the other settings of the page. */
export const createAdapter: AdapterFactory = ({ utility, persona, now, latencyMs }) => {
  // Whoever tries the portal in a browser reads in its console what would have been mailed.
  // eslint-disable-next-line no-console -- nothing else on the page shows a mail
  const options = { utility, persona, now, latencyMs, onMail: (mail: SandboxMail) => console.info('oya sandbox: mail', mail) };
  return sandboxAdapter(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as SandboxOptions);
};
