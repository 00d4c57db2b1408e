import { OyaElement } from '@oya/core';
import { property } from 'lit/decorators.js';
import { CurveWords } from './curve-words.ts';
import { partsMessages } from './parts.messages.ts';
import type { Shown } from './shown.ts';
import type { Telling } from './telling.ts';

/**
 * What stands around and below a picture, and is fetched after it. It stands in the shadow root of `oya-consumption`, whose
 * styles it shares, and brings those of its own.
 */
export abstract class ConsumptionPart extends OyaElement {
  static override readonly messages = partsMessages;

  @property({ attribute: false }) shown: Shown | undefined;

  #curveWords: { readonly tell: Telling; readonly words: CurveWords } | undefined;

  protected curveWords(tell: Telling): CurveWords {
    if (this.#curveWords?.tell !== tell) this.#curveWords = { tell, words: new CurveWords(tell, this.format, this.words(partsMessages)) };
    return this.#curveWords.words;
  }
}
