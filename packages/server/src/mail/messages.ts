/** What the portal writes to people: one function for each message, in French, the source, and in English. */
import { localDay, type InvoiceKind, type LocalDay, type Utility } from '@oya/contract';
import { outageWords, type OutageFacts } from '../alerts/outage-words.ts';
import { signalWords, type SignalFacts } from '../alerts/signal-words.ts';

export type Language = 'fr' | 'en';

/** A message and what it is filled with. Addresses are absolute; absent where the utility's site is not known. */
export type Message =
  | { readonly kind: 'sign-up-code'; readonly code: string; readonly expiresAt: number; readonly address: string | undefined }
  | { readonly kind: 'address-has-account'; readonly address: string | undefined }
  | { readonly kind: 'contract-has-account'; readonly contractNumber: string; readonly address: string | undefined }
  | { readonly kind: 'password-reset'; readonly code: string; readonly expiresAt: number; readonly address: string | undefined }
  | { readonly kind: 'password-changed'; readonly at: number; readonly passkeys?: boolean; readonly address: string | undefined }
  | { readonly kind: 'access-invitation'; readonly holder: string; readonly until: LocalDay | null; readonly address: string | undefined }
  | { readonly kind: 'access-accepted'; readonly reader: string; readonly address: string | undefined }
  | { readonly kind: 'access-ended'; readonly holder: string }
  | { readonly kind: 'passkey-added'; readonly label: string; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'passkey-removed'; readonly label: string; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'identifier'; readonly identifier: string; readonly address: string | undefined }
  | { readonly kind: 'email-change-code'; readonly code: string; readonly expiresAt: number; readonly address: string | undefined }
  | { readonly kind: 'address-in-use'; readonly address: string | undefined }
  | { readonly kind: 'email-change-asked'; readonly masked: string; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'email-changed'; readonly masked: string; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'identifier-changed'; readonly identifier: string; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'phone-changed'; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'postal-address'; readonly outcome: AddressOutcome; readonly at: number; readonly reason: string | null; readonly address: string | undefined }
  | { readonly kind: 'consent-active'; readonly address: string | undefined }
  | { readonly kind: 'consent-failed'; readonly address: string | undefined }
  | { readonly kind: 'consent-ends'; readonly address: string | undefined }
  | { readonly kind: 'invoice-issued'; readonly number: string; readonly what: InvoiceKind; readonly total: number; readonly dueOn: LocalDay | null; readonly isDebited: boolean; readonly address: string | undefined }
  | { readonly kind: 'dispute-answered'; readonly number: string; readonly address: string | undefined }
  | { readonly kind: 'payment-receipt'; readonly reference: string; readonly amount: number; readonly numbers: readonly string[]; readonly owed: number; readonly isTrial: boolean; readonly paidOn: LocalDay; readonly address: string | undefined }
  | { readonly kind: 'mandate'; readonly outcome: 'signed' | 'revoked'; readonly account: string | null; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'payment-plan-answered'; readonly isAccepted: boolean; readonly address: string | undefined }
  | { readonly kind: 'instalments-changed'; readonly amount: number; readonly from: LocalDay; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'reading-received'; readonly on: LocalDay; readonly indexes: readonly string[]; readonly what: 'fine' | 'outside-window' | 'under-check'; readonly correctableUntil: number; readonly address: string | undefined }
  | { readonly kind: 'reading-checked'; readonly on: LocalDay; readonly isAccepted: boolean; readonly address: string | undefined }
  | { readonly kind: 'message-answered'; readonly address: string | undefined }
  | { readonly kind: 'request-changed'; readonly number: string; readonly waits: boolean; readonly hasEnded: boolean; readonly address: string | undefined }
  | { readonly kind: 'outage-news'; readonly facts: OutageFacts; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'signal-news'; readonly facts: SignalFacts; readonly address: string | undefined }
  | { readonly kind: 'account-closed'; readonly at: number };

/** What became of another postal address: it waits, holds at once, or the utility has decided. */
export type AddressOutcome = 'asked' | 'changed' | 'approved' | 'refused';

/** A message in words, before it becomes text and HTML. */
export interface Letter {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Set large, on a line of its own, after the first paragraph: a code or an identifier. */
  readonly emphasis?: string;
  readonly action?: { readonly label: string; readonly address: string };
  /** What to do when it was not oneself; small, at the end. */
  readonly otherwise: string;
}

/** What is spoken best to somebody who asked in that language (BCP 47). */
export function languageOf(tag: string): Language {
  return /^en\b/i.test(tag) ? 'en' : 'fr';
}

export function write<K extends Message['kind']>(message: Extract<Message, { kind: K }>, language: Language, utility: Utility): Letter {
  return WORDS[language][message.kind](message, utility);
}

type Words = { readonly [K in Message['kind']]: (message: Extract<Message, { kind: K }>, utility: Utility) => Letter };

