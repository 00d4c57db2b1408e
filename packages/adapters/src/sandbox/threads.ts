import {
  answerExpected, findsThread, getAttachment, getThread, listThreads, markThreadRead, MESSAGES_AN_HOUR, parseInput, PortalError, previewOf, requireShown, setThreadState, staleByMessages, startThread, writeMessage,
  type Input, type Instant, type Message, type PortalFile, type ThreadDetails, type ThreadList, type ThreadSubject, type Utility,
} from '@oya/contract';
import { threadsOfPersona, type Persona } from '@oya/personas';
import type { ChangeLog } from './changes.ts';
import type { Contracts } from './contracts.ts';

const HOUR_MS = 3_600_000;

interface Kept extends Pick<ThreadDetails, 'id' | 'topic' | 'openedAt'> {
  readonly owner: Persona['id'];
  readonly about?: ThreadSubject;
  state: ThreadDetails['state'];
  messages: readonly Message[];
}

/** Messages at one utility's sandbox portal: those of the personas, and what visitors write. */
export class Threads {
  readonly #utility: Utility;
  readonly #contracts: Contracts;
  readonly #changes: ChangeLog;
  readonly #clock: () => Instant;
  readonly #kept = new Map<Persona['id'], Kept[]>();

  constructor(utility: Utility, contracts: Contracts, changes: ChangeLog, clock: () => Instant) {
    this.#utility = utility;
    this.#contracts = contracts;
    this.#changes = changes;
    this.#clock = clock;
  }

  listThreads(customer: Persona, input: Input<'listThreads'>): ThreadList {
    const { query = '' } = parseInput(listThreads, input);
    const all = this.allOf(customer);
    const unread = all.reduce((sum, thread) => sum + thread.unread, 0);
    return { items: all.filter((thread) => findsThread(query.trim(), thread, thread.messages)).map(({ messages: _, ...thread }) => thread), unread };
  }

  getThread(customer: Persona, input: Input<'getThread'>): ThreadDetails {
    return this.#shown(this.#thread(customer, parseInput(getThread, input).threadId));
  }

