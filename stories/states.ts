/** The states that every element can be in, as stories: an element's story file names them and adds its own. */
import type { ErrorKind, OperationName } from '@oya/contract';
import type { StoryObj } from '@storybook/web-components-vite';
import { NOBODY, type Portal } from './portal.ts';

/** A story of its own: what it decides about its portal, and who is signed in (default: whom the toolbar says). */
export function story({ persona, ...portal }: Portal & { persona?: string } = {}, annotations: StoryObj = {}): StoryObj {
  return { ...annotations, globals: { ...annotations.globals, ...(persona && { persona }) }, parameters: { ...annotations.parameters, portal } };
}

/** The element shows its subject, of whom the toolbar says or of one persona (`ids` of `@oya/personas`). */
export function ready(persona?: string): StoryObj {
  return story({ state: 'ready', ...(persona && { persona }) });
}

/** The visitor has not signed in. */
export function signedOut(): StoryObj {
  return story({ state: 'signed-out', persona: NOBODY });
}

/** The session has ended by itself: other words, the same way on. */
export function sessionExpired(): StoryObj {
  return story({ state: 'signed-out', persona: NOBODY, expired: true });
}

/** Answers do not come yet. */
export function loading(): StoryObj {
  return story({ state: 'loading', faults: { '*': 'silent' } });
}

/** The answers are there and hold nothing, as for a persona for whom nothing has happened yet. */
export function empty(persona: string): StoryObj {
  return story({ state: 'empty', persona });
}

/** Nothing answers but with an error of this kind. */
export function failing(kind: ErrorKind): StoryObj {
  return story({ state: 'error', faults: { '*': kind } });
}

/** The utility does not offer an operation that the element needs. */
export function unsupported(...operations: OperationName[]): StoryObj {
  return story({ state: 'unsupported', without: operations });
}
