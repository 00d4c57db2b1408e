import { findPersona } from '@oya/personas';
import { sandboxAdapter } from '@oya/adapters/sandbox';
import { describeConformance } from './suite.ts';

describeConformance('sandbox', async () => {
  const now = '2026-11-24T09:00:00Z';
  return {
    adapter: sandboxAdapter({ utility: 'eneo', now }),
    now,
    withHalfHours: findPersona('camille'),
    withoutConsent: findPersona('lucien'),
    another: findPersona('odette'),
    passkeySite: 'http://localhost',
  };
});
