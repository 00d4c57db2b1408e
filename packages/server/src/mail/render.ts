/** A letter as plain text and as HTML that a screen reader reads well; both say the same. */
import type { Utility } from '@oya/contract';
import type { Language, Letter } from './messages.ts';

export interface Rendered {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Nothing is loaded from anywhere: mail programs show it at once, and nobody learns that it was opened. */
export function render(letter: Letter, language: Language, utility: Utility): Rendered {
  return { subject: oneLine(letter.subject), text: textOf(letter, language, utility), html: htmlOf(letter, language, utility) };
}

function textOf({ paragraphs: [first = '', ...rest], emphasis, action, otherwise }: Letter, language: Language, utility: Utility): string {
  const parts = [GREETING[language], first, emphasis && `    ${emphasis}`, ...rest, action && `${action.label} :\n${action.address}`.replace(' :', language === 'fr' ? ' :' : ':'), otherwise, `${utility.name}\n${utility.legalName}`];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function htmlOf({ subject, paragraphs: [first = '', ...rest], emphasis, action, otherwise }: Letter, language: Language, utility: Utility): string {
  const body = [
    `<p style="margin:0 0 24px;font-size:20px;font-weight:bold">${escaped(utility.name)}</p>`,
    paragraph(GREETING[language]),
    paragraph(first),
    emphasis && `<p style="margin:24px 0;font-size:28px;font-weight:bold;letter-spacing:2px">${escaped(emphasis)}</p>`,
    ...rest.map(paragraph),
    action && `<p style="margin:24px 0"><a href="${escaped(action.address)}" style="display:inline-block;padding:12px 20px;background:#1d3b5c;color:#ffffff;font-weight:bold;text-decoration:none;border-radius:6px">${escaped(action.label)}</a></p>`,
    `<p style="margin:24px 0 0;color:#4a5561;font-size:14px">${escaped(otherwise)}</p>`,
    `<p style="margin:24px 0 0;padding-top:16px;border-top:1px solid #d5dbe1;color:#4a5561;font-size:14px">${escaped(utility.legalName)}</p>`,
  ];
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(subject)}</title></head>
<body style="margin:0;padding:24px;background:#ffffff;color:#1c2733;font:16px/1.5 system-ui,sans-serif">
<div style="max-width:34em;margin:0 auto">
${body.filter(Boolean).join('\n')}
</div>
</body>
</html>
`;
}

const GREETING: Readonly<Record<Language, string>> = { fr: 'Bonjour,', en: 'Hello,' };

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${escaped(text)}</p>`;
}

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replaceAll(/[&<>"]/g, (character) => entities[character] as string);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}
