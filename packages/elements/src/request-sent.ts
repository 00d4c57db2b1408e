import { IntentEvent } from '@oya/core';

/** The customer has asked the utility for something; what it is stays with the portal. */
export class OyaRequestSentEvent extends IntentEvent {
  constructor() {
    super('oya-request-sent');
  }
}

declare global {
  interface HTMLElementEventMap {
    'oya-request-sent': OyaRequestSentEvent;
  }
}
