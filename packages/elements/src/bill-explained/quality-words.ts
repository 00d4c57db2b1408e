/** How far a day or a half-hour can be trusted, in one word. */
import type { Quality } from '@oya/contract';
import type { Translate } from '@oya/core';
import type { fr } from './days.messages.ts';

export function qualityWord(quality: Quality, t: Translate<typeof fr>): string {
  return t(`quality.${quality}`);
}