const fr: Words = {
  'sign-up-code': ({ code, expiresAt, address }, utility) => ({
    subject: `${code} : votre code de validation ${utility.name}`,
    paragraphs: [
      `Voici le code qui termine la création de votre espace client ${utility.name}.`,
      `Il est valable dix minutes, jusqu’à ${clock(expiresAt, 'fr', utility)}, et sert une seule fois. Après ce délai, demandez-en un autre sur la même page.`,
    ],
    emphasis: code,
    ...action('Reprendre mon inscription', address),
    otherwise: 'Vous n’avez rien demandé ? Ignorez ce message : sans ce code, aucun espace n’est créé à votre adresse. Nous ne vous le demanderons jamais par téléphone.',
  }),
  'address-has-account': ({ address }, utility) => ({
    subject: `Vous avez déjà un espace client ${utility.name}`,
    paragraphs: [
      `Quelqu’un, vous peut-être, vient de demander un espace client ${utility.name} avec cette adresse e-mail. Vous en avez déjà un : rien n’a changé.`,
      'Pour y entrer, utilisez votre identifiant ou cette adresse, et votre mot de passe. Si vous l’avez oublié, demandez-en un nouveau sur la page de connexion.',
      'Pour y ajouter un autre contrat, contactez notre service clients.',
    ],
    ...action('Me connecter', address),
    otherwise: otherwiseFr(utility),
  }),
  'contract-has-account': ({ contractNumber, address }, utility) => ({
    subject: 'Quelqu’un a demandé un espace client pour votre contrat',
    paragraphs: [
      `Quelqu’un, vous peut-être, vient de demander un espace client ${utility.name} avec une facture ou les références de votre contrat ${contractNumber}. Vous avez déjà un espace pour ce contrat : la demande a été refusée, rien n’a changé.`,
      'Si c’était vous, utilisez votre identifiant ou votre adresse e-mail, et votre mot de passe. Si vous les avez oubliés, la page de connexion vous aide à les retrouver.',
    ],
    ...action('Me connecter', address),
    otherwise: otherwiseFr(utility),
  }),
  'password-reset': ({ code, expiresAt, address }, utility) => ({
    subject: `${code} : votre code pour un nouveau mot de passe ${utility.name}`,
    paragraphs: [
      `Voici le code pour choisir un nouveau mot de passe pour votre espace client ${utility.name}.`,
      `Il est valable dix minutes, jusqu’à ${clock(expiresAt, 'fr', utility)}, et sert une seule fois.`,
    ],
    emphasis: code,
    ...action('Choisir un nouveau mot de passe', address),
    otherwise: 'Vous n’avez rien demandé ? Ignorez ce message : votre mot de passe ne change pas. Nous ne vous demanderons jamais ce code par téléphone.',
  }),
  'password-changed': ({ at, passkeys, address }, utility) => ({
    subject: `Votre mot de passe ${utility.name} a changé`,
    paragraphs: [
      `Le mot de passe de votre espace client ${utility.name} a été changé ${moment(at, 'fr', utility)}. Toutes les sessions ouvertes sur d’autres appareils ont été fermées.`,
      ...(passkeys ? ['Vos clés d’accès n’ont pas changé : elles ouvrent toujours votre espace. Retirez-y celle que vous ne reconnaissez pas.'] : []),
      'Si c’était vous, vous n’avez rien à faire.',
    ],
    ...action('Ouvrir mon espace client', address),
    otherwise: `Ce n’était pas vous ? Demandez tout de suite un nouveau mot de passe sur la page de connexion. ${contactFr(utility)}`,
  }),
  identifier: ({ identifier, address }, utility) => ({
    subject: `Votre identifiant ${utility.name}`,
    paragraphs: [`Voici l’identifiant de votre espace client ${utility.name}.`, 'Vous pouvez aussi vous connecter avec votre adresse e-mail.'],
    emphasis: identifier,
    ...action('Me connecter', address),
    otherwise: 'Vous n’avez rien demandé ? Ignorez ce message : sans votre mot de passe, personne n’entre dans votre espace.',
  }),
  'access-invitation': ({ holder, until, address }, utility) => ({
    subject: `${holder} partage un contrat d’énergie avec vous`,
    paragraphs: [
      `${holder} vous propose de voir son contrat ${utility.name} et sa consommation${until === null ? '' : `, jusqu’au ${dayWords(until, 'fr')}`}. Vous ne pourrez rien y changer.`,
      `Pour accepter, ouvrez votre espace client ${utility.name}. Si vous n’en avez pas encore, créez-le d’abord.`,
    ],
    ...action('Voir l’invitation', address),
    otherwise: 'Vous ne connaissez pas cette personne ? Ignorez ce message : rien ne change pour vous.',
  }),
  'access-accepted': ({ reader, address }, utility) => ({
    subject: `${reader} voit maintenant votre contrat`,
    paragraphs: [
      `${reader} a accepté votre invitation et voit votre contrat ${utility.name} et sa consommation, rien d’autre.`,
      'Vous pouvez reprendre cet accès quand vous voulez, dans votre espace client.',
    ],
    ...action('Voir mes contrats', address),
    otherwise: `Vous n’avez invité personne ? Reprenez l’accès, puis changez votre mot de passe. ${contactFr(utility)}`,
  }),
  'access-ended': ({ holder }, utility) => ({
    subject: `${holder} ne partage plus son contrat avec vous`,
    paragraphs: [`Vous ne voyez plus le contrat ${utility.name} de ${holder}, ni sa consommation. Vos propres contrats restent comme ils sont.`],
    otherwise: `Une question sur cet accès ? ${holder} peut vous répondre.`,
  }),
  'passkey-added': ({ label, at, address }, utility) => ({
    subject: `Une clé d’accès ouvre maintenant votre espace ${utility.name}`,
    paragraphs: [
      `La clé d’accès « ${label} » a été ajoutée à votre espace client ${utility.name} ${moment(at, 'fr', utility)}. Elle vous connecte sans mot de passe.`,
      'Si c’était vous, vous n’avez rien à faire. Votre mot de passe reste valable.',
    ],
    ...action('Ouvrir mon espace client', address),
    otherwise: `Ce n’était pas vous ? Retirez cette clé dans votre espace, puis choisissez un nouveau mot de passe. ${contactFr(utility)}`,
  }),
  'passkey-removed': ({ label, at, address }, utility) => ({
    subject: `Une clé d’accès n’ouvre plus votre espace ${utility.name}`,
    paragraphs: [
      `La clé d’accès « ${label} » a été retirée de votre espace client ${utility.name} ${moment(at, 'fr', utility)}. Votre mot de passe et vos autres clés restent valables.`,
      'Si c’était vous, effacez-la aussi des mots de passe enregistrés sur votre appareil : elle n’y sert plus à rien.',
    ],
    ...action('Ouvrir mon espace client', address),
    otherwise: `Ce n’était pas vous ? Choisissez tout de suite un nouveau mot de passe sur la page de connexion. ${contactFr(utility)}`,
  }),
  'email-change-code': ({ code, expiresAt, address }, utility) => ({
    subject: `${code} : votre code pour changer d’adresse e-mail`,
    paragraphs: [
      `Voici le code qui fait de cette adresse celle de votre espace client ${utility.name}.`,
      `Tapez-le dans votre espace, là où vous avez demandé le changement. Il est valable dix minutes, jusqu’à ${clock(expiresAt, 'fr', utility)}, et sert une seule fois.`,
    ],
    emphasis: code,
    ...action('Ouvrir mon espace client', address),
    otherwise: 'Vous n’avez rien demandé ? Ignorez ce message : sans ce code, rien ne change. Nous ne vous le demanderons jamais par téléphone.',
  }),
  'address-in-use': ({ address }, utility) => ({
    subject: 'Quelqu’un a voulu utiliser votre adresse e-mail',
    paragraphs: [
      `Quelqu’un, vous peut-être, a voulu utiliser cette adresse e-mail pour un autre espace client ${utility.name}. Elle est déjà celle du vôtre : rien n’a changé.`,
      'Une adresse ne sert qu’à un seul espace. Si c’était vous, gardez l’espace que vous utilisez, ou choisissez une autre adresse pour le second.',
    ],
    ...action('Ouvrir mon espace client', address),
    otherwise: otherwiseFr(utility),
  }),
  'email-change-asked': ({ masked, at, address }, utility) => ({
    subject: `Votre adresse e-mail ${utility.name} va changer`,
    paragraphs: [
      `Une autre adresse a été demandée pour votre espace client ${utility.name} ${moment(at, 'fr', utility)} : ${masked}. Elle remplacera celle-ci dès que le code que nous y avons envoyé aura été tapé.`,
      'Si c’était vous, vous n’avez rien à faire ici.',
    ],
    ...action('Ouvrir mon espace client', address),
    otherwise: `Ce n’était pas vous ? Annulez le changement dans votre espace, puis changez votre mot de passe. ${contactFr(utility)}`,
  }),
  'email-changed': ({ masked, at, address }, utility) => ({
    subject: `Votre adresse e-mail ${utility.name} a changé`,
    paragraphs: [
      `L’adresse e-mail de votre espace client ${utility.name} est depuis ${moment(at, 'fr', utility)} : ${masked}. Nous n’écrirons plus à celle-ci.`,
      'Si c’était vous, vous n’avez rien à faire.',
    ],
    ...action('Ouvrir mon espace client', address),
    otherwise: `Ce n’était pas vous ? Quelqu’un est entré dans votre espace. ${contactFr(utility)}`,
  }),
  'identifier-changed': ({ identifier, at, address }, utility) => ({
    subject: `Votre identifiant ${utility.name} a changé`,
    paragraphs: [`Voici l’identifiant de votre espace client ${utility.name} depuis ${moment(at, 'fr', utility)}.`, 'L’ancien n’ouvre plus votre espace. Votre adresse e-mail l’ouvre toujours.'],
    emphasis: identifier,
    ...action('Ouvrir mon espace client', address),
    otherwise: `Ce n’était pas vous ? Changez tout de suite votre mot de passe. ${contactFr(utility)}`,
  }),
  'phone-changed': ({ at, address }, utility) => ({
    subject: `Votre numéro de téléphone ${utility.name} a changé`,
    paragraphs: [`Le numéro de téléphone de votre espace client ${utility.name} a été changé ${moment(at, 'fr', utility)}.`, 'Si c’était vous, vous n’avez rien à faire.'],
    ...action('Ouvrir mon espace client', address),
    otherwise: `Ce n’était pas vous ? Changez tout de suite votre mot de passe. ${contactFr(utility)}`,
  }),
  'postal-address': ({ outcome, at, reason, address }, utility) => ({
    subject: { asked: 'Votre nouvelle adresse postale est à l’étude', changed: 'Votre adresse postale a changé', approved: 'Votre nouvelle adresse postale est validée', refused: 'Votre nouvelle adresse postale n’a pas été validée' }[outcome],
    paragraphs: {
      asked: [`Vous avez demandé ${moment(at, 'fr', utility)} une autre adresse pour les courriers de ${utility.name}. Nous la vérifions, puis nous vous écrivons. D’ici là, l’ancienne reste valable.`],
      changed: [`L’adresse à laquelle ${utility.name} vous envoie ses courriers a été changée ${moment(at, 'fr', utility)}. L’adresse où l’énergie est livrée ne change pas.`],
      approved: [`${utility.name} envoie désormais vos courriers à l’adresse que vous avez demandée. L’adresse où l’énergie est livrée ne change pas.`],
      refused: [`${utility.name} n’a pas pu valider l’adresse que vous avez demandée. L’ancienne reste valable.`, ...(reason === null ? [] : [`La raison : ${reason}`]), 'Vous pouvez en proposer une autre dans votre espace client.'],
    }[outcome],
    ...action('Ouvrir mon espace client', address),
    otherwise: `Vous n’avez rien demandé ? Changez tout de suite votre mot de passe. ${contactFr(utility)}`,
  }),
  'consent-active': ({ address }, utility) => ({
    subject: 'Votre accord est en place',
    paragraphs: [`Le gestionnaire du réseau a mis en place ce que vous avez accepté dans votre espace client ${utility.name}.`, 'Vous y voyez vos accords, et vous pouvez les retirer à tout moment.'],
    ...action('Voir mes accords', address),
    otherwise: `Vous n’avez donné aucun accord ? Retirez-le, puis changez votre mot de passe. ${contactFr(utility)}`,
  }),
  'consent-failed': ({ address }, utility) => ({
    subject: 'Votre accord n’a pas pu être mis en place',
    paragraphs: [`Le gestionnaire du réseau n’a pas pu mettre en place ce que vous avez accepté dans votre espace client ${utility.name}. Rien n’est collecté à ce titre.`, 'La raison est dans votre espace, où vous pouvez le demander à nouveau.'],
    ...action('Voir mes accords', address),
    otherwise: `Vous n’avez donné aucun accord ? Changez votre mot de passe. ${contactFr(utility)}`,
  }),
  'consent-ends': ({ address }, utility) => ({
    subject: 'Un de vos accords se termine bientôt',
    paragraphs: [`Un accord donné dans votre espace client ${utility.name} se termine dans moins d’un mois.`, 'Il prend fin tout seul : vous n’avez rien à faire. Pour qu’il continue, donnez-le à nouveau une fois terminé.'],
    ...action('Voir mes accords', address),
    otherwise: `Vous n’avez donné aucun accord ? Retirez-le, puis changez votre mot de passe. ${contactFr(utility)}`,
  }),
  'invoice-issued': ({ number, what, total, dueOn, isDebited, address }, utility) => ({
    subject: what === 'credit-note' ? `Un avoir ${utility.name} vous attend` : `Votre facture ${utility.name} est disponible`,
    paragraphs: [
      `${what === 'credit-note' ? 'L’avoir' : 'La facture'} ${number} ${what === 'credit-note' ? 'est arrivé' : 'est arrivée'} dans votre espace client : ${euros(Math.abs(total), 'fr')}${total < 0 ? ' en votre faveur' : ''}.`,
      ...(dueOn === null ? [] : [isDebited ? `Vous n’avez rien à faire : votre banque sera débitée le ${dayWords(dueOn, 'fr')}.` : `Elle est à régler avant le ${dayWords(dueOn, 'fr')}. Vous pouvez le faire en ligne, par carte.`]),
    ],
    ...action('Voir mes factures', address),
    otherwise: `Une question sur ce montant ? Votre espace l’explique ligne par ligne. ${contactFr(utility)}`,
  }),
  'payment-receipt': ({ reference, amount, numbers, owed, isTrial, paidOn, address }, utility) => ({
    subject: `Reçu de votre paiement de ${euros(amount, 'fr')}`,
    paragraphs: [
      ...(isTrial ? ['Ceci est un essai : aucun argent n’a été prélevé.'] : []),
      `Nous avons reçu votre paiement par carte de ${euros(amount, 'fr')} le ${dayWords(paidOn, 'fr')}, pour ${numbers.length === 1 ? `la facture ${numbers.join('')}` : `les factures ${numbers.join(', ')}`}. Sa référence est ${reference}.`,
      ...(owed > 0 ? [`${euros(owed, 'fr')} de ce paiement vous sont dus, car il n’y avait plus autant à régler. Cette somme figure dans votre espace client.`] : []),
    ],
    ...action('Voir mes factures', address),
    otherwise: `Gardez ce message : il vaut reçu. Une question sur ce paiement ? Donnez-nous sa référence. ${contactFr(utility)}`,
  }),
  'dispute-answered': ({ number, address }, utility) => ({
    subject: `Notre réponse à propos de votre facture ${number}`,
    paragraphs: [`Vous avez contesté la facture ${number}. Nous l’avons examinée : notre réponse est dans votre espace client ${utility.name}, avec la facture.`],
    ...action('Lire la réponse', address),
    otherwise: `Notre réponse ne vous convient pas ? ${contactFr(utility)}`,
  }),
  mandate: ({ outcome, account, at, address }, utility) => ({
    subject: outcome === 'signed' ? 'Votre mandat de prélèvement est signé' : 'Vos prélèvements sont arrêtés',
    paragraphs:
      outcome === 'signed'
        ? [`Un mandat de prélèvement au profit de ${utility.name} a été signé dans votre espace client ${moment(at, 'fr', utility)}, pour le compte ${account ?? ''}. Vos prochaines factures y seront prélevées à leur date.`, 'Vous pouvez demander à votre banque le remboursement d’un prélèvement pendant huit semaines, et révoquer ce mandat à tout moment dans votre espace.']
        : [`Votre mandat de prélèvement au profit de ${utility.name} a été révoqué dans votre espace client ${moment(at, 'fr', utility)}. Vos factures se paient désormais par un autre moyen, avant leur date.`],
    ...action('Voir mes factures', address),
    otherwise: `Vous n’avez rien demandé ? Changez tout de suite votre mot de passe et prévenez-nous. ${contactFr(utility)}`,
  }),
  'payment-plan-answered': ({ isAccepted, address }, utility) => ({
    subject: isAccepted ? 'Votre échéancier est accepté' : 'Notre réponse à votre demande d’échéancier',
    paragraphs: [isAccepted ? `${utility.name} accepte que vous payiez en plusieurs fois. Les montants et les dates sont dans votre espace client.` : `${utility.name} n’a pas pu accepter l’échéancier que vous avez demandé. La raison est dans votre espace client.`],
    ...action('Voir mes factures', address),
    otherwise: `Vous avez du mal à payer ? Parlons-en. ${contactFr(utility)}`,
  }),
  'instalments-changed': ({ amount, from, at, address }, utility) => ({
    subject: 'Vos mensualités ont changé',
    paragraphs: [`Vos mensualités ${utility.name} ont été changées dans votre espace client ${moment(at, 'fr', utility)} : ${euros(amount, 'fr')} chacune à partir du ${dayWords(from, 'fr')}.`, 'Ce que vous aurez payé ainsi est déduit de votre facture de régularisation.'],
    ...action('Voir mes factures', address),
    otherwise: `Vous n’avez rien demandé ? Changez tout de suite votre mot de passe et prévenez-nous. ${contactFr(utility)}`,
  }),
  'reading-received': ({ on, indexes, what, correctableUntil, address }, utility) => ({
    subject: 'Votre relevé est bien arrivé',
    paragraphs: [
      `Nous avons reçu votre relevé du ${dayWords(on, 'fr')} : ${indexes.join(', ')}.`,
      {
        fine: 'Il servira à votre prochaine facture.',
        'outside-window': 'Il est arrivé hors de la période de relevé : la facture suivante en tiendra compte.',
        'under-check': 'Il sort de l’ordinaire : une personne le regarde, avec ce que vous nous en avez dit. Vous n’avez rien à faire.',
      }[what],
      `Une erreur ? Vous pouvez le corriger dans votre espace client jusqu’au ${dayWords(localDay(correctableUntil, utility.timeZone), 'fr')}, ${clock(correctableUntil, 'fr', utility)}.`,
    ],
    ...action('Voir mes relevés', address),
    otherwise: `Vous n’avez rien transmis ? Changez votre mot de passe et prévenez-nous. ${contactFr(utility)}`,
  }),
  'reading-checked': ({ on, isAccepted, address }, utility) => ({
    subject: isAccepted ? 'Votre relevé est accepté' : 'Votre relevé n’a pas pu être retenu',
    paragraphs: [
      isAccepted ? `Nous avons regardé votre relevé du ${dayWords(on, 'fr')} et nous l’avons accepté. Il servira à votre prochaine facture.` : `Nous avons regardé votre relevé du ${dayWords(on, 'fr')} et nous n’avons pas pu le retenir. La raison est dans votre espace client, avec ce que vous pouvez faire.`,
    ],
    ...action('Voir mes relevés', address),
    otherwise: `Une question ? ${contactFr(utility)}`,
  }),
  'message-answered': ({ address }, utility) => ({
    subject: `Une réponse de ${utility.name} vous attend`,
    paragraphs: [`${utility.name} a répondu à votre message. Pour que vos échanges restent entre nous, la réponse se lit dans votre espace client.`],
    ...action('Lire la réponse', address),
    otherwise: `Vous n’avez rien écrit ? Dites-le-nous. ${contactFr(utility)}`,
  }),
  'request-changed': ({ number, waits, hasEnded, address }, utility) => ({
    subject: waits ? `${utility.name} attend quelque chose de vous pour votre demande` : hasEnded ? 'Votre demande est terminée' : 'Votre demande avance',
    paragraphs: [
      waits
        ? `Pour continuer votre demande ${number}, nous avons besoin de quelque chose de vous. Ce que c’est se lit dans votre espace client, et vous pouvez y répondre.`
        : `Votre demande ${number} ${hasEnded ? 'est terminée' : 'avance'}. Où elle en est se lit dans votre espace client.`,
    ],
    ...action('Voir ma demande', address),
    otherwise: `Vous n’avez rien demandé ? Dites-le-nous. ${contactFr(utility)}`,
  }),
  'outage-news': ({ facts, at, address }, utility) => {
    const { title, body } = outageWords(facts, 'fr', utility.timeZone, at);
    return {
      subject: title,
      paragraphs: [
        facts.address === null ? `${title}.` : `${title}. Cela concerne votre adresse, ${facts.address}.`,
        body,
        ...(facts.note === null ? [] : [facts.note]),
        ...(facts.kind === 'works' && ['announced', 'changed', 'reminder'].includes(facts.news) ? ['Avant la coupure, éteignez les appareils sensibles et gardez fermés réfrigérateur et congélateur.'].slice(facts.energy === 'gas' ? 1 : 0) : []),
      ],
      ...action('Voir ce qui se passe et choisir mes alertes', address),
      otherwise: breakdownFr(utility, facts),
    };
  },
  'signal-news': ({ facts, address }, utility) => {
    const { title, body } = signalWords(facts, 'fr');
    return { subject: title, paragraphs: [`${title}.`, body], ...action('Choisir mes alertes', address), otherwise: `Vous recevez ce message parce que vous l’avez demandé. ${contactFr(utility)}` };
  },
  'account-closed': ({ at }, utility) => ({
    subject: `Votre espace client ${utility.name} est fermé`,
    paragraphs: [
      `Vous avez fermé votre espace client ${utility.name} ${moment(at, 'fr', utility)}. Ce qui n’appartenait qu’à lui est effacé : identifiant, mot de passe, clés d’accès, adresse e-mail, téléphone, choix et accès partagés.`,
      'Votre contrat continue, et l’énergie arrive comme avant. Vos factures viennent par courrier. Ce que la loi nous fait garder le reste le temps qu’elle prévoit.',
      'Vous pourrez recréer un espace quand vous voudrez, avec une facture ou votre contrat. Au revoir, et merci.',
    ],
    otherwise: `Ce n’était pas vous ? Dites-le-nous tout de suite. ${contactFr(utility)}`,
  }),
};

