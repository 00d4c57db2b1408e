import { IntentEvent } from '@oya/core';

/** The customer has confirmed a payment, and leaves for the provider's page; of what and how much stays with the portal. */
export class OyaPaymentStartedEvent extends IntentEvent {
  constructor() {
    super('oya-payment-started');
  }
}

declare global {
  interface HTMLElementEventMap {
    'oya-payment-started': OyaPaymentStartedEvent;
  }
}
