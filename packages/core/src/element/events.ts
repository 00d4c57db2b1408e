import type { ErrorKind } from '@oya/contract';

/** An intent of the user: it bubbles out of every shadow root so that the host page hears it. */
export abstract class IntentEvent extends Event {
  constructor(type: string, options: EventInit = {}) {
    super(type, { bubbles: true, composed: true, ...options });
  }
}

/** The customer wants to go to another view. Cancel it to route in the host's own way. */
export class OyaNavigateEvent extends IntentEvent {
  readonly view: string;
  readonly href: string;

  constructor(view: string, href: string) {
    super('oya-navigate', { cancelable: true });
    this.view = view;
    this.href = href;
  }
}

/** The customer has signed in; elements of the same client already show their data. */
export class OyaSignedInEvent extends IntentEvent {
  constructor() {
    super('oya-signed-in');
  }
}

/** The customer has signed out by their own wish. */
export class OyaSignedOutEvent extends IntentEvent {
  constructor() {
    super('oya-signed-out');
  }
}

/** An element shows an error. Only its kind and reference: no personal data in events. */
export class OyaErrorEvent extends Event {
  readonly kind: ErrorKind;
  readonly requestId: string | undefined;

  constructor(kind: ErrorKind, requestId: string | undefined) {
    super('oya-error');
    this.kind = kind;
    this.requestId = requestId;
  }
}

/** An element shows its subject for the first time. */
export class OyaReadyEvent extends Event {
  constructor() {
    super('oya-ready');
  }
}

declare global {
  interface DocumentEventMap {
    'oya-navigate': OyaNavigateEvent;
  }
  interface HTMLElementEventMap {
    'oya-navigate': OyaNavigateEvent;
    'oya-signed-in': OyaSignedInEvent;
    'oya-signed-out': OyaSignedOutEvent;
    'oya-error': OyaErrorEvent;
    'oya-ready': OyaReadyEvent;
  }
}
