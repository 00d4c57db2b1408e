import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sourceOf } from '../source.ts';
import { refusal } from '../testing/reading.ts';
import { packed, sheetXml, workbookOf, workbookOfXml } from '../testing/workbook.ts';

/** A workbook whose one sheet is the given XML. */
function withSheet(xml: string): Uint8Array<ArrayBuffer> {
  return workbookOfXml({ A: xml });
}

describe('a workbook', () => {
  it('shows all its sheets, with texts, numbers, truth and times', async () => {
    const at = new Date('2026-11-24T17:30:00Z');
    const sheets = await sourceOf(workbookOf({ Cover: [['Bonjour & <bienvenue>']], Data: [[null, 1.361, true], [], [at]] })).sheets();
    assert.deepEqual(sheets, [
      { name: 'Cover', rows: [['Bonjour & <bienvenue>']] },
      { name: 'Data', rows: [[null, 1.361, true], [null, null, null], [at, null, null]] },
    ]);
  });

  it('takes for numbers only what XLSX writes as such', async () => {
    const [sheet] = (await sourceOf(withSheet('<worksheet><sheetData><row r="1"><c r="A1"><v>1.5E-3</v></c><c r="B1"><v>0x1f</v></c></row></sheetData></worksheet>')).sheets()) ?? [];
    assert.deepEqual(sheet?.rows, [[0.0015, '0x1f']]);
  });

  it('is opened once, however many readers look at it; what is no ZIP has no sheets', async () => {
    const source = sourceOf(workbookOf({ A: [['a']] }));
    assert.equal(await source.sheets(), await source.sheets());
    assert.equal(await sourceOf(new TextEncoder().encode('a;b')).sheets(), undefined);
  });

  it('that says it unpacks to more than any export is refused before it is unpacked', async () => {
    const bytes = withSheet(sheetXml([['a']]));
    const view = new DataView(bytes.buffer);
    // The size of each part stands 24 bytes after the signature of its entry in the directory.
    for (let at = 0; at < bytes.length - 4; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 60e6, true);
    assert.match((await refusal(bytes)).message, /unpacks to more than 100 MB/);
  });

  it('that unpacks to more than it says is not unpacked further', async () => {
    const bytes = withSheet(sheetXml(Array.from({ length: 2000 }, (_, index) => [`row ${index}`])));
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length - 4; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 200, true);
    assert.match((await refusal(bytes)).message, /not a workbook that can be read/);
  });

  it('with two cells at its far corners is refused, however the address is written', async () => {
    const corners = (address: string): string => `<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="${address}"><v>1</v></c></row></sheetData></worksheet>`;
    assert.match((await refusal(withSheet(corners('XFD1048576')))).message, /1048576 rows and 16384 columns/);
    assert.match((await refusal(withSheet(corners('&#88;FD1048576')))).message, /not the address of a cell/);
    for (const row of ['1e9', 'Infinity', '0x3b9aca00', 'é1']) assert.match((await refusal(withSheet(`<worksheet><sheetData><row r="${row}"/></sheetData></worksheet>`))).message, /not the address of a cell/);
    assert.match((await refusal(withSheet('<worksheet><sheetData><row r="99999999999"/></sheetData></worksheet>'))).message, /99999999999 rows/);
  });

  it('that is another ZIP, or is cut off, is refused with advice', async () => {
    assert.match((await refusal(packed({ 'word/document.xml': '<a/>' }))).message, /not a workbook.*save it again as XLSX/s);
    const whole = workbookOf({ A: [['a']] });
    assert.match((await refusal(whole.slice(0, whole.length - 30))).message, /damaged.*cut off/s);
    assert.match((await refusal(withSheet('<worksheet><sheetData><row r="1"><c r="A1"'))).message, /not a workbook that can be read/);
  });

  it('whose sheets hold nothing we know is refused like any unknown file', async () => {
    assert.match((await refusal(workbookOf({ A: [['Name', 'Age']] }))).message, /format of the file is not known.*ZIP or XLSX/s);
  });
});
