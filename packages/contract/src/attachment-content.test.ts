import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { attachmentName, attachmentType } from './attachment-content.ts';

describe('a file that a customer attaches', () => {
  it('is what its content says', () => {
    const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.codePointAt(0) ?? 0);
    assert.equal(attachmentType(bytes('\xff\xd8\xff\xe0')), 'image/jpeg');
    assert.equal(attachmentType(bytes('\x89PNG\r\n\x1a\n')), 'image/png');
    assert.equal(attachmentType(bytes('RIFF\0\0\0\0WEBPVP8 ')), 'image/webp');
    assert.equal(attachmentType(bytes('RIFF\0\0\0\0WAVEfmt ')), undefined);
    assert.equal(attachmentType(bytes('%PDF-1.7')), 'application/pdf');
    assert.equal(attachmentType(bytes('<!doctype html>')), undefined);
    assert.equal(attachmentType(new Uint8Array()), undefined);
  });

  it('keeps what its name said, and ends as its type does', () => {
    assert.equal(attachmentName('C:\\Photos\\Mon compteur.JPEG', 'image/jpeg'), 'Mon compteur.jpg');
    assert.equal(attachmentName('relevé.pdf.html', 'application/pdf'), 'relevé-pdf.pdf');
    assert.equal(attachmentName('../../.htaccess', 'image/jpeg'), 'document.jpg');
    assert.equal(attachmentName('CON.pdf', 'application/pdf'), 'document.pdf');
    assert.equal(attachmentName('facture\u202Egpj.exe', 'image/jpeg'), 'facture-gpj.jpg');
  });

  it('has a name that any system may write, whatever it was called', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom('a', '.', '/', '\\', '\0', ' ', '\u202e', '-', '<', '"', '\n') })), (name) => {
        const safe = attachmentName(name, 'image/jpeg');
        assert.match(safe, /^[^\p{C}\s./\\<>:"|?*-][^\p{C}./\\<>:"|?*]*\.jpg$/u);
        assert.ok([...safe].length <= 64);
      }),
    );
  });
});
