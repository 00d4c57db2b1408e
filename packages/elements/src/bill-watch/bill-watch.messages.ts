import { defineMessages } from '@oya/core';

export const fr = {
  title: 'À surveiller',
  contract: 'Contrat',
  'energy.electricity': 'Électricité',
  'energy.gas': 'Gaz',
  do: 'Que faire ?',
  rests: 'Sur quoi cela repose',
  contact: 'Nous contacter',

  // Where nothing stands out
  'fine.night_one': 'Vos nuits : rien d’inhabituel, sur {{count}} nuit mesurée.',
  'fine.night_many': 'Vos nuits : rien d’inhabituel, sur {{count}} nuits mesurées.',
  'fine.night_other': 'Vos nuits : rien d’inhabituel, sur {{count}} nuits mesurées.',
  'fine.jump': 'Depuis le changement de compteur du {{day}} : rien d’inhabituel.',
  'none.title': 'Rien à surveiller pour le moment',
  'none.text': 'Nous regardons ici les mensualités d’une année, les nuits mesurées à la demi-heure et les changements de compteur. Ce contrat n’a rien de cela pour le moment.',
  'none.action': 'Voir mes accords',

  // The settlement to come
  'settlement.pay': 'Régularisation à venir : environ {{amount}} à payer',
  'settlement.back': 'Régularisation à venir : environ {{amount}} en votre faveur',
  'settlement.even': 'Vos mensualités suffisent',
  'settlement.text': 'Vers le {{day}}, nous comparerons ce que l’année a coûté et ce que vos mensualités ont payé.',
  'settlement.cost': 'L’année coûterait',
  'settlement.paid': 'Vos mensualités',
  'settlement.caption': 'L’année coûterait {{cost}}, vos mensualités font {{paid}}.',
  'settlement.known': 'Les {{known}} premiers jours ont coûté {{spent}}. Les {{left}} jours à venir coûteraient {{coming}}.',
  'settlement.year-before': 'Ils sont prévus d’après ceux de l’an dernier, au rythme de cette année.',
  'settlement.days-so-far': 'Ils sont prévus d’après ceux de cette année seulement : la saison peut les changer.',
  'settlement.ask': 'Pour éviter cette somme d’un coup, demandez-nous de changer vos mensualités.',
  'settlement.later': 'Même au plus haut, il resterait environ {{left}} : vous pourrez nous demander de payer en plusieurs fois.',
  'settlement.plan': 'Payer en plusieurs fois',

  // Another instalment
  instalment: 'Changer ma mensualité',
  'instalment.now': '{{amount}} aujourd’hui. Vous pouvez choisir de {{least}} à {{most}}, dès celle du {{day}}.',
  'instalment.label': 'Ma mensualité',
  'instalment.pay': 'Il resterait environ {{left}} à payer.',
  'instalment.back': 'Il vous reviendrait environ {{left}}.',
  'instalment.even': 'Il ne resterait rien à payer.',
  'instalment.spoken': '{{amount}} par mois. {{then}}',
  'instalment.send': 'Choisir {{amount}} par mois',
  'instalment.sending': 'Un instant…',
  'instalment.done': 'C’est fait : {{amount}} par mois, dès la mensualité du {{day}}. Un e-mail vous le confirme.',
  'instalment.conflict': 'Cette mensualité ne peut plus être changée ici',
  'instalment.conflict.text': 'Elle a changé entre-temps, ou votre banque en est déjà informée. Voici ce qui vaut maintenant.',

  // The night
  'night.title': 'Environ {{watts}} de plus chaque nuit depuis le {{day}}',
  'night.text': 'À l’heure la plus calme, entre 1 h et 5 h, votre compteur mesure {{now}} au lieu de {{before}}.',
  'night.cost': 'Si cela dure jour et nuit, c’est environ {{amount}} par mois ({{energy}}).',
  'night.energy': 'Si cela dure jour et nuit, c’est environ {{energy}} par mois.',
  'night.before': 'Avant',
  'night.since': 'Depuis le {{day}}',
  'night.caption': 'Avant : {{before}}. Depuis le {{day}} : {{now}}.',
  'night.nights': 'Nuits depuis le {{day}} : {{since}}. Nuits d’avant : {{before}}. Celles qui ont été estimées ne comptent pas.',
  'night.year-before': 'Ce que la saison ajoute est déduit, d’après l’an dernier.',
  'night.nights-before': 'Les nuits de l’an dernier ne sont pas connues : une part peut venir de la saison.',
  'night.search': 'Cherchez ce qui ne s’arrête plus : chauffe-eau, radiateur d’appoint, pompe, congélateur qui peine.',
  'night.test': 'Pour trouver lequel, coupez un disjoncteur pendant une nuit : les demi-heures du lendemain le diront.',
  'night.see': 'Voir ces nuits à la demi-heure',

  // The jump
  'jump.title': '{{percent}} de plus par jour depuis le changement de compteur',
  'jump.since': 'Depuis le {{day}}, votre compteur compte {{now}} par jour.',
  'jump.year-before': 'L’an dernier aux mêmes dates, c’était {{before}}.',
  'jump.year-before.weather': 'L’an dernier aux mêmes dates, au temps qu’il a fait cette année, c’était {{before}}.',
  'jump.days-before': 'Les semaines d’avant, au temps qu’il fait depuis, c’était {{before}}.',
  'jump.before.year-before': 'L’an dernier',
  'jump.before.days-before': 'Avant le changement',
  'jump.after': 'Depuis le changement',
  'jump.caption': 'Avant : {{before}} par jour. Depuis : {{now}} par jour.',
  'jump.days': 'Jours comparés : du {{from}} au {{to}}, et du {{earlierFrom}} au {{earlierTo}}.',
  'jump.indexes': 'Index au changement du {{day}}',
  'jump.old': 'Ancien compteur, {{serial}}',
  'jump.new': 'Nouveau compteur, {{serial}}',
  'jump.check': 'Comparez ces index avec le bon de pose du technicien, ou avec une photo.',
  'jump.either': 'Un compteur usé compte parfois trop peu : le nouveau peut avoir raison. Si vous en doutez, contestez la facture. Nous le vérifions avec le gestionnaire du réseau.',
  'jump.see': 'Voir mes factures',
} as const;

export const billWatchMessages = defineMessages('bill-watch', fr, { en: () => import('./bill-watch.messages.en.ts').then(({ en }) => en) });