const en: Words = {
  'sign-up-code': ({ code, expiresAt, address }, utility) => ({
    subject: `${code}: your ${utility.name} validation code`,
    paragraphs: [
      `This code completes your ${utility.name} account.`,
      `It is valid for ten minutes, until ${clock(expiresAt, 'en', utility)}, and works once. After that, ask for another on the same page.`,
    ],
    emphasis: code,
    ...action('Resume my registration', address),
    otherwise: 'You did not ask for this? Ignore this message: without the code no account is made for your address. We will never ask you for it on the phone.',
  }),
  'address-has-account': ({ address }, utility) => ({
    subject: `You already have a ${utility.name} account`,
    paragraphs: [
      `Somebody, perhaps you, has just asked for a ${utility.name} account with this e-mail address. You already have one: nothing has changed.`,
      'To sign in, use your identifier or this address, and your password. If you have forgotten it, ask for a new one on the sign-in page.',
      'To add another contract to it, contact our customer service.',
    ],
    ...action('Sign in', address),
    otherwise: otherwiseEn(utility),
  }),
  'contract-has-account': ({ contractNumber, address }, utility) => ({
    subject: 'Somebody asked for an account for your contract',
    paragraphs: [
      `Somebody, perhaps you, has just asked for a ${utility.name} account with an invoice or the references of your contract ${contractNumber}. You already have an account for this contract: the request was refused, nothing has changed.`,
      'If it was you, use your identifier or e-mail address, and your password. If you have forgotten them, the sign-in page helps you find them.',
    ],
    ...action('Sign in', address),
    otherwise: otherwiseEn(utility),
  }),
  'password-reset': ({ code, expiresAt, address }, utility) => ({
    subject: `${code}: your code for a new ${utility.name} password`,
    paragraphs: [
      `This code lets you choose a new password for your ${utility.name} account.`,
      `It is valid for ten minutes, until ${clock(expiresAt, 'en', utility)}, and works once.`,
    ],
    emphasis: code,
    ...action('Choose a new password', address),
    otherwise: 'You did not ask for this? Ignore this message: your password does not change. We will never ask you for this code on the phone.',
  }),
  'password-changed': ({ at, passkeys, address }, utility) => ({
    subject: `Your ${utility.name} password has changed`,
    paragraphs: [
      `The password of your ${utility.name} account was changed on ${moment(at, 'en', utility)}. All sessions open on other devices were closed.`,
      ...(passkeys ? ['Your passkeys have not changed: they still open your account. Remove there any that you do not recognise.'] : []),
      'If it was you, there is nothing to do.',
    ],
    ...action('Open my account', address),
    otherwise: `It was not you? Ask for a new password on the sign-in page at once. ${contactEn(utility)}`,
  }),
  identifier: ({ identifier, address }, utility) => ({
    subject: `Your ${utility.name} identifier`,
    paragraphs: [`This is the identifier of your ${utility.name} account.`, 'You can also sign in with your e-mail address.'],
    emphasis: identifier,
    ...action('Sign in', address),
    otherwise: 'You did not ask for this? Ignore this message: without your password nobody enters your account.',
  }),
  'access-invitation': ({ holder, until, address }, utility) => ({
    subject: `${holder} shares an energy contract with you`,
    paragraphs: [
      `${holder} offers to show you their ${utility.name} contract and its consumption${until === null ? '' : `, until ${dayWords(until, 'en')}`}. You cannot change anything in it.`,
      `To accept, open your ${utility.name} account. If you have none yet, create it first.`,
    ],
    ...action('See the invitation', address),
    otherwise: 'You do not know this person? Ignore this message: nothing changes for you.',
  }),
  'access-accepted': ({ reader, address }, utility) => ({
    subject: `${reader} can now see your contract`,
    paragraphs: [
      `${reader} has accepted your invitation and sees your ${utility.name} contract and its consumption, nothing else.`,
      'You can take this access back at any time, in your account.',
    ],
    ...action('See my contracts', address),
    otherwise: `You invited nobody? Take the access back, then change your password. ${contactEn(utility)}`,
  }),
  'access-ended': ({ holder }, utility) => ({
    subject: `${holder} no longer shares the contract with you`,
    paragraphs: [`You no longer see the ${utility.name} contract of ${holder}, nor its consumption. Your own contracts stay as they are.`],
    otherwise: `A question about this access? ${holder} can answer.`,
  }),
  'passkey-added': ({ label, at, address }, utility) => ({
    subject: `A passkey now opens your ${utility.name} account`,
    paragraphs: [
      `The passkey “${label}” was added to your ${utility.name} account on ${moment(at, 'en', utility)}. It signs you in without a password.`,
      'If it was you, there is nothing to do. Your password still works.',
    ],
    ...action('Open my account', address),
    otherwise: `It was not you? Remove this passkey in your account, then choose a new password. ${contactEn(utility)}`,
  }),
  'passkey-removed': ({ label, at, address }, utility) => ({
    subject: `A passkey no longer opens your ${utility.name} account`,
    paragraphs: [
      `The passkey “${label}” was removed from your ${utility.name} account on ${moment(at, 'en', utility)}. Your password and your other passkeys still work.`,
      'If it was you, delete it from the passwords kept on your device too: it is of no use there any more.',
    ],
    ...action('Open my account', address),
    otherwise: `It was not you? Choose a new password on the sign-in page at once. ${contactEn(utility)}`,
  }),
  'email-change-code': ({ code, expiresAt, address }, utility) => ({
    subject: `${code}: your code for another e-mail address`,
    paragraphs: [
      `This code makes this address that of your ${utility.name} account.`,
      `Type it in your account, where you asked for the change. It is valid for ten minutes, until ${clock(expiresAt, 'en', utility)}, and works once.`,
    ],
    emphasis: code,
    ...action('Open my account', address),
    otherwise: 'You did not ask for this? Ignore this message: without the code nothing changes. We will never ask you for it on the phone.',
  }),
  'address-in-use': ({ address }, utility) => ({
    subject: 'Somebody wanted to use your e-mail address',
    paragraphs: [
      `Somebody, perhaps you, wanted to use this e-mail address for another ${utility.name} account. It is already that of yours: nothing has changed.`,
      'An address is for one account only. If it was you, keep the account that you use, or choose another address for the second.',
    ],
    ...action('Open my account', address),
    otherwise: otherwiseEn(utility),
  }),
  'email-change-asked': ({ masked, at, address }, utility) => ({
    subject: `Your ${utility.name} e-mail address is about to change`,
    paragraphs: [
      `Another address was asked for on your ${utility.name} account on ${moment(at, 'en', utility)}: ${masked}. It replaces this one as soon as the code that we sent to it is typed.`,
      'If it was you, there is nothing to do here.',
    ],
    ...action('Open my account', address),
    otherwise: `It was not you? Cancel the change in your account, then change your password. ${contactEn(utility)}`,
  }),
  'email-changed': ({ masked, at, address }, utility) => ({
    subject: `Your ${utility.name} e-mail address has changed`,
    paragraphs: [`The e-mail address of your ${utility.name} account was changed on ${moment(at, 'en', utility)} to ${masked}. We will not write to this one any more.`, 'If it was you, there is nothing to do.'],
    ...action('Open my account', address),
    otherwise: `It was not you? Somebody has entered your account. ${contactEn(utility)}`,
  }),
  'identifier-changed': ({ identifier, at, address }, utility) => ({
    subject: `Your ${utility.name} identifier has changed`,
    paragraphs: [`This is the identifier of your ${utility.name} account since ${moment(at, 'en', utility)}.`, 'The one before no longer opens your account. Your e-mail address still does.'],
    emphasis: identifier,
    ...action('Open my account', address),
    otherwise: `It was not you? Change your password at once. ${contactEn(utility)}`,
  }),
  'phone-changed': ({ at, address }, utility) => ({
    subject: `Your ${utility.name} phone number has changed`,
    paragraphs: [`The phone number of your ${utility.name} account was changed on ${moment(at, 'en', utility)}.`, 'If it was you, there is nothing to do.'],
    ...action('Open my account', address),
    otherwise: `It was not you? Change your password at once. ${contactEn(utility)}`,
  }),
  'postal-address': ({ outcome, at, reason, address }, utility) => ({
    subject: { asked: 'We are looking at your new postal address', changed: 'Your postal address has changed', approved: 'Your new postal address is approved', refused: 'Your new postal address was not approved' }[outcome],
    paragraphs: {
      asked: [`You asked for another address for letters from ${utility.name} on ${moment(at, 'en', utility)}. We check it and then write to you. Until then the one before holds.`],
      changed: [`The address to which ${utility.name} sends your letters was changed on ${moment(at, 'en', utility)}. The address where energy is supplied does not change.`],
      approved: [`${utility.name} now sends your letters to the address that you asked for. The address where energy is supplied does not change.`],
      refused: [`${utility.name} could not approve the address that you asked for. The one before still holds.`, ...(reason === null ? [] : [`The reason: ${reason}`]), 'You can propose another in your account.'],
    }[outcome],
    ...action('Open my account', address),
    otherwise: `You did not ask for this? Change your password at once. ${contactEn(utility)}`,
  }),
  'consent-active': ({ address }, utility) => ({
    subject: 'Your consent is in effect',
    paragraphs: [`The network operator has set up what you agreed to in your ${utility.name} account.`, 'You see your consents there, and can withdraw them at any time.'],
    ...action('See my consents', address),
    otherwise: `You gave no consent? Withdraw it, then change your password. ${contactEn(utility)}`,
  }),
  'consent-failed': ({ address }, utility) => ({
    subject: 'Your consent could not be set up',
    paragraphs: [`The network operator could not set up what you agreed to in your ${utility.name} account. Nothing is collected by it.`, 'The reason is in your account, where you can ask for it again.'],
    ...action('See my consents', address),
    otherwise: `You gave no consent? Change your password. ${contactEn(utility)}`,
  }),
  'consent-ends': ({ address }, utility) => ({
    subject: 'One of your consents ends soon',
    paragraphs: [`A consent given in your ${utility.name} account ends in less than a month.`, 'It ends by itself: there is nothing to do. For it to go on, give it again once it has ended.'],
    ...action('See my consents', address),
    otherwise: `You gave no consent? Withdraw it, then change your password. ${contactEn(utility)}`,
  }),
  'invoice-issued': ({ number, what, total, dueOn, isDebited, address }, utility) => ({
    subject: what === 'credit-note' ? `A ${utility.name} credit note is waiting for you` : `Your ${utility.name} bill is there`,
    paragraphs: [
      `The ${what === 'credit-note' ? 'credit note' : 'bill'} ${number} is in your account: ${euros(Math.abs(total), 'en')}${total < 0 ? ' in your favour' : ''}.`,
      ...(dueOn === null ? [] : [isDebited ? `There is nothing to do: your bank will be debited on ${dayWords(dueOn, 'en')}.` : `It is to be paid by ${dayWords(dueOn, 'en')}. You can do so online, by card.`]),
    ],
    ...action('See my bills', address),
    otherwise: `A question about this amount? Your account explains it line by line. ${contactEn(utility)}`,
  }),
  'payment-receipt': ({ reference, amount, numbers, owed, isTrial, paidOn, address }, utility) => ({
    subject: `Receipt for your payment of ${euros(amount, 'en')}`,
    paragraphs: [
      ...(isTrial ? ['This is a trial: no money was taken.'] : []),
      `We have received your card payment of ${euros(amount, 'en')} on ${dayWords(paidOn, 'en')}, for ${numbers.length === 1 ? `the bill ${numbers.join('')}` : `the bills ${numbers.join(', ')}`}. Its reference is ${reference}.`,
      ...(owed > 0 ? [`${euros(owed, 'en')} of it are owed to you, as there was no longer so much to pay. You find this amount in your account.`] : []),
    ],
    ...action('See my bills', address),
    otherwise: `Keep this message: it is your receipt. A question about this payment? Tell us its reference. ${contactEn(utility)}`,
  }),
  'dispute-answered': ({ number, address }, utility) => ({
    subject: `Our answer about your bill ${number}`,
    paragraphs: [`You contested the bill ${number}. We have looked into it: our answer is in your ${utility.name} account, beside the bill.`],
    ...action('Read the answer', address),
    otherwise: `You do not agree with our answer? ${contactEn(utility)}`,
  }),
  mandate: ({ outcome, account, at, address }, utility) => ({
    subject: outcome === 'signed' ? 'Your direct debit mandate is signed' : 'Your direct debits are stopped',
    paragraphs:
      outcome === 'signed'
        ? [`A direct debit mandate in favour of ${utility.name} was signed in your account on ${moment(at, 'en', utility)}, for the bank account ${account ?? ''}. Your next bills are debited there on their day.`, 'You can ask your bank to refund a debit for eight weeks, and revoke this mandate at any time in your account.']
        : [`Your direct debit mandate in favour of ${utility.name} was revoked in your account on ${moment(at, 'en', utility)}. Your bills are now paid by another way, before their day.`],
    ...action('See my bills', address),
    otherwise: `You did not ask for this? Change your password at once and tell us. ${contactEn(utility)}`,
  }),
  'payment-plan-answered': ({ isAccepted, address }, utility) => ({
    subject: isAccepted ? 'Your payment plan is accepted' : 'Our answer about your payment plan',
    paragraphs: [isAccepted ? `${utility.name} accepts that you pay in several parts. Amounts and days are in your account.` : `${utility.name} could not accept the payment plan that you asked for. The reason is in your account.`],
    ...action('See my bills', address),
    otherwise: `You find it hard to pay? Talk to us. ${contactEn(utility)}`,
  }),
  'instalments-changed': ({ amount, from, at, address }, utility) => ({
    subject: 'Your instalments have changed',
    paragraphs: [`Your ${utility.name} instalments were changed in your account on ${moment(at, 'en', utility)}: ${euros(amount, 'en')} each from ${dayWords(from, 'en')} on.`, 'What you will have paid that way is deducted from your settlement bill.'],
    ...action('See my bills', address),
    otherwise: `You did not ask for this? Change your password at once and tell us. ${contactEn(utility)}`,
  }),
  'reading-received': ({ on, indexes, what, correctableUntil, address }, utility) => ({
    subject: 'Your meter reading has arrived',
    paragraphs: [
      `We have received your reading of ${dayWords(on, 'en')}: ${indexes.join(', ')}.`,
      {
        fine: 'Your next bill will be reckoned by it.',
        'outside-window': 'It came outside the days for readings: the bill after will take it into account.',
        'under-check': 'It is out of the ordinary: somebody looks at it, with what you told us. There is nothing you need to do.',
      }[what],
      `A mistake? You can correct it in your account until ${dayWords(localDay(correctableUntil, utility.timeZone), 'en')}, ${clock(correctableUntil, 'en', utility)}.`,
    ],
    ...action('See my readings', address),
    otherwise: `You sent nothing? Change your password and tell us. ${contactEn(utility)}`,
  }),
  'reading-checked': ({ on, isAccepted, address }, utility) => ({
    subject: isAccepted ? 'Your meter reading is accepted' : 'Your meter reading could not be kept',
    paragraphs: [
      isAccepted ? `We have looked at your reading of ${dayWords(on, 'en')} and accepted it. Your next bill will be reckoned by it.` : `We have looked at your reading of ${dayWords(on, 'en')} and could not keep it. Your account says why, and what you can do.`,
    ],
    ...action('See my readings', address),
    otherwise: `A question? ${contactEn(utility)}`,
  }),
  'message-answered': ({ address }, utility) => ({
    subject: `An answer of ${utility.name} waits for you`,
    paragraphs: [`${utility.name} has answered your message. So that what we write stays between us, the answer is read in your account.`],
    ...action('Read the answer', address),
    otherwise: `You wrote nothing? Tell us. ${contactEn(utility)}`,
  }),
  'request-changed': ({ number, waits, hasEnded, address }, utility) => ({
    subject: waits ? `${utility.name} needs something from you for your request` : hasEnded ? 'Your request has ended' : 'Your request goes on',
    paragraphs: [
      waits
        ? `To go on with your request ${number}, we need something from you. What it is can be read in your account, where you can answer.`
        : `Your request ${number} ${hasEnded ? 'has ended' : 'goes on'}. Where it stands can be read in your account.`,
    ],
    ...action('See my request', address),
    otherwise: `You asked for nothing? Tell us. ${contactEn(utility)}`,
  }),
  'outage-news': ({ facts, at, address }, utility) => {
    const { title, body } = outageWords(facts, 'en', utility.timeZone, at);
    return {
      subject: title,
      paragraphs: [
        facts.address === null ? `${title}.` : `${title}. This concerns your address, ${facts.address}.`,
        body,
        ...(facts.note === null ? [] : [facts.note]),
        ...(facts.kind === 'works' && ['announced', 'changed', 'reminder'].includes(facts.news) ? ['Before it begins, switch off sensitive appliances, and keep fridge and freezer closed.'].slice(facts.energy === 'gas' ? 1 : 0) : []),
      ],
      ...action('See what happens and choose my alerts', address),
      otherwise: breakdownEn(utility, facts),
    };
  },
  'signal-news': ({ facts, address }, utility) => {
    const { title, body } = signalWords(facts, 'en');
    return { subject: title, paragraphs: [`${title}.`, body], ...action('Choose my alerts', address), otherwise: `You get this because you asked for it. ${contactEn(utility)}` };
  },
  'account-closed': ({ at }, utility) => ({
    subject: `Your ${utility.name} account is closed`,
    paragraphs: [
      `You closed your ${utility.name} account on ${moment(at, 'en', utility)}. What was only its own is erased: identifier, password, passkeys, e-mail address, phone, choices and shared accesses.`,
      'Your contract goes on, and energy comes as before. Your invoices come by post. What the law makes us keep stays as long as it says.',
      'You can make an account again whenever you like, with an invoice or your contract. Goodbye, and thank you.',
    ],
    otherwise: `It was not you? Tell us at once. ${contactEn(utility)}`,
  }),
};

