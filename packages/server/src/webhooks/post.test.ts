import assert from 'node:assert/strict';
import type { LookupFunction } from 'node:net';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { isPrivateAddress, postWebhook, urlFault } from './post.ts';

/** A name server that answers with that, whatever it is asked. */
const leadsTo = (...addresses: string[]): LookupFunction => (_name, options, callback) => {
  const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  if (options.all) callback(null, found);
  else callback(null, found[0]?.address ?? '', found[0]?.family);
};

describe('where webhooks are sent to', () => {
  it('is no private address, however it is written', () => {
    for (const address of ['10.0.0.1', '127.0.0.1', '127.8.8.8', '169.254.169.254', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1', '0.0.0.0', '255.255.255.255', '::', '::1', '::127.0.0.1', '::ffff:10.0.0.1', '::ffff:a00:1', '64:ff9b::a00:1', '2002:a00:1::', 'fd00::1', 'fe80::1', 'fec0::1', 'ff02::1', 'no address']) assert.ok(isPrivateAddress(address), address);
    for (const address of ['8.8.8.8', '172.15.0.1', '172.32.0.1', '193.0.0.1', '2a00:1450:4007::1', '2606:4700::1', '::ffff:8.8.8.8']) assert.ok(!isPrivateAddress(address), address);
    fc.assert(fc.property(fc.nat(255), fc.nat(255), fc.nat(255), (a, b, c) => isPrivateAddress(`10.${a}.${b}.${c}`) && isPrivateAddress(`192.168.${a}.${b}`) && isPrivateAddress(`::ffff:127.${a}.${b}.${c}`)));
  });

  it('is https, and this machine only where that is meant', () => {
    for (const url of ['http://crm.eneo.example/', 'ftp://crm.eneo.example/', 'crm.eneo.example', 'https://localhost/', 'https://localhost./', 'https://127.1/', 'https://2130706433/', 'https://0x7f.1/', 'https://[::1]/', 'https://[::ffff:10.0.0.1]/', 'https://169.254.169.254/latest', 'https://user:secret@crm.eneo.example/', 'https://crm.eneo.example/#part']) assert.notEqual(urlFault(url, false), undefined, url);
    assert.equal(urlFault('https://crm.eneo.example/webhooks?from=oya', false), undefined);
    assert.equal(urlFault('http://localhost:4410/', true), undefined);
    assert.equal(urlFault('https://10.0.0.8/', true), undefined);
    assert.notEqual(urlFault('http://10.0.0.8/', true), undefined);
    assert.notEqual(urlFault('http://localhost.evil.example/', true), undefined);
  });

  it('is looked at when the connection is made: a name that leads inside by then leads nowhere', async () => {
    for (const addresses of [['10.0.0.8'], ['127.0.0.1'], ['8.8.8.8', '::1']]) {
      const { status, text } = await postWebhook({ url: 'https://crm.eneo.example/', headers: {}, body: '{}', allowsPrivate: false, lookup: leadsTo(...addresses) });
      assert.deepEqual([status, text], [undefined, 'cannot be reached: crm.eneo.example leads into a private network']);
    }
  });
});
