import { describe } from 'node:test';
import { instant } from '@oya/contract';
import { restAdapter } from '@oya/adapters/rest';
import { findPersona } from '@oya/personas';
import { SEEDED_AT, startTestServer, testEngines } from '../../packages/server/src/testing.ts';
import { describeConformance } from './suite.ts';

const PASSKEY_SITE = 'https://www.eneo.example';

for (const engine of testEngines()) {
  describe(`over the reference server on ${engine.name},`, () => {
    describeConformance('rest', async () => {
      const server = await startTestServer({ engine, now: () => SEEDED_AT, config: { origins: { eneo: [PASSKEY_SITE] }, passkeyDomains: { eneo: 'eneo.example' } } });
      return {
        adapter: restAdapter({ baseUrl: server.baseUrl('eneo'), fetch: fetchWithCookies() }),
        now: instant(SEEDED_AT),
        withHalfHours: findPersona('camille'),
        withoutConsent: findPersona('lucien'),
        another: findPersona('odette'),
        withProduction: findPersona('ines'),
        others: [findPersona('nadia'), findPersona('emma'), findPersona('sofiane')],
        invitationSecret: async () => /oya-access=([\w-]+)/.exec((await server.mails()).at(-1)?.text ?? '')?.[1] ?? '',
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
