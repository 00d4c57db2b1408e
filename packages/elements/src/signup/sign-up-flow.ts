import { confirmSignUp, describeAccess, getSignUp, PortalError, resendSignUpCode, startSignUp, submitSignUp, whoAmI } from '@oya/contract';
import type { AccessRules, Proof, Session, SignUp } from '@oya/contract';
import { IntentEvent, mayHaveArrived, newIdempotencyKey, Resource, type MessageKey, type PortalClient, type Write } from '@oya/core';
import type { PropertyValues } from 'lit';
import { state } from 'lit/decorators.js';
import { CodeClock, resendDelay, timeLeft, type Moment } from '../light-form/code-clock.ts';
import { fillForm, readForm, type Values } from '../light-form/form-values.ts';
import { IdentifierCheck } from '../light-form/identifier-check.ts';
import { OyaLightForm } from '../light-form/light-form.ts';
import { mailedCodeMessages } from '../light-form/mailed-code.messages.ts';
import { passwordRulesMessages } from '../light-form/password-rules.messages.ts';
import { passwordRulesSentence } from '../light-form/password-rules.ts';
import { readPhoneNumber } from '../light-form/phone-number.ts';
import { personalWords, readAccount, readCode, readNewEmail, readProof, readStart, type Faults } from './checks.ts';
import { dropDraft, findDraft, keepDraft } from './draft.ts';
import { isOnlyUnsolved, refusalByPortal, refusalOfFields, refusalOfProof, refusalOfResend, refusalOfTerms, type RefusalWords } from './refusals.ts';
import { RobotCheck } from './robot-check.ts';
import { signupMessages, type fr } from './signup.messages.ts';
import { StepHistory } from './step-history.ts';

/** A customer has made an account and is signed in. */
export class OyaSignedUpEvent extends IntentEvent {
  constructor() {
    super('oya-signed-up');
  }
}

export const STEPS = ['mode', 'proof', 'account', 'code', 'address'] as const;
export type Step = (typeof STEPS)[number];

