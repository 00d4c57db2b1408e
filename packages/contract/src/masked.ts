/** What is told of an address or a number to who should know it, and to nobody else. */

/** `camille.durand@example.org` → `c•••••@example.org`: enough for its owner to know it. */
export function maskEmail(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? '•••••' : `${[...address][0]}•••••${address.slice(at)}`;
}

const DIGITS_SHOWN = 2;

/** `+33612345678` → `+33•••••78`: enough for its owner to know it. */
export function maskPhone(phone: string): string {
  const shown = phone.startsWith('+') ? 3 : 2;
  return phone.length <= shown + DIGITS_SHOWN ? '•••••' : `${phone.slice(0, shown)}•••••${phone.slice(-DIGITS_SHOWN)}`;
}
