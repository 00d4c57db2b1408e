import { IntentEvent } from '@oya/core';

/** The customer has written to the utility; what, and about what, stays with the portal. */
export class OyaMessageSentEvent extends IntentEvent {
  constructor() {
    super('oya-message-sent');
  }
}

declare global {
  interface HTMLElementEventMap {
    'oya-message-sent': OyaMessageSentEvent;
  }
}
