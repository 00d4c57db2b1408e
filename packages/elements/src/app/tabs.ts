/** What an app holds, in the order of its navigation. A tab is there when one of its elements is. */
import { svg } from 'lit';
import { splitFragment } from '../fragment.ts';
import type { Icon } from '../icons.ts';
import { spaceIcons } from '../space-icons.ts';

export interface Tab {
  /** Names it in the address (`#alerts`) and in its words (`tab.<id>`). */
  readonly id: TabId;
  readonly tags: readonly string[];
  readonly icon: Icon;
}

export type TabId = 'alerts' | 'weather' | 'steps' | 'emergency' | 'space';

const BELL = svg`<path d="M10.268 21a2 2 0 0 0 3.464 0"></path><path d="M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326"></path>`;
const SKY = svg`<path d="M12 2v2"></path><path d="m4.93 4.93 1.41 1.41"></path><path d="M20 12h2"></path><path d="m19.07 4.93-1.41 1.41"></path>
  <path d="M15.947 12.65a4 4 0 0 0-5.925-4.128"></path><path d="M13 22H7a5 5 0 1 1 4.9-6H13a3 3 0 0 1 0 6Z"></path>`;
const LIST = svg`<rect width="8" height="4" x="8" y="2" rx="1" ry="1"></rect><path d="M16 4h2a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2h2"></path>
  <path d="M12 11h4"></path><path d="M12 16h4"></path><path d="M8 11h.01"></path><path d="M8 16h.01"></path>`;
const SIREN = svg`<path d="M7 18v-6a5 5 0 1 1 10 0v6"></path><path d="M5 21a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1v-1a2 2 0 0 0-2-2H7a2 2 0 0 0-2 2z"></path><path d="M21 12h1"></path>
  <path d="M18.5 4.5 18 5"></path><path d="M2 12h1"></path><path d="M12 2v1"></path><path d="m4.929 4.929.707.707"></path><path d="M12 12v6"></path>`;

export const TABS: readonly Tab[] = [
  { id: 'alerts', tags: ['oya-alerts'], icon: BELL },
  { id: 'weather', tags: ['oya-ecowatt', 'oya-tempo'], icon: SKY },
  { id: 'steps', tags: ['oya-procedures', 'oya-install'], icon: LIST },
  { id: 'emergency', tags: ['oya-emergency'], icon: SIREN },
  { id: 'space', tags: ['oya-portal'], icon: spaceIcons.person },
];

/** Sections of the portal that the app shows in a tab of their own. */
export const SHOWN_IN_TABS = 'alerts tempo ecowatt procedures emergency';

/** The tab that an address asks for; what stands below `#/` is the portal's. `undefined` where it says nothing about tabs. */
export function tabAt(hash: string): TabId | undefined {
  if (hash.startsWith('#/')) return 'space';
  // A form that was begun names itself in place of the tab.
  if (splitFragment(hash).parameters.has('oya-procedure')) return 'steps';
  return TABS.find(({ id }) => hash === `#${id}`)?.id;
}
