import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { noticeOf } from './notice.ts';

const SETTINGS = { name: 'ENEO', lang: 'fr', page: '/application/', icon: '/icon.png' };
const ORIGIN = 'https://eneo.example';

function told(message: unknown) {
  return noticeOf(JSON.stringify(message), SETTINGS, ORIGIN);
}

describe('a message to a closed app', () => {
  it('is shown as the portal words it, and leads where it says', () => {
    const { title, options, badge } = told({ title: 'Coupure prévue', body: 'Jeudi, de 9 h à 11 h.', url: '/application/#alerts', tag: 'works-12', lang: 'fr', urgent: true, badge: 2 });
    assert.equal(title, 'Coupure prévue');
    assert.equal(options.body, 'Jeudi, de 9 h à 11 h.');
    assert.equal(options.data.url, 'https://eneo.example/application/#alerts');
    assert.deepEqual([options.tag, options.renotify, options.requireInteraction, options.lang, options.icon, badge], ['works-12', true, true, 'fr', '/icon.png', 2]);
  });

  it('that cannot be read is told all the same, in the language of the app', () => {
    for (const payload of [undefined, '', 'not JSON', '[]', 'null', '{"title": 7}']) {
      const { title, options } = noticeOf(payload, SETTINGS, ORIGIN);
      assert.equal(title, 'ENEO');
      assert.match(options.body ?? '', /information nouvelle/);
      assert.equal(options.data.url, 'https://eneo.example/application/');
    }
    assert.match(noticeOf('{"lang": "en"}', SETTINGS, ORIGIN).options.body ?? '', /something new/);
  });

  it('leads to no other site and runs nothing', () => {
    for (const url of ['https://evil.example/', '//evil.example/x', 'javascript:alert(1)', 'data:text/html,x', 7, null]) {
      assert.equal(told({ title: 'T', url }).options.data.url, 'https://eneo.example/application/', String(url));
    }
  });

  it('counts on the icon only what is a count', () => {
    assert.deepEqual([0, 3, 5000].map((badge) => told({ title: 'T', badge }).badge), [0, 3, 999]);
    assert.deepEqual([-1, 1.5, '3', null].map((badge) => told({ title: 'T', badge }).badge), [undefined, undefined, undefined, undefined]);
  });

  it('whatever it holds has a title, leads to the app’s origin, and hides no text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.record({ title: fc.string({ unit: 'binary' }), url: fc.webUrl(), badge: fc.anything() }).map((value) => JSON.stringify(value))), (payload) => {
        const { title, options } = noticeOf(payload, SETTINGS, ORIGIN);
        assert.ok(title.trim().length > 0 && [...title].length <= 120);
        assert.equal(new URL(options.data.url).origin, ORIGIN);
        assert.doesNotMatch(title + options.body, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});
