/** ISO 8859-1, as older exports are written; every character must have a place in it. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code > 255) throw new RangeError(`“${character}” is not in Latin-1`);
    return code;
  });
}