  startThread(customer: Persona, input: Input<'startThread'>): ThreadDetails {
    const { topic, about, ...written } = parseInput(startThread, input);
    const subject = this.#subjectOf(customer, about);
    this.#requireOwnReading(customer, written.reading);
    this.#countWriting(customer);
    const thread: Kept = { id: crypto.randomUUID(), owner: customer.id, topic, ...(subject && { about: subject }), openedAt: this.#clock(), state: 'open', messages: [] };
    const attachments = this.#contracts.invoices.attachments.giveTo(customer, written.attachmentIds ?? [], { what: 'message' });
    this.#of(customer).push(thread);
    this.#append(thread, { from: 'customer', author: null, words: written.words, ...(written.reading && { reading: written.reading }), ...(attachments.length > 0 && { attachments }) });
    return this.#shown(thread);
  }

  writeMessage(customer: Persona, input: Input<'writeMessage'>): ThreadDetails {
    const { threadId, words, attachmentIds = [], reading } = parseInput(writeMessage, input);
    const thread = this.#thread(customer, threadId);
    this.#requireOwnReading(customer, reading);
    this.#countWriting(customer);
    const attachments = this.#contracts.invoices.attachments.giveTo(customer, attachmentIds, { what: 'message', threadId });
    this.#append(thread, { from: 'customer', author: null, words, ...(reading && { reading }), ...(attachments.length > 0 && { attachments }) });
    return this.#shown(thread);
  }

  markThreadRead(customer: Persona, input: Input<'markThreadRead'>): ThreadDetails {
    const thread = this.#thread(customer, parseInput(markThreadRead, input).threadId);
    if (thread.messages.some(({ from, readAt }) => from === 'utility' && readAt === null)) {
      this.#read(thread, 'utility');
      this.#changes.note(staleByMessages(thread.id));
    }
    return this.#shown(thread);
  }

  setThreadState(customer: Persona, input: Input<'setThreadState'>): ThreadDetails {
    const { threadId, state } = parseInput(setThreadState, input);
    const thread = this.#thread(customer, threadId);
    thread.state = state;
    this.#changes.note(staleByMessages(threadId));
    return this.#shown(thread);
  }

  getAttachment(customer: Persona, input: Input<'getAttachment'>): PortalFile {
    return this.#contracts.invoices.attachments.fileOf(customer, parseInput(getAttachment, input).attachmentId);
  }

  /** @throws PortalError for a thread that is not the customer's */
  requireOwn(customer: Persona, threadId: string): void {
    this.#thread(customer, threadId);
  }

  /** The utility answers. @throws RangeError where there is no such thread */
  answer(threadId: string, words: string, author = 'Chloé, service clients'): void {
    const thread = [...this.#kept.values()].flat().find(({ id }) => id === threadId);
    if (!thread) throw new RangeError(`there is no thread "${threadId}"`);
    this.#append(thread, { from: 'utility', author, words });
  }

  /** With all that was written, the latest first; for whoever takes their data away, too. */
  allOf(customer: Persona): ThreadDetails[] {
    return this.#of(customer).map((thread) => this.#shown(thread)).sort((one, other) => Date.parse(other.lastAt) - Date.parse(one.lastAt));
  }

  #append(thread: Kept, written: Omit<Message, 'id' | 'at' | 'readAt'>): void {
    this.#read(thread, written.from === 'customer' ? 'utility' : 'customer');
    thread.messages = [...thread.messages, { id: crypto.randomUUID(), at: this.#clock(), readAt: null, ...written }];
    thread.state = 'open';
    this.#changes.note(staleByMessages(thread.id));
  }

  #read(thread: Kept, side: Message['from']): void {
    thread.messages = thread.messages.map((message) => (message.from === side && message.readAt === null ? { ...message, readAt: this.#clock() } : message));
  }

  #shown({ id, topic, about, openedAt, state, messages }: Kept): ThreadDetails {
    const last = messages.at(-1) as Message;
    const service = this.#utility.messages;
    const waits = state === 'open' && last.from === 'customer';
    return {
      id, topic, ...(about && { about }), state, openedAt, lastAt: last.at, lastFrom: last.from, preview: previewOf(last),
      unread: messages.filter(({ from, readAt }) => from === 'utility' && readAt === null).length,
      answerBy: waits && service ? answerExpected(Date.parse(last.at), service, this.#utility.timeZone) : null,
      messages: [...messages],
    };
  }

  #of(customer: Persona): Kept[] {
    let kept = this.#kept.get(customer.id);
    if (!kept) {
      kept = threadsOfPersona(customer).map(({ id, topic, about, state, messages }): Kept => ({
        id, owner: customer.id, topic, ...(about && { about }), state, openedAt: messages[0]?.at ?? this.#clock(),
        messages: messages.map(({ isRead, ...message }, at) => ({ id: `${id}-${at}`, ...message, readAt: isRead ? message.at : null })),
      }));
      this.#kept.set(customer.id, kept);
    }
    return kept;
  }

  #thread(customer: Persona, threadId: string): Kept {
    const thread = this.#of(customer).find(({ id }) => id === threadId);
    if (!thread) throw new PortalError('not-found', { detail: `there is no thread "${threadId}" for this customer` });
    return thread;
  }

  #subjectOf(customer: Persona, about: Input<'startThread'>['about']): ThreadSubject | undefined {
    if (!about) return undefined;
    const contract = this.#contracts.owned(customer, about.contractId);
    if (about.what === 'contract') return { ...about, label: contract.number };
    if (about.what === 'invoice') return { ...about, label: this.#contracts.invoices.getInvoice(customer, { contractId: contract.id, invoiceId: about.invoiceId }).number };
    const source = this.#contracts.metersOf(customer).find(({ meter }) => meter.id === about.meterId && meter.contractId === contract.id);
    if (!source) throw new PortalError('not-found', { detail: `there is no meter "${about.meterId}" of this contract` });
    return { ...about, label: source.meter.serialNumber };
  }

  #requireOwnReading(customer: Persona, reading: Input<'writeMessage'>['reading']): void {
    if (!reading) return;
    this.#contracts.readings.requireOwn(customer, reading.meterId);
    requireShown(reading, this.#contracts.meterSource(reading.meterId)?.meter.registers ?? []);
  }

  #countWriting(customer: Persona): void {
    const since = Date.parse(this.#clock()) - HOUR_MS;
    const written = this.#of(customer).flatMap(({ messages }) => messages).filter(({ from, at }) => from === 'customer' && Date.parse(at) > since).map(({ at }) => Date.parse(at));
    if (written.length >= MESSAGES_AN_HOUR) throw new PortalError('rate-limited', { detail: 'too many messages within an hour', retryAfterSeconds: Math.ceil((Math.min(...written) - since) / 1000) });
  }
}
