import type { DataExport } from '@oya/contract';
import { saveFile } from '../save-file.ts';

/** Puts the customer's data among their downloads, as a file that people can read and programs too. */
export function saveExport(data: DataExport, name: string): void {
  saveFile(new Blob([JSON.stringify(data, null, 2)], { type: 'application/json' }), name);
}