const WORDS: Readonly<Record<Language, Words>> = { fr, en };

function action(label: string, address: string | undefined): Pick<Letter, 'action'> {
  return address === undefined ? {} : { action: { label, address } };
}

function otherwiseFr(utility: Utility): string {
  return `Ce n’était pas vous ? Vous n’avez rien à faire. ${contactFr(utility)}`;
}

function otherwiseEn(utility: Utility): string {
  return `It was not you? There is nothing you need to do. ${contactEn(utility)}`;
}

function contactFr(utility: Utility): string {
  const phone = phoneOf(utility);
  return phone === undefined ? 'En cas de doute, contactez notre service clients.' : `En cas de doute, appelez notre service clients au ${phone}.`;
}

function contactEn(utility: Utility): string {
  const phone = phoneOf(utility);
  return phone === undefined ? 'If in doubt, contact our customer service.' : `If in doubt, call our customer service on ${phone}.`;
}

/** Whom to call when something is dangerous: that is never a mail. */
function breakdownFr(utility: Utility, { energy }: OutageFacts): string {
  const phone = breakdownPhone(utility, energy);
  if (phone === undefined) return contactFr(utility);
  return energy === 'gas' ? `Une odeur de gaz ? Sortez, puis appelez le ${phone}, à toute heure.` : `Un câble à terre ou un danger ? N’approchez pas, et appelez le dépannage au ${phone}, à toute heure.`;
}

