/** What the demo's customers and their utility wrote to each other. */
import { instant, type Instant, type ThreadSide, type ThreadSubject, type ThreadTopic } from '@oya/contract';
import type { Persona } from './personas.ts';

export interface PersonaMessage {
  readonly from: ThreadSide;
  readonly author: string | null;
  readonly at: Instant;
  readonly words: string;
  readonly isRead: boolean;
}

export interface PersonaThread {
  readonly id: string;
  readonly customerId: Persona['id'];
  readonly topic: ThreadTopic;
  readonly about?: ThreadSubject;
  readonly state: 'open' | 'closed';
  /** The oldest first. */
  readonly messages: readonly PersonaMessage[];
}

const AGENT = 'Chloé, service clients';

const THREADS: readonly PersonaThread[] = [
  {
    id: '7c6f1f0e-9a3b-4c51-8a55-0d2b3a1c4e01',
    customerId: 'lucien',
    topic: 'invoice',
    state: 'open',
    messages: [
      { from: 'customer', author: null, at: instant(Date.parse('2026-11-19T17:42:00Z')), words: 'Bonjour,\n\nma dernière facture est plus élevée que d’habitude alors que je suis peu chez moi. Pouvez-vous me dire si le relevé est réel ?', isRead: true },
      { from: 'utility', author: AGENT, at: instant(Date.parse('2026-11-20T09:15:00Z')), words: 'Bonjour,\n\nle relevé est réel : votre Linky l’a transmis à minuit. La semaine du 2 novembre était nettement plus froide que l’an dernier, ce qui explique une bonne part de l’écart. Souhaitez-vous que nous regardions ensemble vos demi-heures ?', isRead: false },
    ],
  },
  {
    id: '7c6f1f0e-9a3b-4c51-8a55-0d2b3a1c4e02',
    customerId: 'camille',
    topic: 'contract',
    state: 'closed',
    messages: [
      { from: 'customer', author: null, at: instant(Date.parse('2026-10-05T11:02:00Z')), words: 'Bonjour, mes heures creuses vont-elles changer cet automne ?', isRead: true },
      { from: 'utility', author: AGENT, at: instant(Date.parse('2026-10-06T08:30:00Z')), words: 'Bonjour, oui : à partir du 15 octobre, une partie passe en début d’après-midi. Les nouvelles heures sont dans « Mes contrats ».', isRead: true },
    ],
  },
];

/** Of a customer. */
export function threadsOfPersona({ id }: Pick<Persona, 'id'>): readonly PersonaThread[] {
  return THREADS.filter(({ customerId }) => customerId === id);
}
