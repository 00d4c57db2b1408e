import { canBeGiven, consentFaults, loadCurveState, PortalError, resolutionsWith, type Consent, type Input, type Instant, type Meter } from '@oya/contract';
import { consentsOf, type PersonaMeter } from '@oya/personas';

/** What customers have agreed to about their meters: as the personas have, until a visitor agrees to more. */
export class Consents {
  readonly #clock: () => Instant;
  readonly #known = new Map<Meter['id'], Consent[]>();

  constructor(clock: () => Instant) {
    this.#clock = clock;
  }

  of(source: PersonaMeter): Consent[] {
    const { id } = source.meter;
    const consents = this.#known.get(id) ?? consentsOf(source, this.#clock());
    this.#known.set(id, consents);
    return consents;
  }

  give(source: PersonaMeter, choices: Input<'giveConsents'>['choices']): Consent[] {
    const consents = this.of(source);
    if (consents.length === 0) throw new PortalError('conflict', { detail: 'this meter has no load curve to consent to' });
    const fields = consentFaults(choices, consents);
    if (fields.length > 0) throw new PortalError('invalid', { detail: 'these consents cannot be given so', fields });
    return this.#move(source, 'requested', (consent) => canBeGiven(consent) && choices.some(({ purpose }) => purpose === consent.purpose));
  }

  /** The network operator has done its part. */
  activate(source: PersonaMeter): void {
    this.#move(source, 'active', ({ state }) => state === 'requested');
  }

  /** A meter as its consents let it be: with them come the half-hours of all days that it has measured. */
  applied(source: PersonaMeter): PersonaMeter {
    const consents = this.#known.get(source.meter.id) ?? [];
    if (consents.length === 0) return source;
    const loadCurve = loadCurveState(consents);
    return { ...source, meter: { ...source.meter, loadCurve, resolutions: resolutionsWith(loadCurve, source.meter.resolutions) } };
  }

  #move(source: PersonaMeter, state: Consent['state'], moves: (consent: Consent) => boolean): Consent[] {
    const consents = this.of(source).map((consent) => (moves(consent) ? { ...consent, state, since: this.#clock() } : consent));
    this.#known.set(source.meter.id, consents);
    return consents;
  }
}
