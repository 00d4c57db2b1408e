import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { AlertService } from '@oya/contract';
import { SaxesParser } from 'saxes';
import { Visitor } from '../../test/visitor.ts';
import { changeOutage, createOutage, type NewOutage } from '../outages/keep-outage.ts';
import { SEEDED_AT, startTestServer, type TestServer } from '../testing.ts';
import { loadUtility } from '../utilities.ts';

const MINUTE = 60_000;
const HOSTILE = 'Un <b>arbre</b> & ]]> \u0007 \ufffe \u202e “tombé”';

describe('what programs subscribe to', () => {
  let server: TestServer;
  let anybody: Visitor;
  let now = SEEDED_AT;

  before(async () => {
    server = await startTestServer({ now: () => now, config: { origins: { '*': ['https://www.eneo.example'] } } });
    anybody = new Visitor(server.baseUrl('eneo'));
  });
  after(() => server.stop());

  const at = (minutes: number) => new Date(now + minutes * MINUTE).toISOString();
  const place = async () => ({ db: server.db, utility: await loadUtility(server.db, 'eneo'), news: { tell: () => Promise.resolve() }, now, agentId: null });
  const announce = async (told: Partial<NewOutage> = {}) =>
    (await createOutage(await place(), { kind: 'outage', energy: 'electricity', cause: 'tree', areas: [{ commune: '81060', streets: [{ name: 'rue du Puits', from: 1, to: 45, side: 'odd' }] }], households: 12, startsAt: at(-30), estimatedEnd: at(90), note: null, ...told })).outage.id;
  const read = async (path: string) => {
    const answer = await anybody.get(path);
    return { ...answer, texts: textsOf(answer.text) };
  };

  it('stands where alerts are described', async () => {
    const { body } = await anybody.get<AlertService>('/alerts');
    for (const address of Object.values(body.feeds ?? {})) assert.equal((await fetch(address)).status, 200, address);
  });

  it('is Atom and RSS, well-formed whatever is said', async () => {
    await announce({ note: { fr: HOSTILE } });
    for (const [path, type] of [['/outages.atom', 'application/atom+xml'], ['/outages.rss', 'application/rss+xml']] as const) {
      const { headers, texts } = await read(path);
      assert.match(headers.get('content-type') ?? '', new RegExp(type.replace('+', '\\+')));
      assert.ok(texts.some((text) => text.includes('Coupure d’électricité à Carmaux')), path);
      const told = texts.find((text) => text.includes('arbre'));
      assert.match(told ?? '', /Depuis le mardi 24 novembre, 8 h 30\. Retour estimé : le mardi 24 novembre, vers 10 h 30\..*Carmaux : rue du Puits \(du 1 au 45, côté impair\)/);
      assert.ok(told?.includes('Un &lt;b&gt;arbre&lt;/b&gt; &amp; ]]&gt;'), 'as text, not as markup');
      assert.ok(!/[\u0007\ufffe]/.test(told ?? ''));
    }
    await assert.rejects(announce({ note: { fr: 'nothing\u0000' } }), { kind: 'invalid' });
    await assert.rejects(announce({ areas: [{ commune: '81060', streets: [{ name: 'half \ud800' }] }] }), { kind: 'invalid' });
    assert.equal((await anybody.get('/outages/%00.cap')).status, 404);
  });

  it('is the same as long as nothing is said, and asked for by commune or in English', async () => {
    const { headers } = await anybody.get('/outages.atom');
    const [tag, control] = [headers.get('etag') ?? '', headers.get('cache-control')];
    now += MINUTE;
    assert.equal(control, 'public, max-age=60');
    assert.equal((await anybody.get('/outages.atom', { 'if-none-match': tag })).status, 304);
    await announce();
    assert.equal((await anybody.get('/outages.atom', { 'if-none-match': tag })).status, 200);
    const { text } = await anybody.get('/outages.rss?commune=81170&lang=en');
    assert.deepEqual([...text.matchAll(/<item>\s*<title>(.*?)<\/title>/g)].map(([, title]) => title), ['<![CDATA[Planned works in Monestiés and Rosières]]>']);
    assert.equal((await anybody.get('/outages.rss?commune=75056')).status, 404);
  });

  it('is an alert of the Common Alerting Protocol, in both languages, that names those before it', async () => {
    const id = await announce();
    now += 10 * MINUTE;
    await changeOutage(await place(), id, { estimatedEnd: at(120) });
    const { headers, texts, text } = await read(`/outages/${id}.cap`);
    assert.match(headers.get('content-type') ?? '', /^application\/cap\+xml/);
    const values = (name: string) => [...text.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, value]) => value);
    assert.deepEqual([values('msgType'), values('status'), values('scope'), values('category'), values('urgency'), values('certainty'), values('severity')], [['Update'], ['Actual'], ['Public'], ['Infra', 'Infra'], ['Immediate', 'Immediate'], ['Observed', 'Observed'], ['Minor', 'Minor']]);
    assert.deepEqual([values('language'), values('headline')], [['fr-FR', 'en-GB'], ['Coupure d’électricité à Carmaux', 'Electricity outage in Carmaux']]);
    assert.deepEqual([values('identifier'), values('references'), values('sent')], [[`localhost.eneo.${id}.2`], [`eneo@localhost,localhost.eneo.${id}.1,2026-11-24T09:01:00+01:00`], ['2026-11-24T09:11:00+01:00']]);
    assert.deepEqual([values('onset')[0], values('expires')[0], values('value')], ['2026-11-24T08:31:00+01:00', '2026-11-24T11:11:00+01:00', ['81060', '81060']]);
    assert.deepEqual(values('web'), Array(2).fill('https://www.eneo.example/mon-espace#/alerts'));
    assert.ok(texts.includes('Carmaux : rue du Puits (du 1 au 45, côté impair)') && texts.includes('Carmaux: rue du Puits (1 to 45, odd side)'));
    assert.equal((await anybody.get(`/outages/${id}`)).status, 404);
    assert.equal((await new Visitor(server.baseUrl('sicae')).get(`/outages/${id}.cap`)).status, 404);
  });

  it('expires at the expected end, and not while an outage lasts longer than that', async () => {
    const id = await announce({ estimatedEnd: at(30) });
    const expires = async () => /<expires>/.test((await anybody.get(`/outages/${id}.cap`)).text);
    assert.equal(await expires(), true);
    now += 31 * MINUTE;
    assert.equal(await expires(), false, 'who reads alerts drops one that has expired');
  });

  it('lists alerts as long as they matter, and takes back what was called off', async () => {
    const { text } = await anybody.get('/outages/eneo-works-called-off.cap');
    assert.match(text, /<msgType>Cancel<\/msgType>/);
    assert.match(text, /<responseType>AllClear<\/responseType>\n\s*<urgency>Past<\/urgency>/);
    const index = await read('/outages.cap');
    assert.match(index.text, /<link rel="alternate" type="application\/cap\+xml" href="[^"]*\/eneo\/v1\/outages\/eneo-works-acacias\.cap">/);
    assert.ok(index.text.includes('eneo-storm-restored') && !index.text.includes('eneo-works-called-off'), 'what ended within a day, and no longer');
    const works = await anybody.get('/outages/eneo-works-acacias.cap');
    assert.match(works.text, /<urgency>Future<\/urgency>[\s\S]*<certainty>Likely<\/certainty>/);
  });

  it('is a calendar of works, whose events keep their name and count their changes', async () => {
    const { text, headers } = await anybody.get('/outages.ics');
    assert.match(headers.get('content-type') ?? '', /^text\/calendar/);
    const unfolded = text.replaceAll('\r\n ', '');
    const events = unfolded.split('BEGIN:VEVENT').slice(1);
    const of = (id: string) => events.find((event) => event.includes(`UID:works-${id}@oya`)) ?? '';
    assert.match(of('eneo-works-acacias'), /SEQUENCE:1[\s\S]*SUMMARY:Travaux prévus à Carmaux[\s\S]*LOCATION:Carmaux : rue des Acacias \(du 2 au 30\\, côté pair\)\\, place Jean-Jaurès[\s\S]*URL:https:\/\/www\.eneo\.example\/[\s\S]*STATUS:CONFIRMED/);
    assert.match(of('eneo-works-called-off'), /STATUS:CANCELLED/);
    assert.equal(of('eneo-storm-restored'), '');
  });
});

/** Of each element; throws where the document is not well-formed. */
function textsOf(xml: string): string[] {
  if (!xml.startsWith('<?xml')) return [];
  const texts: string[] = [];
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => assert.fail(error.message));
  const add = (text: string) => void (texts[texts.length - 1] += text);
  parser.on('opentag', () => void texts.push(''));
  parser.on('closetag', () => void texts.push(''));
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(xml).close();
  return texts;
}
