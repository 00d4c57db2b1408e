import type { DataExport } from '@oya/contract';

/** Long enough for a slow browser to begin, short enough not to hold the data for as long as the page is open. */
const HOLD_MS = 60_000;

/** Puts the customer's data among their downloads, as a file that people can read and programs too. */
export function saveExport(data: DataExport, name: string): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), HOLD_MS);
}
