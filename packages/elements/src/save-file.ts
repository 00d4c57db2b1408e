/** Long enough for a slow browser to begin, short enough not to hold the data for as long as the page is open. */
const HOLD_MS = 60_000;

/** Puts a file among the customer's downloads. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), HOLD_MS);
}
