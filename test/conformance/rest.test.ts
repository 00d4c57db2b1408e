import { describe } from 'node:test';
import { instant } from '@oya/contract';
import { restAdapter } from '@oya/adapters/rest';
import { findPersona } from '@oya/personas';
import { PayZen, signFields } from '../../packages/server/src/payments/payzen.ts';
import { SEEDED_AT, startTestServer, testEngines } from '../../packages/server/src/testing.ts';
import { describeConformance } from './suite.ts';

const PASSKEY_SITE = 'https://www.eneo.example';
const SHOP = { siteId: '12345678', key: 'key-of-the-tests' } as const;

for (const engine of testEngines()) {
  describe(`over the reference server on ${engine.name},`, () => {
    describeConformance('rest', async () => {
      const server = await startTestServer({ engine, now: () => SEEDED_AT, payments: { eneo: { name: 'payzen', provider: new PayZen({ ...SHOP, mode: 'TEST' }), isLive: false, partial: null } }, config: { origins: { eneo: [PASSKEY_SITE] }, passkeyDomains: { eneo: 'eneo.example' } } });
      return {
        adapter: restAdapter({ baseUrl: server.baseUrl('eneo'), fetch: fetchWithCookies() }),
        now: instant(SEEDED_AT),
        withHalfHours: findPersona('camille'),
        withoutConsent: findPersona('lucien'),
        another: findPersona('odette'),
        withProduction: findPersona('ines'),
        others: [findPersona('nadia'), findPersona('emma'), findPersona('sofiane')],
        invitationSecret: async () => /oya-access=([\w-]+)/.exec((await server.mails()).at(-1)?.text ?? '')?.[1] ?? '',
        returnUrl: `${PASSKEY_SITE}/factures`,
        async tellPayment({ departure }, outcome) {
          const { signature: _, ...asked } = departure.method === 'POST' ? departure.fields : {};
          const form = { ...asked, vads_trans_status: outcome === 'paid' ? 'AUTHORISED' : 'REFUSED', vads_operation_type: 'DEBIT', vads_trans_uuid: crypto.randomUUID() };
          const { ok } = await fetch(`${server.baseUrl('eneo')}/payment-notices`, { method: 'POST', body: new URLSearchParams({ ...form, signature: signFields(form, SHOP.key) }) });
          if (!ok) throw new Error('the notice was not taken');
        },
        passkeySite: PASSKEY_SITE,
        close: () => server.stop(),
      };
    });
  });
}

/** What a browser does by itself: keeps the cookies that one server sets, and sends them back. */
function fetchWithCookies(): typeof fetch {
  const cookies = new Map<string, string>();
  return async (input, init) => {
    const request = new Request(input, init);
    if (cookies.size > 0) request.headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(request);
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';');
      const [name = '', value = ''] = pair.split('=', 2);
      const ended = attributes.some((attribute) => /^\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(attribute));
      if (ended || value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
}
