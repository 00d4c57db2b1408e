import { defineMessages } from '@oya/core';

export const fr = {
  title: 'Vos alertes',
  lead: 'Choisissez de quoi vous voulez être prévenu, et comment. Vous pouvez tout changer à tout moment.',
  'lead.public': 'Sans compte, cet appareil peut vous prévenir de ce qui arrive dans une commune. Avec votre espace client, vous êtes prévenu pour votre adresse exacte, aussi par e-mail ou par SMS.',

  // What, and by which way
  what: 'De quoi',
  'topic.outages': 'Coupures et retours',
  'topic.outages.hint': 'Dès qu’elle est connue, quand l’heure de retour change, et quand tout est rétabli.',
  'topic.works': 'Travaux prévus',
  'topic.works.hint': 'À l’annonce, dix jours avant et la veille.',
  'topic.ecowatt': 'EcoWatt orange ou rouge',
  'topic.ecowatt.hint': 'Quand le réseau national sera tendu.',
  'topic.tempo': 'Couleur Tempo de demain',
  'topic.tempo.hint': 'La veille d’un jour blanc ou rouge.',
  'channel.push': 'Notification',
  'channel.email': 'E-mail',
  'channel.sms': 'SMS',
  'channel.of': '{{topic}} par {{channel}}',
  'to.email': 'E-mail : {{email}}',
  'to.phone': 'SMS : {{phone}}',
  'to.phone-none': 'Pour les SMS, ajoutez un numéro de téléphone à votre profil.',

  // Where
  where: 'Où',
  'where.yours': 'Vos adresses',
  'energy.electricity': 'Électricité',
  'energy.gas': 'Gaz',
  'where.communes': 'Autres communes',
  'where.communes-public': 'Communes',
  'where.communes-hint': 'Pour un proche, ou un lieu où vous travaillez.',

  // When not
  quiet: 'Ne pas me déranger la nuit',
  'quiet.hint': 'Ce qui arrive pendant ces heures attend leur fin. Une coupure déjà rétablie n’est plus annoncée.',
  'quiet.from': 'De',
  'quiet.to': 'À',
  save: 'Enregistrer mes choix',
  saving: 'Enregistrement',
  saved: 'Vos choix sont enregistrés.',
  'failed.title': 'Vos choix n’ont pas été enregistrés',
  'wrong.title': 'Vérifiez vos choix',
  'wrong.quiet': 'La fin des heures calmes doit être une autre heure que leur début.',
  'wrong.phone': 'Les SMS demandent un numéro de téléphone. Ajoutez-le à votre profil.',
  'wrong.communes': 'Choisissez au moins une commune.',
  'wrong.topics': 'Choisissez de quoi vous voulez être prévenu.',

  // Devices
  devices: 'Vos appareils',
  'devices.none': 'Aucun appareil ne reçoit de notification.',
  'devices.added': '{{label}}, depuis le {{day}}',
  'devices.this': 'cet appareil',
  'devices.add': 'Recevoir les notifications sur cet appareil',
  'devices.adding': 'Votre navigateur vous demande votre accord',
  'devices.remove': 'Retirer',
  'push.unsupported': 'Ce navigateur ne peut pas recevoir de notifications ici. Installez l’application, ou choisissez l’e-mail ou le SMS.',
  'push.needs-install': 'Sur iPhone et iPad, ajoutez d’abord l’application à l’écran d’accueil, puis ouvrez-la.',
  'push.denied': 'Vous avez refusé les notifications de ce site. Pour les recevoir, autorisez-les dans les réglages du navigateur.',
  'push.refused': 'Les notifications ne sont pas activées : le navigateur n’a pas donné son accord.',
  'follow.start': 'Me prévenir sur cet appareil',
  'follow.change': 'Enregistrer pour cet appareil',
  'follow.on': 'Cet appareil est prévenu.',
  'follow.end': 'Ne plus me prévenir',
  'follow.ended': 'Cet appareil n’est plus prévenu.',
  'sign-in': 'Me connecter pour être prévenu à mon adresse',

  // Medical equipment
  medical: 'Un équipement médical à la maison',
  'medical.lead': 'Une personne de votre foyer dépend d’un appareil électrique (respirateur, dialyse…) ? Nous pouvons vous appeler avant chaque coupure pour travaux. Une panne, elle, ne se prévoit pas : gardez une solution de secours, et le 15 pour une urgence.',
  'medical.none': 'Nous n’en savons rien. C’est votre choix, et rien n’en dépend.',
  'medical.given': '{{site}} : nous vous appelons au {{phone}} avant les travaux. Accord donné le {{day}}.',
  'medical.give': 'Donner mon accord pour {{site}}',
  'medical.phone': 'Téléphone à appeler',
  'medical.consent': 'J’ai lu ce texte et j’accepte',
  'medical.confirm': 'Enregistrer mon accord',
  'medical.cancel': 'Annuler',
  'medical.withdraw': 'Retirer mon accord',
  'medical.saved': 'Votre accord est enregistré.',
  'medical.withdrawn': 'Votre accord est retiré et le numéro effacé.',
  'medical.wrong-phone': 'Écrivez un numéro comme 06 12 34 56 78.',
  'medical.wrong-consent': 'Sans votre accord, nous ne gardons rien. Cochez la case pour le donner.',
  'medical.changed': 'Le texte a changé entre-temps : relisez-le.',

  // For programs
  feeds: 'Pour suivre autrement',
  'feeds.atom': 'Flux Atom',
  'feeds.rss': 'Flux RSS',
  'feeds.cap': 'Alertes CAP',
  'feeds.calendar': 'Agenda des travaux',
} as const;

export const alertSettingsMessages = defineMessages('alert-settings', fr, { en: () => import('./alert-settings.messages.en.ts').then((module) => module.en) });
