/** Words that several companies' exports share. */
import { QUALITIES } from '@oya/contract';
import { simplified } from './csv.ts';

/** By “Nature de la donnée”: `Réelle`, `Mesurée`; any other word is a value that somebody made where the meter had none. */
export function qualityOfNature(words: string): string {
  return /^(evt )?(reel|mesur)|^$/.test(simplified(words)) ? QUALITIES.real : QUALITIES.estimated;
}
