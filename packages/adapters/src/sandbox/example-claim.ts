/** A claim as a sandbox gives it: what it is about and what the customer says, marked as an example. */
import type { Contract, InvoiceDetails, PortalFile } from '@oya/contract';
import { zipSync } from 'fflate';
import type { KeptFile } from './attachments.ts';
import { base64, examplePaper } from './example-paper.ts';

export interface ClaimSubject {
  readonly details: InvoiceDetails;
  readonly contract: Contract;
  readonly words: string;
  readonly files: readonly KeptFile[];
  /** The invoice itself, for people and for programs. */
  readonly papers: readonly PortalFile[];
}

export function exampleClaim({ details, contract, words, files, papers }: ClaimSubject, format: 'pdf' | 'zip', lang: string): PortalFile {
  const english = lang.startsWith('en');
  const { number, issuedOn, period, total, bill } = details;
  const euros = (amount: number) => new Intl.NumberFormat(english ? 'en-GB' : 'fr-FR', { style: 'currency', currency: 'EUR' }).format(amount / 100);
  const energies = bill.lines.filter((line) => line.what === 'energy');
  const paper = examplePaper([
    english ? 'EXAMPLE: claim file of a sandbox, without measurements' : 'EXEMPLE : dossier d’un bac à sable, sans mesures',
    '',
    `${english ? 'Bill' : 'Facture'} ${number}, ${issuedOn}, ${period.from} - ${period.to} : ${euros(total)}`,
    `${contract.holder} · ${english ? 'contract' : 'contrat'} ${contract.number}`,
    '',
    ...(words === '' ? [] : [english ? 'What the customer says:' : 'Ce que dit le client :', ...words.split('\n'), '']),
    ...energies.map(({ register, from, to, index }) => `${from} - ${to}  ${register} : ${index.start} (${index.startQuality}) - ${index.end} (${index.endQuality})`),
    ...files.map(({ attachment }, index) => `${index + 1}. ${attachment.name}`),
  ]);
  const name = `${english ? 'claim' : 'dossier'}-${number}`;
  if (format === 'pdf') return { name: `${name}.pdf`, mediaType: 'application/pdf', content: base64(paper) };
  const packed: Record<string, Uint8Array> = { [`${name}.pdf`]: paper };
  for (const { name: title, content } of papers) packed[title] = Uint8Array.from(atob(content), (letter) => letter.codePointAt(0) ?? 0);
  const rows = energies.map(({ register, from, to, index, wattHours }) => [register, from, to, index.start, index.startQuality, index.end, index.endQuality, wattHours].join(';'));
  packed[english ? 'readings.csv' : 'index.csv'] = new TextEncoder().encode(`\ufeff${['register;from;to;start;quality;end;quality;Wh', ...rows].join('\r\n')}\r\n`);
  for (const [index, { attachment, bytes }] of files.entries()) packed[`${english ? 'files' : 'pieces'}/${index + 1} ${attachment.name}`] = bytes;
  return { name: `${name}.zip`, mediaType: 'application/zip', content: base64(zipSync(packed, { level: 0 })) };
}
