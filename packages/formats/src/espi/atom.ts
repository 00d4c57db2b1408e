/**
 * The Atom feed around Green Button, read as a stream: entries with their links, and in each the ESPI resources with the
 * fields that matter. Loaded with its XML parser when such a file comes along.
 * No document type: without one there are no entities but those of XML itself, and nothing is fetched or multiplied.
 */
import { SaxesParser } from 'saxes';
import { FormatError } from '../errors.ts';
import { ESPI } from './vocabulary.ts';

const DEEPEST = 32;
const RESOURCES = ['UsagePoint', 'MeterReading', 'ReadingType', 'IntervalBlock', 'LocalTimeParameters', 'UsageSummary', 'ElectricPowerUsageSummary'];
const DOWNLOAD_AGAIN = 'Download the file again: it may have been cut off or edited.';

export interface Entry {
  /** Without the server's name and a slash at the end, as links of one feed differ in them. */
  self: string;
  up: string;
  related: string[];
  resources: Resource[];
}

export interface Resource {
  readonly kind: string;
  readonly entry: Entry;
  readonly line: number;
  /** Texts by their path inside the resource: `uom`, `ServiceCategory/kind`. */
  readonly fields: Readonly<Record<string, string>>;
  /** Of an interval block, each with its fields: `timePeriod/start`, `value`, `cost`… */
  readonly readings: readonly { readonly line: number; readonly fields: Readonly<Record<string, string>> }[];
}

type Fields = Record<string, string>;

/** @throws FormatError when the text is not well-formed, declares a document type or nests too deeply */
export function readFeed(text: string): Entry[] {
  const parser = new SaxesParser({ xmlns: true });
  const entries: Entry[] = [];
  const open: string[] = [];
  let entry: Entry | undefined;
  let resource: { depth: number; fields: Fields; readings: { line: number; fields: Fields }[] } | undefined;
  let reading: { depth: number; fields: Fields } | undefined;
  let content = '';

  parser.on('error', (cause) => {
    throw new FormatError('this is not well-formed XML', DOWNLOAD_AGAIN, { line: parser.line, cause });
  });
  parser.on('doctype', () => {
    throw new FormatError('the file declares a document type, which Green Button files do not', 'Give the file as the utility delivers it.', { line: parser.line });
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    if (open.length === 0 && local !== 'feed' && local !== 'entry') throw new FormatError(`the file begins with <${local.slice(0, 40)}>, not with a feed`, DOWNLOAD_AGAIN, { line: parser.line });
    open.push(local);
    if (open.length > DEEPEST) throw new FormatError(`its elements are nested more than ${DEEPEST} deep`, 'Give the file as the utility delivers it.', { line: parser.line });
    content = '';
    if (local === 'entry') entries.push((entry = { self: '', up: '', related: [], resources: [] }));
    else if (!entry) return;
    else if (local === 'link' && open.at(-2) === 'entry') addLink(entry, attributes['rel']?.value ?? '', attributes['href']?.value ?? '');
    else if (uri === ESPI && !resource && RESOURCES.includes(local)) {
      resource = { depth: open.length, fields: Object.create(null) as Fields, readings: [] };
      entry.resources.push({ kind: local, entry, line: parser.line, fields: resource.fields, readings: resource.readings });
    } else if (resource && local === 'IntervalReading') {
      const fields = Object.create(null) as Fields;
      reading = { depth: open.length, fields };
      resource.readings.push({ line: parser.line, fields });
    }
  });
  const onText = (more: string): void => {
    if (resource) content += more;
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  parser.on('closetag', () => {
    const holder = reading ?? resource;
    if (holder && open.length > holder.depth && content.trim() !== '') holder.fields[open.slice(holder.depth).join('/')] ??= content.trim();
    content = '';
    if (reading?.depth === open.length) reading = undefined;
    if (resource?.depth === open.length) resource = undefined;
    if (open.pop() === 'entry') entry = undefined;
  });
  parser.write(text).close();
  return entries;
}

function addLink(entry: Entry, rel: string, href: string): void {
  const path = href.replace(/^https?:\/\/[^/]*/i, '').replace(/\/+$/, '');
  if (rel === 'self') entry.self ||= path;
  else if (rel === 'up') entry.up ||= path;
  else if (rel === 'related') entry.related.push(path);
}
