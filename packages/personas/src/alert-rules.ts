import type { AlertTopic, LocalizedText } from '@oya/contract';

/** Of what a utility of the demo tells by its own accord, and what it asks of those whose health depends on a supply. */
export interface PersonaAlertRules {
  readonly topics: readonly AlertTopic[];
  readonly medical: { readonly version: string; readonly text: LocalizedText };
}

/** Health data: said in whole, and only for what it is for. */
export const alertRules: PersonaAlertRules = {
  topics: ['outages', 'works', 'ecowatt', 'tempo'],
  medical: {
    version: '2026-11',
    text: {
      fr: 'J’accepte que le gestionnaire du réseau sache qu’une personne de ce foyer dépend d’un équipement médical électrique, et qu’il m’appelle à ce numéro avant une coupure pour travaux. Cette information ne sert à rien d’autre. Je peux retirer cet accord à tout moment : le numéro est alors effacé.',
      en: 'I agree that the network operator may know that somebody in this household depends on electrical medical equipment, and may call me on this number before an interruption for works. This information is used for nothing else. I can withdraw this agreement at any time: the number is then erased.',
    },
  },
};
