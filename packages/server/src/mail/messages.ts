/** What the portal writes to people: one function for each message, in French, the source, and in English. */
import type { LocalDay, Utility } from '@oya/contract';

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
  | { readonly kind: 'passkey-added' | 'passkey-removed'; readonly label: string; readonly at: number; readonly address: string | undefined }
  | { readonly kind: 'identifier'; readonly identifier: string; readonly address: string | undefined };

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

export function write(message: Message, language: Language, utility: Utility): Letter {
  const words = WORDS[language];
  switch (message.kind) {
    case 'sign-up-code':
      return words.signUpCode(message, utility);
    case 'address-has-account':
      return words.addressHasAccount(message, utility);
    case 'contract-has-account':
      return words.contractHasAccount(message, utility);
    case 'password-reset':
      return words.passwordReset(message, utility);
    case 'password-changed':
      return words.passwordChanged(message, utility);
    case 'access-invitation':
      return words.accessInvitation(message, utility);
    case 'access-accepted':
      return words.accessAccepted(message, utility);
    case 'access-ended':
      return words.accessEnded(message, utility);
    case 'identifier':
      return words.identifier(message, utility);
    case 'passkey-added':
      return words.passkeyAdded(message, utility);
    case 'passkey-removed':
      return words.passkeyRemoved(message, utility);
  }
}

type Of<K extends Message['kind']> = Extract<Message, { kind: K }>;

type OfPasskey = Of<'passkey-added' | 'passkey-removed'>;

interface Words {
  signUpCode(message: Of<'sign-up-code'>, utility: Utility): Letter;
  addressHasAccount(message: Of<'address-has-account'>, utility: Utility): Letter;
  contractHasAccount(message: Of<'contract-has-account'>, utility: Utility): Letter;
  passwordReset(message: Of<'password-reset'>, utility: Utility): Letter;
  passwordChanged(message: Of<'password-changed'>, utility: Utility): Letter;
  identifier(message: Of<'identifier'>, utility: Utility): Letter;
  accessInvitation(message: Of<'access-invitation'>, utility: Utility): Letter;
  accessAccepted(message: Of<'access-accepted'>, utility: Utility): Letter;
  accessEnded(message: Of<'access-ended'>, utility: Utility): Letter;
  passkeyAdded(message: OfPasskey, utility: Utility): Letter;
  passkeyRemoved(message: OfPasskey, utility: Utility): Letter;
}

