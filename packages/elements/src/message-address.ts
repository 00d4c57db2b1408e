/**
 * The thread on view in a page's fragment, or what is about to be written: `#oya-message=thread:<id>`, `=reading:<meter>`,
 * `=new:<topic>`. Beside the section that a portal keeps there: `#/messages?oya-message=…`. Pure.
 */
import { splitFragment } from './fragment.ts';

const NAME = 'oya-message';

export interface MessageName {
  /** A thread by its id; self-read indexes by their meter; a new one by its topic. */
  readonly what: 'thread' | 'reading' | 'new';
  readonly id: string;
}

export function messageIn(hash: string): MessageName | undefined {
  const [, what, id] = /^(thread|reading|new):(.{1,64})$/.exec(splitFragment(hash).parameters.get(NAME) ?? '') ?? [];
  return what !== undefined && id !== undefined ? { what: what as MessageName['what'], id } : undefined;
}

/** The fragment, with its `#`, for another one or for none. What else stands in it stays, but for a mere place on the page. */
export function withMessage(hash: string, message: MessageName | undefined): string {
  const { path, parameters } = splitFragment(hash);
  if (message) parameters.set(NAME, `${message.what}:${message.id}`);
  else parameters.delete(NAME);
  const query = parameters.toString().replaceAll('%3A', ':');
  return path === '' ? `#${query}` : `#${path}${query === '' ? '' : `?${query}`}`;
}

/** What `link` takes as the fragment of a route that leads to it. */
export function fragmentForMessage(route: string, message: MessageName): string {
  return withMessage(/#.*$/.exec(route)?.[0] ?? '', message).slice(1);
}
