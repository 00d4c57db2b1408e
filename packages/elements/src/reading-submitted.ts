import { IntentEvent } from '@oya/core';

/** The customer has sent a reading, and the portal has taken it; what it was stays with the portal. */
export class OyaReadingSubmittedEvent extends IntentEvent {
  constructor() {
    super('oya-reading-submitted');
  }
}

declare global {
  interface HTMLElementEventMap {
    'oya-reading-submitted': OyaReadingSubmittedEvent;
  }
}
