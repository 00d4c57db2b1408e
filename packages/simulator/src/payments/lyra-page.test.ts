import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { text } from 'node:stream/consumers';
import { startSimulator, type RunningSimulator } from '../simulator.ts';
import type { NoticeWay } from './lyra-page.ts';
import { lyraSignature } from './lyra-signature.ts';

const SHOP = { siteId: '12345678', key: '1122334455667788', mode: 'TEST' } as const;
const RETURN = 'https://shop.example/back?x=1';

describe('the payment page of Lyra’s forms', () => {
  let simulator: RunningSimulator;
  let shop: Server;
  const notices: Record<string, string>[] = [];
  let serial = 100_000;

  before(async () => {
    shop = createServer((request, response) => {
      void text(request).then((body) => {
        notices.push(Object.fromEntries(new URLSearchParams(body)));
        response.end();
      });
    });
    await new Promise<void>((resolve) => shop.listen(0, 'localhost', resolve));
    simulator = await startSimulator({ lateNoticeMs: 30 });
    simulator.openShop({ ...SHOP, noticeUrl: `http://localhost:${(shop.address() as AddressInfo).port}/notices` });
  });
  after(async () => {
    await simulator.stop();
    shop.closeAllConnections();
    shop.close();
  });

  const form = (more: Record<string, string> = {}, key: string = SHOP.key) => {
    const fields = {
      vads_action_mode: 'INTERACTIVE', vads_amount: '5124', vads_ctx_mode: 'TEST', vads_currency: '978', vads_order_id: 'try', vads_order_info: 'Facture <1>', vads_page_action: 'PAYMENT', vads_payment_config: 'SINGLE',
      vads_site_id: SHOP.siteId, vads_trans_date: '20170129130025', vads_trans_id: String(serial++), vads_url_return: RETURN, vads_version: 'V2', ...more,
    };
    return { ...fields, signature: lyraSignature(fields, key) };
  };
  const post = (path: string, fields: Record<string, string>) => fetch(simulator.baseUrl + path, { method: 'POST', redirect: 'manual', body: new URLSearchParams(fields) });
  async function decide(choice: string, notice: NoticeWay, more: Record<string, string> = {}) {
    notices.length = 0;
    return post('/vads-payment/choice', { ...form(), choice, notice, ...more });
  }
  const statuses = () => notices.map((notice) => notice['vads_trans_status']);

  it('signs as Lyra has published it', () => {
    const fields = {
      vads_action_mode: 'INTERACTIVE', vads_amount: '5124', vads_ctx_mode: 'TEST', vads_currency: '978', vads_page_action: 'PAYMENT', vads_payment_config: 'SINGLE', vads_site_id: '12345678',
      vads_trans_date: '20170129130025', vads_trans_id: '123456', vads_version: 'V2',
    };
    assert.equal(lyraSignature(fields, '1122334455667788'), 'ycA5Do5tNvsnKdc/eP1bj2xa19z9q3iWPy9/rpesfS0=');
  });

  it('opens for a form that the shop has signed, and for no other', async () => {
    const opened = await post('/vads-payment/', form());
    assert.equal(opened.status, 200);
    const page = await opened.text();
    assert.match(page, /51,24/);
    assert.ok(page.includes('Facture &#60;1&#62;') && !page.includes('<1>'));
    for (const refused of [form({}, 'another key'), { ...form(), vads_amount: '1' }, form({ vads_site_id: '1' }), form({ vads_ctx_mode: 'PRODUCTION' }), form({ vads_url_return: 'javascript:alert(1)' }), form({ vads_trans_id: '' })]) assert.equal((await post('/vads-payment/', refused)).status, 400);
    assert.equal((await fetch(`${simulator.baseUrl}/vads-payment/`)).status, 405);
  });

  it('tells the shop first, by a form that it signed, and then sends the customer back', async () => {
    const answer = await decide('pay', 'at-once');
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, RETURN]);
    const [notice = {}] = notices;
    const { signature, ...fields } = notice;
    assert.equal(signature, lyraSignature(fields, SHOP.key));
    assert.deepEqual([fields['vads_trans_status'], fields['vads_operation_type'], fields['vads_amount'], fields['vads_order_id']], ['AUTHORISED', 'DEBIT', '5124', 'try']);
  });

  it('asks for the code of 3-D Secure, and refuses another', async () => {
    const asked = await decide('secure', 'at-once');
    assert.deepEqual([asked.status, notices.length], [200, 0]);
    await decide('secure', 'at-once', { code: '123456' });
    await decide('secure', 'at-once', { code: '000000' }).then(() => assert.deepEqual(statuses(), ['REFUSED']));
  });

  it('tells in every way that a provider may', async () => {
    const told = async (choice: string, way: NoticeWay) => (await decide(choice, way), statuses());
    assert.deepEqual(await told('refuse', 'at-once'), ['REFUSED']);
    assert.deepEqual(await told('abandon', 'at-once'), ['ABANDONED']);
    assert.deepEqual(await told('pay', 'twice'), ['AUTHORISED', 'AUTHORISED']);
    assert.deepEqual(await told('pay', 'out-of-order'), ['AUTHORISED', 'REFUSED']);
    assert.deepEqual(await told('pay', 'none'), []);
    await told('pay', 'forged');
    const [{ signature, ...forged } = {}] = notices;
    assert.notEqual(signature, lyraSignature(forged as Record<string, string>, SHOP.key));
    assert.deepEqual(await told('pay', 'late'), []);
    while (notices.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(statuses(), ['AUTHORISED']);
  });

  it('takes a transaction once', async () => {
    const fields = form();
    assert.equal((await post('/vads-payment/choice', { ...fields, choice: 'pay', notice: 'none' })).status, 303);
    assert.equal((await post('/vads-payment/choice', { ...fields, choice: 'pay', notice: 'none' })).status, 400);
  });
});
