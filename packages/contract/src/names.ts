/** A name for comparing: accents, capitals, hyphens and spaces make no difference. */
export function comparableName(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
