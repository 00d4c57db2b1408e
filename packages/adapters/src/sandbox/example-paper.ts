/** Papers as a sandbox gives them: one page of lines, in a font that every reader of PDF has. */

const LINE_LENGTH = 88;

export function examplePaper(lines: readonly string[]): Uint8Array {
  return pdf(lines.flatMap(wrapped));
}

export function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
}

function wrapped(line: string): string[] {
  const rows = [''];
  for (const word of line.split(' ')) {
    const row = rows.at(-1) ?? '';
    if (row.length + word.length < LINE_LENGTH) rows[rows.length - 1] = row === '' ? word : `${row} ${word}`;
    else rows.push(word);
  }
  return rows;
}

function pdf(lines: readonly string[]): Uint8Array {
  const content = `BT /F1 11 Tf 16 TL 56 780 Td\n${lines.map((line) => `<${hex(line)}> Tj T*`).join('\n')}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return new TextEncoder().encode(file);
}

/** Letters in Windows-1252, as far as it has them: what is Latin-1, and the marks of French. */
function hex(line: string): string {
  const own: Readonly<Record<string, number>> = { '’': 0x92, 'œ': 0x9c, 'Œ': 0x8c, '–': 0x96, '…': 0x85, '\u202f': 0xa0, '€': 0x80 };
  return [...line].map((letter) => { const code = own[letter] ?? letter.codePointAt(0) ?? 0; return (code > 0xff ? 0x3f : code).toString(16).padStart(2, '0'); }).join('');
}