const fr: Words = {
  signUpCode: ({ code, expiresAt, address }, utility) => ({
    subject: `${code} : votre code de validation ${utility.name}`,
    paragraphs: [
      `Voici le code qui termine la création de votre espace client ${utility.name}.`,
      `Il est valable dix minutes, jusqu’à ${clock(expiresAt, 'fr', utility)}, et sert une seule fois. Après ce délai, demandez-en un autre sur la même page.`,
    ],
    emphasis: code,
    ...action('Reprendre mon inscription', address),
    otherwise: 'Vous n’avez rien demandé ? Ignorez ce message : sans ce code, aucun espace n’est créé à votre adresse. Nous ne vous le demanderons jamais par téléphone.',
  }),
  addressHasAccount: ({ address }, utility) => ({
    subject: `Vous avez déjà un espace client ${utility.name}`,
    paragraphs: [
      `Quelqu’un, vous peut-être, vient de demander un espace client ${utility.name} avec cette adresse e-mail. Vous en avez déjà un : rien n’a changé.`,
      'Pour y entrer, utilisez votre identifiant ou cette adresse, et votre mot de passe. Si vous l’avez oublié, demandez-en un nouveau sur la page de connexion.',
      'Pour y ajouter un autre contrat, contactez notre service clients.',
    ],
    ...action('Me connecter', address),
    otherwise: otherwiseFr(utility),
  }),
  contractHasAccount: ({ contractNumber, address }, utility) => ({
    subject: 'Quelqu’un a demandé un espace client pour votre contrat',
    paragraphs: [
      `Quelqu’un, vous peut-être, vient de demander un espace client ${utility.name} avec une facture ou les références de votre contrat ${contractNumber}. Vous avez déjà un espace pour ce contrat : la demande a été refusée, rien n’a changé.`,
      'Si c’était vous, utilisez votre identifiant ou votre adresse e-mail, et votre mot de passe. Si vous les avez oubliés, la page de connexion vous aide à les retrouver.',
    ],
    ...action('Me connecter', address),
    otherwise: otherwiseFr(utility),
  }),
  passwordReset: ({ code, expiresAt, address }, utility) => ({
    subject: `${code} : votre code pour un nouveau mot de passe ${utility.name}`,
    paragraphs: [
      `Voici le code pour choisir un nouveau mot de passe pour votre espace client ${utility.name}.`,
      `Il est valable dix minutes, jusqu’à ${clock(expiresAt, 'fr', utility)}, et sert une seule fois.`,
    ],
    emphasis: code,
    ...action('Choisir un nouveau mot de passe', address),
    otherwise: 'Vous n’avez rien demandé ? Ignorez ce message : votre mot de passe ne change pas. Nous ne vous demanderons jamais ce code par téléphone.',
  }),
  passwordChanged: ({ at, passkeys, address }, utility) => ({
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
  accessInvitation: ({ holder, until, address }, utility) => ({
    subject: `${holder} partage un contrat d’énergie avec vous`,
    paragraphs: [
      `${holder} vous propose de voir son contrat ${utility.name} et sa consommation${until === null ? '' : `, jusqu’au ${dayWords(until, 'fr')}`}. Vous ne pourrez rien y changer.`,
      `Pour accepter, ouvrez votre espace client ${utility.name}. Si vous n’en avez pas encore, créez-le d’abord.`,
    ],
    ...action('Voir l’invitation', address),
    otherwise: 'Vous ne connaissez pas cette personne ? Ignorez ce message : rien ne change pour vous.',
  }),
  accessAccepted: ({ reader, address }, utility) => ({
    subject: `${reader} voit maintenant votre contrat`,
    paragraphs: [
      `${reader} a accepté votre invitation et voit votre contrat ${utility.name} et sa consommation, rien d’autre.`,
      'Vous pouvez reprendre cet accès quand vous voulez, dans votre espace client.',
    ],
    ...action('Voir mes contrats', address),
    otherwise: `Vous n’avez invité personne ? Reprenez l’accès, puis changez votre mot de passe. ${contactFr(utility)}`,
  }),
  accessEnded: ({ holder }, utility) => ({
    subject: `${holder} ne partage plus son contrat avec vous`,
    paragraphs: [`Vous ne voyez plus le contrat ${utility.name} de ${holder}, ni sa consommation. Vos propres contrats restent comme ils sont.`],
    otherwise: `Une question sur cet accès ? ${holder} peut vous répondre.`,
  }),
  passkeyAdded: ({ label, at, address }, utility) => ({
    subject: `Une clé d’accès ouvre maintenant votre espace ${utility.name}`,
    paragraphs: [
      `La clé d’accès « ${label} » a été ajoutée à votre espace client ${utility.name} ${moment(at, 'fr', utility)}. Elle vous connecte sans mot de passe.`,
      'Si c’était vous, vous n’avez rien à faire. Votre mot de passe reste valable.',
    ],
    ...action('Ouvrir mon espace client', address),
    otherwise: `Ce n’était pas vous ? Retirez cette clé dans votre espace, puis choisissez un nouveau mot de passe. ${contactFr(utility)}`,
  }),
  passkeyRemoved: ({ label, at, address }, utility) => ({
    subject: `Une clé d’accès n’ouvre plus votre espace ${utility.name}`,
    paragraphs: [
      `La clé d’accès « ${label} » a été retirée de votre espace client ${utility.name} ${moment(at, 'fr', utility)}. Votre mot de passe et vos autres clés restent valables.`,
      'Si c’était vous, effacez-la aussi des mots de passe enregistrés sur votre appareil : elle n’y sert plus à rien.',
    ],
    ...action('Ouvrir mon espace client', address),
    otherwise: `Ce n’était pas vous ? Choisissez tout de suite un nouveau mot de passe sur la page de connexion. ${contactFr(utility)}`,
  }),
};

const en: Words = {
  signUpCode: ({ code, expiresAt, address }, utility) => ({
    subject: `${code}: your ${utility.name} validation code`,
    paragraphs: [
      `This code completes your ${utility.name} account.`,
      `It is valid for ten minutes, until ${clock(expiresAt, 'en', utility)}, and works once. After that, ask for another on the same page.`,
    ],
    emphasis: code,
    ...action('Resume my registration', address),
    otherwise: 'You did not ask for this? Ignore this message: without the code no account is made for your address. We will never ask you for it on the phone.',
  }),
  addressHasAccount: ({ address }, utility) => ({
    subject: `You already have a ${utility.name} account`,
    paragraphs: [
      `Somebody, perhaps you, has just asked for a ${utility.name} account with this e-mail address. You already have one: nothing has changed.`,
      'To sign in, use your identifier or this address, and your password. If you have forgotten it, ask for a new one on the sign-in page.',
      'To add another contract to it, contact our customer service.',
    ],
    ...action('Sign in', address),
    otherwise: otherwiseEn(utility),
  }),
  contractHasAccount: ({ contractNumber, address }, utility) => ({
    subject: 'Somebody asked for an account for your contract',
    paragraphs: [
      `Somebody, perhaps you, has just asked for a ${utility.name} account with an invoice or the references of your contract ${contractNumber}. You already have an account for this contract: the request was refused, nothing has changed.`,
      'If it was you, use your identifier or e-mail address, and your password. If you have forgotten them, the sign-in page helps you find them.',
    ],
    ...action('Sign in', address),
    otherwise: otherwiseEn(utility),
  }),
  passwordReset: ({ code, expiresAt, address }, utility) => ({
    subject: `${code}: your code for a new ${utility.name} password`,
    paragraphs: [
      `This code lets you choose a new password for your ${utility.name} account.`,
      `It is valid for ten minutes, until ${clock(expiresAt, 'en', utility)}, and works once.`,
    ],
    emphasis: code,
    ...action('Choose a new password', address),
    otherwise: 'You did not ask for this? Ignore this message: your password does not change. We will never ask you for this code on the phone.',
  }),
  passwordChanged: ({ at, passkeys, address }, utility) => ({
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
  accessInvitation: ({ holder, until, address }, utility) => ({
    subject: `${holder} shares an energy contract with you`,
    paragraphs: [
      `${holder} offers to show you their ${utility.name} contract and its consumption${until === null ? '' : `, until ${dayWords(until, 'en')}`}. You cannot change anything in it.`,
      `To accept, open your ${utility.name} account. If you have none yet, create it first.`,
    ],
    ...action('See the invitation', address),
    otherwise: 'You do not know this person? Ignore this message: nothing changes for you.',
  }),
  accessAccepted: ({ reader, address }, utility) => ({
    subject: `${reader} can now see your contract`,
    paragraphs: [
      `${reader} has accepted your invitation and sees your ${utility.name} contract and its consumption, nothing else.`,
      'You can take this access back at any time, in your account.',
    ],
    ...action('See my contracts', address),
    otherwise: `You invited nobody? Take the access back, then change your password. ${contactEn(utility)}`,
  }),
  accessEnded: ({ holder }, utility) => ({
    subject: `${holder} no longer shares the contract with you`,
    paragraphs: [`You no longer see the ${utility.name} contract of ${holder}, nor its consumption. Your own contracts stay as they are.`],
    otherwise: `A question about this access? ${holder} can answer.`,
  }),
  passkeyAdded: ({ label, at, address }, utility) => ({
    subject: `A passkey now opens your ${utility.name} account`,
    paragraphs: [
      `The passkey “${label}” was added to your ${utility.name} account on ${moment(at, 'en', utility)}. It signs you in without a password.`,
      'If it was you, there is nothing to do. Your password still works.',
    ],
    ...action('Open my account', address),
    otherwise: `It was not you? Remove this passkey in your account, then choose a new password. ${contactEn(utility)}`,
  }),
  passkeyRemoved: ({ label, at, address }, utility) => ({
    subject: `A passkey no longer opens your ${utility.name} account`,
    paragraphs: [
      `The passkey “${label}” was removed from your ${utility.name} account on ${moment(at, 'en', utility)}. Your password and your other passkeys still work.`,
      'If it was you, delete it from the passwords kept on your device too: it is of no use there any more.',
    ],
    ...action('Open my account', address),
    otherwise: `It was not you? Choose a new password on the sign-in page at once. ${contactEn(utility)}`,
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

function phoneOf({ contacts }: Utility): string | undefined {
  return contacts.find(({ purpose }) => purpose === 'customer-service')?.phone;
}

/** `30 juin 2027`: a day, which has no time zone. */
function dayWords(day: LocalDay, language: Language): string {
  return new Intl.DateTimeFormat(language === 'fr' ? 'fr' : 'en-GB', { timeZone: 'UTC', dateStyle: 'long' }).format(Date.parse(day));
}

/** `18 h 40`, `18:40`: where the customer lives. */
function clock(at: number, language: Language, { timeZone }: Utility): string {
  const text = new Intl.DateTimeFormat(language === 'fr' ? 'fr' : 'en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  return language === 'fr' ? text.replace(':', ' h ') : text;
}

/** `le mardi 24 novembre 2026 à 18 h 40`. */
function moment(at: number, language: Language, utility: Utility): string {
  const day = new Intl.DateTimeFormat(language === 'fr' ? 'fr' : 'en-GB', { timeZone: utility.timeZone, dateStyle: 'full' }).format(at);
  return language === 'fr' ? `le ${day} à ${clock(at, 'fr', utility)}` : `${day} at ${clock(at, 'en', utility)}`;
}
