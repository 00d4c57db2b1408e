/** What the demo's customers have asked for, and what became of it. */
import { instant, type Instant, type RequestDetails, type RequestStep } from '@oya/contract';
import type { Persona } from './personas.ts';

export interface PersonaRequest {
  readonly id: string;
  readonly customerId: Persona['id'];
  readonly number: string;
  readonly details: RequestDetails;
  readonly phone: string;
  /** The oldest first; the first is that it was sent. */
  readonly steps: readonly RequestStep[];
}

const AGENT = 'Chloé, service clients';

const REQUESTS: readonly PersonaRequest[] = [
  {
    id: '9e1d2c4a-5b7f-4a0e-8c33-1f2e3d4c5b01',
    customerId: 'camille',
    number: 'D-4F7K-P2XM',
    details: { kind: 'power-or-tariff', contractId: 'camille-electricity', powerKva: 12, words: 'Nous installons une borne pour la voiture.' },
    phone: '+33639980101',
    steps: [
      sent('2026-11-17T18:05:00Z'),
      answered('in-progress', '2026-11-19T09:20:00Z', 'Votre installation est en monophasé : 12 kVA est possible sans travaux. Nous programmons le changement à distance.'),
    ],
  },
  {
    id: '9e1d2c4a-5b7f-4a0e-8c33-1f2e3d4c5b02',
    customerId: 'camille',
    number: 'D-H8RN-6WQ3',
    details: { kind: 'documents', document: 'bank-details', contractId: 'camille-electricity' },
    phone: '+33639980101',
    steps: [sent('2026-09-02T07:41:00Z'), answered('done', '2026-09-03T08:10:00Z', 'Nous avons bien votre nouveau RIB. Il servira dès le prochain prélèvement.')],
  },
  {
    id: '9e1d2c4a-5b7f-4a0e-8c33-1f2e3d4c5b03',
    customerId: 'lucien',
    number: 'D-7B2V-K9TD',
    details: { kind: 'connection', energy: 'electricity', work: 'meter-move', address: { lines: ['3 place Jean-Jaurès'], postcode: '81400', city: 'Carmaux', country: 'FR' }, on: '2027-01-18', words: 'Le compteur est dans la chambre, je voudrais qu’il soit dans le couloir.' },
    phone: '+33639980202',
    steps: [
      sent('2026-11-12T10:30:00Z'),
      answered('in-progress', '2026-11-13T08:05:00Z', null),
      answered('waiting', '2026-11-20T13:45:00Z', 'Pour établir le devis, il nous faut une photo du compteur et une de l’endroit où vous le voulez. L’accord de la copropriété est-il déjà là ?'),
    ],
  },
  {
    id: '9e1d2c4a-5b7f-4a0e-8c33-1f2e3d4c5b04',
    customerId: 'marc',
    number: 'D-Q3ZC-5GYA',
    details: { kind: 'claim', topic: 'damage', on: '2026-10-14', words: 'Mon congélateur ne marche plus depuis la coupure du 14 octobre.' },
    phone: '+33639980606',
    steps: [sent('2026-10-16T16:00:00Z'), answered('refused', '2026-10-27T09:30:00Z', 'La coupure du 14 octobre était due à la foudre : la loi ne prévoit pas d’indemnité dans ce cas. Votre assurance peut prendre ce dommage en charge, nous joignons l’attestation.')],
  },
];

/** Of a customer, the oldest first. */
export function requestsOfPersona({ id }: Pick<Persona, 'id'>): readonly PersonaRequest[] {
  return REQUESTS.filter(({ customerId }) => customerId === id).toSorted((one, other) => Date.parse(one.steps[0]?.at ?? '') - Date.parse(other.steps[0]?.at ?? ''));
}

function sent(at: string): RequestStep {
  return { state: 'received', at: moment(at), by: 'customer', author: null, words: null };
}

function answered(state: RequestStep['state'], at: string, words: string | null): RequestStep {
  return { state, at: moment(at), by: 'utility', author: AGENT, words };
}

function moment(at: string): Instant {
  return instant(Date.parse(at));
}