/** Where a mail leads back into a sign-up, also beside the section of a portal. */
const ADDRESS = /^(#|#\/[^?]*\?)oya-signup=([\w-]+)$/;
/** One hears of the rules when the typing rests, not at each letter. */
const QUIET_MS = 1200;

export interface Welcome {
  readonly customerId: string;
  readonly name: string;
  readonly identifier: string;
}

/** What a sign-up does and keeps; `OyaSignup` says how it looks. */
export abstract class SignUpFlow extends OyaLightForm {
  static override readonly sharedMessages = [...OyaLightForm.sharedMessages, passwordRulesMessages, mailedCodeMessages];

  @state() protected step: Step = 'mode';
  @state() protected values: Values = {};
  @state() protected signUp: SignUp | undefined;
  /** A sign-up begun before is being looked for, or could not be. */
  @state() protected resumption: { readonly id: string; readonly step: string; readonly error?: PortalError } | undefined;
  @state() protected welcome: Welcome | undefined;
  @state() protected signOutFailure: PortalError | undefined;
  @state() protected resending = false;

  protected readonly session = new Resource(this, whoAmI, () => ({}));
  readonly #access = new Resource(this, describeAccess, () => ({}));
  readonly #history = new StepHistory(this, (step) => this.#onHistory(step));
  protected readonly robot = new RobotCheck(this);
  protected readonly identifier = new IdentifierCheck(this, () => this.#tellOfIdentifier());
  protected readonly clock = new CodeClock(this, (moment) => this.#tellOfCode(moment));

  #begunWith: PortalClient | undefined;
  /** The id of who is signed in: empty for a visitor, `undefined` until it is known. */
  #customer: string | undefined;
  #filled: HTMLFormElement | null = null;
  #provedBy: string | undefined;
  /** The account as last sent: going back and ahead again sends no second code. */
  #sentAs: string | undefined;
  /** Operation → names the intent to do it with what is typed: the same for each try, until an answer comes or the words change. */
  #keys: Record<string, string> = {};
  #quiet: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#quiet);
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#followSession();
    if (this.client && this.#begunWith !== this.client && this.state === 'ready') {
      this.#begunWith = this.client;
      this.#begin();
    }
    if (this.step === 'account' && this.#isOpen && this.robot.status === 'idle') this.robot.start();
    this.clock.follow(this.signUp?.state === 'code-sent' ? this.signUp.code : undefined);
  }

  protected override updated(changed: PropertyValues): void {
    const { form } = this;
    if (form && form !== this.#filled) fillForm(form, this.values);
    this.#filled = form;
    super.updated(changed);
  }

  /** The ways on from a refused proof. */
  protected abstract renderProofWays(): unknown;

  /** Somebody comes or goes in another tab: nobody is welcomed any longer than they stay. */
  #followSession(): void {
    const session = this.session.data;
    if (!session) return;
    const before = this.#customer;
    this.#customer = session.state === 'signed-in' ? session.customer.id : '';
    if (before === undefined || before === this.#customer) return;
    if (this.welcome?.customerId === before) this.welcome = undefined;
    if (!this.#customer || !this.signUp) return;
    // That tab may have finished this very sign-up.
    this.resumption = { id: this.signUp.id, step: this.step };
    void this.resume();
  }

  // What is done in each step

  protected readonly submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (this.sending || !this.client) return;
    this.#keep();
    switch (this.step) {
      case 'mode':
        return this.#submitMode();
      case 'proof':
        return this.#submitProof();
      case 'account':
        return this.#submitAccount();
      case 'code':
        return this.#submitCode();
      case 'address':
        return this.#submitAddress();
      default:
        return this.step satisfies never;
    }
  };

  #submitMode(): void {
    const reading = readStart(this.values, this.rules);
    if ('faults' in reading) this.#refuseFields(reading.faults);
    else this.go('proof');
  }

  async #submitProof(): Promise<void> {
    const reading = readProof(this.kind, this.values);
    if ('faults' in reading) return this.#refuseFields(reading.faults);
    const proof = reading.value;
    const termsVersion = this.rules.terms.version;
    const provedBy = JSON.stringify([proof, termsVersion]);
    if (this.signUp && provedBy === this.#provedBy) return this.go('account');
    await this.#send(startSignUp, 'proof.sending', async (client, key) => {
      this.signUp = await client.write(startSignUp, { proof, termsVersion, language: this.locale }, key);
      this.#provedBy = provedBy;
      this.go('account');
    });
  }

  async #submitAccount(): Promise<void> {
    await this.#send(submitSignUp, 'account.sending', async (client, key) => {
      const phone = this.#readPhone();
      const reading = readAccount(this.values, this.rules, { phone: phone === undefined ? 'none' : phone ? 'read' : 'invalid', taken: this.identifier.isTaken(this.values['identifier'] ?? '') });
      if ('faults' in reading) return this.#refuseFields(reading.faults);
      const account = { ...reading.value, ...(phone && { phone }) };
      const sentAs = JSON.stringify(account);
      if (this.signUp?.state === 'code-sent' && sentAs === this.#sentAs && !this.clock.ended) return this.go('code');
      const write = async (challenge: string, intent: string) => client.write(submitSignUp, { signUpId: this.#signUpId, ...account, challenge }, intent);
      try {
        this.signUp = await write(await this.robot.solution(), key);
      } catch (thrown) {
        if (!isOnlyUnsolved(thrown)) throw thrown;
        // The solution was too old, after a long while in this step: nobody need hear of it.
        this.robot.forget();
        this.signUp = await write(await this.robot.solution(), this.#renewKey(submitSignUp));
      }
      this.#sentAs = sentAs;
      this.identifier.own(account.identifier);
      this.robot.forget();
      this.go('code');
    });
  }

  async #submitCode(): Promise<void> {
    const reading = readCode(this.values, this.rules.codeDigits);
    if ('faults' in reading) return this.#refuseFields(reading.faults);
    await this.#send(confirmSignUp, 'code.sending', async (client, key) => {
      this.#welcomeIn(client, await client.write(confirmSignUp, { signUpId: this.#signUpId, code: reading.value }, key));
    });
  }

  async #submitAddress(): Promise<void> {
    const reading = readNewEmail(this.values);
    if ('faults' in reading) return this.#refuseFields(reading.faults);
    const email = reading.value;
    await this.#send(resendSignUpCode, 'resend.sending', async (client, key) => {
      this.signUp = await client.write(resendSignUpCode, { signUpId: this.#signUpId, email }, key);
      this.values = { ...this.values, email, emailAgain: email, newEmail: '', code: '' };
      this.#sentAs = undefined;
      this.#leave();
      this.announcement = this.words(signupMessages)('resend.sent', { to: this.sentTo });
    });
  }

  protected readonly resend = async (): Promise<void> => {
    if (this.sending) return;
    if (this.clock.secondsToResend > 0) {
      this.announcement = this.resendDelay();
      return;
    }
    this.#keep();
    this.resending = true;
    await this.#send(resendSignUpCode, 'resend.sending', async (client, key) => {
      this.signUp = await client.write(resendSignUpCode, { signUpId: this.#signUpId }, key);
      this.values = { ...this.values, code: '' };
      if (this.form) fillForm(this.form, this.values);
      this.#keepDraft();
      this.announcement = this.words(signupMessages)('resend.sent', { to: this.sentTo });
    });
    this.resending = false;
  };

  #welcomeIn(client: PortalClient, session: Session): void {
    const { identifier = '' } = this.values;
    if (session.state === 'signed-in') this.welcome = { customerId: session.customer.id, name: session.customer.displayName, identifier };
    this.#startAnew({});
    dropDraft(this.#utility);
    client.takeSession(session);
    this.focusOn('.title');
    this.dispatchEvent(new OyaSignedUpEvent());
  }

  protected readonly signOut = async (): Promise<void> => {
    if (this.sending || !this.client) return;
    this.sending = true;
    this.signOutFailure = undefined;
    this.announcement = this.words(signupMessages)('signing-out');
    try {
      await this.client.signOut();
      this.forget();
      this.focusOn('.title');
    } catch (thrown) {
      this.signOutFailure = PortalError.from(thrown);
      this.announcement = '';
    } finally {
      this.sending = false;
    }
  };

  /** Sends once, under the key of its intent, and says what comes back. */
  async #send(operation: Write, announcement: MessageKey<typeof fr>, work: (client: PortalClient, key: string) => Promise<void>): Promise<void> {
    const { client } = this;
    if (!client) return;
    const key = (this.#keys[operation.name] ??= newIdempotencyKey());
    this.#keepDraft();
    this.sending = true;
    this.refusal = undefined;
    this.hidePasswords();
    this.announcement = this.words(signupMessages)(announcement);
    try {
      await work(client, key);
      delete this.#keys[operation.name];
    } catch (thrown) {
      const error = PortalError.from(thrown);
      if (!mayHaveArrived(error)) {
        delete this.#keys[operation.name];
        if (operation.name === submitSignUp.name) this.robot.forget();
      }
      await this.#refuseAll(operation, error);
    } finally {
      this.sending = false;
      this.#keepDraft();
    }
  }

  #renewKey({ name }: Write): string {
    return (this.#keys[name] = newIdempotencyKey());
  }

  // What is said when it does not go on

  #refuseFields(faults: Faults): void {
    this.refuse(refusalOfFields(faults, this.refusalWords));
  }

  async #refuseAll(operation: Write, error: PortalError): Promise<void> {
    if (error.kind === 'not-found') return this.#endSignUp();
    if (error.code === 'terms-changed') {
      await this.#access.refresh();
      this.go('mode');
      return this.refuse(refusalOfTerms(this.refusalWords));
    }
    if (error.code === 'proof-refused') return this.refuse({ ...refusalOfProof(this.kind, this.otherKind !== undefined, this.refusalWords), action: this.renderProofWays(), error });
    if (error.kind === 'invalid' && error.fields.length > 0) return this.refuse({ ...(refusalByPortal(error, this.refusalWords) ?? this.failureWords(error)), error });
    const limited = operation.name === resendSignUpCode.name && error.kind === 'rate-limited';
    this.refuse({ ...this.failureWords(error), ...(limited && refusalOfResend(error, this.refusalWords)), error });
  }

  /** The portal knows nothing of this sign-up any more: what is typed stays for another, unless somebody has signed in meanwhile. */
  #endSignUp(): void {
    const t = this.words(signupMessages);
    this.#startAnew(this.#customer ? {} : this.values);
    this.#history.replace('mode');
    if (this.#customer) return dropDraft(this.#utility);
    this.#keepDraft();
    this.refuse({ title: t('ended.title'), text: t('ended.text'), action: this.link('login', t('login.link'), 'button') });
  }

  protected get refusalWords(): RefusalWords {
    const { codeDigits, password: policy } = this.rules;
    return { t: this.words(signupMessages), rules: this.words(passwordRulesMessages), code: this.words(mailedCodeMessages), codeDigits, policy, rulesLeft: this.rulesSentence(), newEmail: this.step === 'address' };
  }

  // Where one is, and what is kept

  #begin(): void {
    const draft = findDraft(this.#utility);
    if (draft) {
      this.values = draft.values;
      this.#provedBy = draft.provedBy;
      this.#keys = { ...draft.keys };
    }
    const id = takeFromAddress();
    const signUpId = id ?? draft?.signUpId;
    if (signUpId === undefined) this.step = this.#reachable(draft?.step ?? 'mode');
    else {
      // A link leads to another sign-up than the one that was begun here: to where that one stands.
      this.resumption = { id: signUpId, step: draft && signUpId === draft.signUpId && id === undefined ? draft.step : 'code' };
      void this.resume();
    }
  }

  protected async resume(): Promise<void> {
    const { client, resumption } = this;
    if (!client || !resumption) return;
    const { id, step } = resumption;
    this.resumption = { id, step };
    try {
      const input = { signUpId: id };
      const queryKey = client.keyOf(getSignUp, input);
      // Asked anew, and not kept: its id is a secret.
      const signUp = await client.queries.fetchQuery({ queryKey, queryFn: ({ signal }) => client.read(getSignUp, input, signal), staleTime: 0, gcTime: 0 });
      this.signUp = signUp;
      this.values = { ...this.values, proof: signUp.proof };
      this.resumption = undefined;
      this.step = this.#reachable(step);
      this.#keepDraft();
    } catch (thrown) {
      const error = PortalError.from(thrown);
      this.resumption = error.kind === 'not-found' ? undefined : { id, step, error };
      if (error.kind === 'not-found') this.#endSignUp();
    }
  }

  #startAnew(values: Values): void {
    this.forget();
    this.step = 'mode';
    this.values = values;
    this.signUp = undefined;
    this.#provedBy = undefined;
    this.#sentAs = undefined;
    this.#keys = {};
  }

  /** The step, or the furthest one that can be had instead. */
  #reachable(step: string): Step {
    const started = 'value' in readStart(this.values, this.rules);
    const furthest = this.signUp ? (this.signUp.state === 'code-sent' ? 'address' : 'account') : started ? 'proof' : 'mode';
    const wanted = STEPS.find((each) => each === step) ?? 'mode';
    const found = STEPS[Math.min(STEPS.indexOf(wanted), STEPS.indexOf(furthest))] ?? 'mode';
    return found === 'proof' && !started ? 'mode' : found;
  }

  protected go(step: Step): void {
    this.#history.push(this.step, step);
    this.#show(step);
  }

  protected readonly back = (): void => {
    this.#keep();
    this.#leave();
  };

  /** To the step before: by the browser's history where that leads there. */
  #leave(): void {
    if (this.#history.leadsBack) return this.#history.back();
    const before = STEPS[STEPS.indexOf(this.step) - 1] ?? 'mode';
    this.#history.replace(before);
    this.#show(this.#reachable(before));
  }

  #onHistory(step: string): void {
    if (!this.#isOpen) return;
    this.#keep();
    this.#show(this.#reachable(step));
  }

  #show(step: Step): void {
    if (step === this.step) return;
    const { announcement } = this;
    this.forget();
    // What was said of the step before is still to be heard, unless it was at work.
    if (!this.sending) this.announcement = announcement;
    this.step = step;
    this.focusOn('.title');
    this.#keepDraft();
  }

  protected use(kind: Proof['kind']): void {
    this.#keep();
    this.forget();
    this.values = { ...this.values, proof: kind };
    this.#keepDraft();
    this.focusOn('.title');
  }

  /** Takes what stands in the fields. Other words are another intent, also those of a password manager that sends no event. */
  #keep(): void {
    if (!this.form) return;
    const typed = readForm(this.form);
    if (Object.entries(typed).some(([name, value]) => value !== (this.values[name] ?? ''))) this.#keys = {};
    this.values = { ...this.values, ...typed };
  }

  #keepDraft(): void {
    if (this.welcome) return;
    keepDraft(this.#utility, { step: this.step, values: this.values, signUpId: this.signUp?.id, provedBy: this.#provedBy, keys: this.#keys });
  }

  protected readonly onInput = (event: Event): void => {
    this.#keep();
    this.#keepDraft();
    const { name } = event.target as HTMLInputElement;
    this.correct(name);
    if (name === 'identifier') this.identifier.look(this.values['identifier'] ?? '');
    if (name !== 'password') return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      if (this.step === 'account' && this.values['password']) this.announcement = this.rulesSentence();
    }, QUIET_MS);
  };

  /** A phone number is shown as people write it, once it is whole. */
  protected readonly onChange = (event: Event): void => {
    const field = event.target as HTMLInputElement;
    if (field.name !== 'phone' || field.value.trim() === '') return;
    const number = readPhoneNumber(field.value);
    if (!number) return;
    field.value = number.shown;
    this.#keep();
    this.#keepDraft();
  };

  /** `undefined` when there is none, empty when it is not one. */
  #readPhone(): string | undefined {
    const { phone = '' } = this.values;
    if (phone.trim() === '') return undefined;
    return readPhoneNumber(phone)?.e164 ?? '';
  }

  #tellOfIdentifier(): void {
    const { status } = this.identifier;
    if (this.step === 'account' && (status === 'free' || status === 'taken')) this.announcement = this.words(signupMessages)(`identifier.is-${status}`);
  }

  #tellOfCode(moment: Moment): void {
    if (this.step !== 'code') return;
    this.announcement = moment === 'resend' ? this.words(mailedCodeMessages)('resend.ready') : this.timeLeft();
  }

  protected timeLeft(): string {
    return timeLeft(this.clock, this.words(mailedCodeMessages));
  }

  protected resendDelay(): string {
    return resendDelay(this.clock.secondsToResend, this.words(mailedCodeMessages));
  }

  protected rulesSentence(): string {
    return passwordRulesSentence(this.values['password'] ?? '', this.rules.password, personalWords(this.values), this.words(passwordRulesMessages));
  }

  protected get rules(): AccessRules {
    return this.#access.data as AccessRules;
  }

  protected get kind(): Proof['kind'] {
    const { proofs } = this.rules;
    return proofs.find((proof) => proof === this.values['proof']) ?? (proofs[0] as Proof['kind']);
  }

  protected get otherKind(): Proof['kind'] | undefined {
    return this.rules.proofs.find((proof) => proof !== this.kind);
  }

  /** The steps are shown, rather than what comes before or after them. */
  get #isOpen(): boolean {
    return this.#begunWith !== undefined && !this.welcome && !this.resumption && this.session.data?.state === 'signed-out';
  }

  get #signUpId(): string {
    return this.signUp?.id ?? '';
  }

  /** In full to whoever typed it, else as the portal shows it. */
  protected get sentTo(): string {
    return this.values['email'] || (this.signUp?.state === 'code-sent' ? this.signUp.code.to : '');
  }

  get #utility(): string {
    return this.client?.settings.value.utility ?? '';
  }
}

/** The id of a sign-up in the page's address; taken out of it, as it is a secret. */
function takeFromAddress(): string | undefined {
  const [, before = '', id] = ADDRESS.exec(location.hash) ?? [];
  if (id !== undefined) history.replaceState(history.state, '', location.pathname + location.search + before.slice(0, -1));
  return id;
}
