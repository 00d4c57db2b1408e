import { findPersona } from '@oya/personas';
import { sandboxAdapter } from '@oya/adapters/sandbox';
import { describeConformance } from './suite.ts';

describeConformance('sandbox', async () => {
  const now = '2026-11-24T09:00:00Z';
  const adapter = sandboxAdapter({ utility: 'eneo', now });
  return {
    adapter,
    now,
    withHalfHours: findPersona('camille'),
    withoutConsent: findPersona('lucien'),
    another: findPersona('odette'),
    withProduction: findPersona('ines'),
    others: [findPersona('nadia'), findPersona('emma'), findPersona('sofiane')],
    invitationSecret: () => Promise.resolve(adapter.controls.mails().at(-1)?.link?.split('oya-access=')[1] ?? ''),
    returnUrl: 'https://www.eneo.example/factures',
    tellPayment: ({ payment }, outcome) => Promise.resolve(adapter.controls.notifyPayment(payment.id, outcome)),
    passkeySite: 'http://localhost',
  };
});
