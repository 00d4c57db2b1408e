/** XML as it is written: elements of elements and texts, without a way to forget to escape one. */

/** A name with its prefix, its attributes, and what is in it; what is `undefined` is left out. */
export type XmlElement = readonly [name: string, content: string | readonly (XmlElement | undefined)[], attributes?: Readonly<Record<string, string>>];

/** A document of its own, in lines that a person can read too. */
export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`;
}

function written([name, content, attributes = {}]: XmlElement, indent: string): string {
  const opening = `${indent}<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}>`;
  if (typeof content === 'string') return `${opening}${escaped(content)}</${name}>\n`;
  return `${opening}\n${content.map((element) => (element ? written(element, `${indent}  `) : '')).join('')}${indent}</${name}>\n`;
}

/** Control characters, half letters and what is no character cannot stand in XML, escaped or not. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
