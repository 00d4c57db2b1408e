import { QUALITIES, type Quality } from '@oya/contract';

const qualities = Object.entries(QUALITIES) as [Quality, string][];

/** How trustworthy a quality letter is: 0 is the best. */
export function rankOf(letter: string): number {
  return qualities.findIndex(([, known]) => known === letter);
}

export function qualityOfLetter(letter: string): Quality {
  return qualities.find(([, known]) => known === letter)?.[0] ?? 'missing';
}
