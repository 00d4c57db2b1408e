import { IntentEvent } from '@oya/core';

/** The customer has given or withdrawn consents about a meter, or taken a withdrawal back; which they are stays with the portal. */
export class OyaConsentChangedEvent extends IntentEvent {
  constructor() {
    super('oya-consent-changed');
  }
}

declare global {
  interface HTMLElementEventMap {
    'oya-consent-changed': OyaConsentChangedEvent;
  }
}
