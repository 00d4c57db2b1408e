import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { gsmLength, gsmText, oneSms, sentencesOf, SMS_LENGTH } from './sms.ts';
import { signalWords, type SignalFacts } from './signal-words.ts';
import { outageWords, placesFr, type OutageFacts } from './outage-words.ts';

const LETTERS = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

describe('a text message', () => {
  it('has letters that every phone shows, and no more than fit into one, whatever is said', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 200 }), fc.lorem()), { minLength: 1, maxLength: 5 }), fc.oneof(fc.constant(''), fc.webUrl()), (sentences, link) => {
        const text = oneSms(sentences, link);
        assert.ok(gsmLength(text) <= SMS_LENGTH, `${gsmLength(text)}`);
        assert.match(text, LETTERS);
        assert.equal(text, gsmText(text), 'the same again');
      }),
    );
  });

  it('keeps the accents that it has, and the letter where it lacks one', () => {
    assert.equal(gsmText('Électricité coupée à l’hôpital, ça ira… Œuvre « forêt » 5 €'), 'Électricité coupée à l\'hopital, ca ira... OEuvre "foret" 5 €');
    assert.equal(gsmLength('5 €'), 4);
  });

  it('drops what has no room, a sentence at a time, and cuts the first between words', () => {
    assert.equal(oneSms(['Un.', 'x'.repeat(200), 'Trois.']), 'Un. Trois.');
    const cut = oneSms(['mot '.repeat(60)]);
    assert.ok(cut.length <= SMS_LENGTH && cut.endsWith(' mot...'));
  });

  it('keeps its link, and of what is longer the first sentences', () => {
    const link = 'https://www.eneo.example/mon-espace#/alerts';
    const { title, body } = signalWords({ topic: 'ecowatt', day: '2027-01-13', isChange: false, level: 3, stretches: [{ from: 8, to: 12, level: 3 }, { from: 17, to: 20, level: 3 }] }, 'fr');
    assert.equal(oneSms([`ENEO : ${title}.`, ...sentencesOf(body)], link), `ENEO : EcoWatt rouge mercredi 13 janvier. Le réseau sera très tendu de 8 h à 12 h et de 17 h à 20 h. ${link}`);
    assert.equal(oneSms(['Un.'], `https://example.org/${'x'.repeat(200)}`), 'Un.');
    assert.deepEqual(sentencesOf('Since 7 p.m. today. Back at 9? We do not know.'), ['Since 7 p.m. today.', 'Back at 9?', 'We do not know.']);
  });
});

describe('what is said of an outage', () => {
  const now = Date.parse('2026-11-24T08:00:00Z');
  const facts: OutageFacts = { news: 'announced', kind: 'outage', energy: 'electricity', cause: 'tree', communes: ['Carmaux'], startsAt: now - 1_800_000, estimatedEnd: now + 5_400_000, address: null, note: null };
  const said = (changed: Partial<OutageFacts>, language: 'fr' | 'en' = 'fr', at: number | null = now) => Object.values(outageWords({ ...facts, ...changed }, language, 'Europe/Paris', at)).join(' | ');

  it('is what happens, since when, and until when as far as that is known', () => {
    assert.equal(said({}), 'Coupure d’électricité à Carmaux | Depuis aujourd’hui, 8 h 30. Retour estimé : aujourd’hui, vers 10 h 30.');
    assert.equal(said({ estimatedEnd: null, energy: 'gas', news: 'end-moved' }), 'Coupure de gaz à Carmaux : heure de retour inconnue | Nous ne savons pas encore quand le gaz reviendra.');
    assert.equal(said({ news: 'end-moved' }), 'Coupure d’électricité à Carmaux : nouvelle heure de retour | Retour estimé : aujourd’hui, vers 10 h 30.');
    assert.equal(said({ estimatedEnd: null, kind: 'works', news: 'end-moved' }), 'Travaux à Carmaux : heure de fin inconnue | Nous ne savons pas encore quand l’électricité reviendra.');
    assert.equal(said({ estimatedEnd: null, news: 'end-moved' }, 'en'), 'Electricity outage in Carmaux: end not known | We do not know yet when electricity will be back.');
    assert.equal(said({ energy: 'gas', news: 'restored' }), 'Le gaz est rétabli à Carmaux | Toujours sans gaz ? Dites-le-nous depuis la page des alertes.');
    assert.equal(said({ estimatedEnd: null }, 'en'), 'Electricity outage in Carmaux | Since today, 08:30. We do not know yet when electricity will be back.');
  });

  it('names days as they are from today, and by themselves for who reads it whenever', () => {
    const works = { kind: 'works', startsAt: Date.parse('2026-11-25T22:00:00Z'), estimatedEnd: Date.parse('2026-11-26T03:00:00Z') } as const;
    assert.equal(said(works), 'Travaux prévus à Carmaux | L’électricité sera coupée demain, de 23 h à 4 h le jeudi 26 novembre.');
    assert.equal(said(works, 'fr', null), 'Travaux prévus à Carmaux | L’électricité sera coupée le mercredi 25 novembre, de 23 h à 4 h le jeudi 26 novembre.');
    assert.equal(said({ ...works, news: 'cancelled' }, 'en'), 'Works called off in Carmaux | Electricity will not be off tomorrow.');
  });

  it('puts places as French does', () => {
    assert.deepEqual([['Carmaux'], ['Le Garric'], ['Les Cabannes', 'Tanus'], ['Carmaux', 'Le Garric'], ['Tanus', 'Rosières', 'Carmaux']].map(placesFr), ['à Carmaux', 'au Garric', 'aux Cabannes et à Tanus', 'à Carmaux et au Garric', 'à Tanus et 2 autres communes']);
  });
});

describe('what is said of a day of EcoWatt or Tempo', () => {
  const titles = (facts: SignalFacts) => (['fr', 'en'] as const).map((language) => signalWords(facts, language).title);
  const day = '2027-01-13';

  it('says that something else was told before', () => {
    assert.deepEqual(titles({ topic: 'ecowatt', day, isChange: false, level: 2, stretches: [] }), ['EcoWatt orange mercredi 13 janvier', 'EcoWatt orange on Wednesday 13 January']);
    assert.deepEqual(titles({ topic: 'ecowatt', day, isChange: true, level: 2, stretches: [] }), ['EcoWatt : finalement orange mercredi 13 janvier', 'EcoWatt: orange after all on Wednesday 13 January']);
    assert.deepEqual(titles({ topic: 'tempo', day, isChange: true, colour: 'white' }), ['Tempo : finalement jour blanc mercredi 13 janvier', 'Tempo: Wednesday 13 January is white after all']);
  });
});
