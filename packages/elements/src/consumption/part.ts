import { OyaElement } from '@oya/core';
import { property } from 'lit/decorators.js';
import { partsMessages } from './parts.messages.ts';
import type { Shown } from './shown.ts';

/**
 * What stands around and below a picture, and is fetched after it. It stands in the shadow root of `oya-consumption`, whose
 * styles it shares, and brings those of its own.
 */
export abstract class ConsumptionPart extends OyaElement {
  static override readonly messages = partsMessages;

  @property({ attribute: false }) shown: Shown | undefined;
}