function breakdownEn(utility: Utility, { energy }: OutageFacts): string {
  const phone = breakdownPhone(utility, energy);
  if (phone === undefined) return contactEn(utility);
  return energy === 'gas' ? `A smell of gas? Go outside, then call ${phone}, at any hour.` : `A cable on the ground, or a danger? Stay away, and call ${phone}, at any hour.`;
}

function breakdownPhone({ contacts }: Utility, energy: OutageFacts['energy']): string | undefined {
  return contacts.find(({ purpose }) => purpose === (energy === 'gas' ? 'gas-emergency' : 'electricity-breakdown'))?.phone;
}

function phoneOf({ contacts }: Utility): string | undefined {
  return contacts.find(({ purpose }) => purpose === 'customer-service')?.phone;
}

/** `30 juin 2027`: a day, which has no time zone. */
function dayWords(day: LocalDay, language: Language): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr' : 'en-GB', { timeZone: 'UTC', dateStyle: 'long' }).format(Date.parse(day));
}

/** `18 h 40`, `18:40`: where the customer lives. */
function clock(at: number, language: Language, { timeZone }: Pick<Utility, 'timeZone'>): string {
  const text = new Intl.DateTimeFormat(language === 'fr' ? 'fr' : 'en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  return language === 'fr' ? text.replace(':', ' h ') : text;
}

/** `le mardi 24 novembre 2026 à 18 h 40`. */
export function moment(at: number, language: Language, utility: Pick<Utility, 'timeZone'>): string {
  const day = new Intl.DateTimeFormat(language === 'fr' ? 'fr' : 'en-GB', { timeZone: utility.timeZone, dateStyle: 'full' }).format(at);
  return language === 'fr' ? `le ${day} à ${clock(at, 'fr', utility)}` : `${day} at ${clock(at, 'en', utility)}`;
}

function euros(amount: number, language: Language): string {
  return new Intl.NumberFormat(language === 'en' ? 'en-GB' : 'fr-FR', { style: 'currency', currency: 'EUR' }).format(amount / 100);
}
