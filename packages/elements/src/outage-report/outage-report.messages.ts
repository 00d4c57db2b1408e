import { defineMessages } from '@oya/core';

export const fr = {
  title: 'Signaler une coupure',
  'title.still': 'Toujours sans courant',
  'title.still-gas': 'Toujours sans gaz',
  lead: 'Dites-nous d’abord ce qui se passe : certaines situations ne doivent pas attendre un formulaire.',

  // What happens
  what: 'Que se passe-t-il ?',
  'what.power': 'Je n’ai plus d’électricité',
  'what.gas-none': 'Je n’ai plus de gaz, et rien ne sent le gaz',
  'what.smell': 'Je sens une odeur de gaz',
  'what.wire': 'Un câble est à terre, ou une installation est abîmée',
  'what.next': 'Continuer',
  'what.missing': 'Choisissez ce qui se passe.',

  // Not a form
  'smell.title': 'Odeur de gaz : appelez maintenant',
  'smell.text': 'Ne remplissez rien ici. Sortez, puis appelez depuis l’extérieur.',
  'smell.1': 'Pas de flamme, pas de cigarette.',
  'smell.2': 'Ne touchez à aucun interrupteur, ni à une sonnette, ni à un téléphone à l’intérieur.',
  'smell.3': 'Ouvrez les fenêtres en passant, et fermez le robinet du gaz si vous l’avez sous la main.',
  'smell.4': 'Sortez avec tout le monde, sans prendre l’ascenseur.',
  'smell.5': 'Appelez depuis l’extérieur, loin du bâtiment.',
  'wire.title': 'Danger : restez loin et appelez',
  'wire.text': 'Un câble à terre peut être sous tension, même quand tout le quartier est coupé.',
  'wire.1': 'Restez à plus de dix mètres, et tenez les autres à l’écart.',
  'wire.2': 'N’y touchez pas, ni avec un objet, ni pour dégager quelqu’un.',
  'wire.3': 'Dans une voiture touchée par un câble, restez à l’intérieur.',
  'wire.4': 'Appelez le dépannage. Si quelqu’un est blessé, appelez d’abord le 112.',
  call: 'Appeler le {{phone}}',
  'call.deaf': 'Vous n’entendez pas ou ne pouvez pas parler : envoyez un SMS au 114.',
  other: 'Autre chose se passe',

  // Before one reports
  'before.title': 'Avant de signaler',
  'before.breaker': 'Regardez votre disjoncteur : s’il est baissé, débranchez ce qui vient d’être allumé et relevez-le une fois.',
  'before.neighbours': 'Vos voisins ont-ils du courant ? S’ils en ont, la panne est peut-être chez vous : un électricien vous aidera.',
  'before.gas': 'Regardez si le robinet du compteur est ouvert, et si vos voisins ont du gaz.',
  known_one: 'Une coupure est déjà connue à {{place}}. Signalez la vôtre si votre rue n’y est pas.',
  known_many: '{{count}} coupures sont déjà connues à {{place}}. Signalez la vôtre si votre rue n’y est pas.',
  known_other: '{{count}} coupures sont déjà connues à {{place}}. Signalez la vôtre si votre rue n’y est pas.',

  // The form
  where: 'Où ?',
  'where.other': 'À une autre adresse',
  commune: 'Commune',
  'commune.choose': 'Choisissez votre commune',
  address: 'Numéro et rue',
  'address.hint': 'Par exemple : 12 rue de la Mine. Sans rue : le lieu-dit.',
  extent: 'Qui n’a plus rien ?',
  'extent.home': 'Seulement mon logement',
  'extent.building': 'Tout l’immeuble',
  'extent.street': 'Toute la rue, ou plus',
  'extent.unknown': 'Je ne sais pas',
  since: 'Depuis quand ?',
  'since.hint': 'À peu près suffit.',
  phone: 'Téléphone (facultatif)',
  'phone.hint': 'Pour que l’équipe puisse vous joindre. Il ne sert à rien d’autre.',
  words: 'Ce qui peut aider l’équipe (facultatif)',
  'words.hint': 'Un bruit, un arbre tombé, un code d’entrée.',
  send: 'Signaler la coupure',
  'send.still': 'Signaler que rien n’est revenu',
  sending: 'Envoi en cours',
  'missing.title': 'Il manque quelque chose',
  'missing.commune': 'Choisissez votre commune.',
  'missing.address': 'Écrivez votre adresse : numéro et rue, ou lieu-dit.',
  'missing.extent': 'Dites qui n’a plus rien. « Je ne sais pas » est une réponse.',
  'wrong.since': 'Donnez un jour et une heure qui sont passés.',
  'wrong.phone': 'Ce numéro n’en est pas un. Écrivez-le comme 06 12 34 56 78, ou laissez vide.',
  'wrong.commune': 'Nous ne distribuons pas l’énergie dans cette commune.',
  'refused.title': 'Le signalement n’est pas parti',

  // Afterwards
  'done.title': 'Votre signalement est arrivé',
  'done.reference': 'Référence {{reference}}, reçue {{when}}.',
  'done.known': 'Il est rattaché à une coupure déjà connue : l’équipe y travaille.',
  'done.next': 'L’équipe de conduite le voit tout de suite. Ce qu’elle apprend s’affiche sur la page des coupures.',
  'done.urgent': 'Une personne dépend d’un appareil électrique ? Appelez aussi le {{phone}}.',
  again: 'Signaler autre chose',
} as const;

export const outageReportMessages = defineMessages('outage-report', fr, { en: () => import('./outage-report.messages.en.ts').then((module) => module.en) });
