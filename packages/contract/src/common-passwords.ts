/**
 * The passwords that people try first, without what they hang on them (`Soleil-2026` is `soleil`): what the screen warns of
 * while one types. The server knows a longer list.
 */
const WORDS = `password passwort motdepasse mdp azerty azertyuiop qwerty qwertyuiop qwertz abcdef abcdefgh admin administrateur
administrator bienvenue welcome bonjour salut coucou hello soleil chocolat princesse princess doudou loulou chouchou nounours
amour jetaime iloveyou monamour marseille paris lyon toulouse carmaux albi france francais liberte secret letmein dragon
monkey football soccer basketball baseball shadow master sunshine superman batman pokemon starwars starwar naruto computer ordinateur
internet energie electricite enedis linky edf gaz eneo sicae oya camille nicolas julien thomas alexandre sandrine isabelle
michel pierre martin caroline vanessa charlotte charlie jordan michael jessica ashley nicole daniel andrew joshua matthew
anthony robert george william trustno freedom whatever qazwsx zaqwsx test testtest demo guest user login changeme changezmoi
vacances printemps automne hiver janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
spring summer autumn winter january february april august september october november december lundi mardi mercredi jeudi vendredi
samedi dimanche monday friday sunday google facebook samsung iphone orange`;

const NUMBERS = '12345678 123456789 1234567890 87654321 11111111 00000000 12341234 11223344 20202020 20252025 20262026';

const listed: ReadonlySet<string> = new Set(`${WORDS} ${NUMBERS}`.split(/\s+/));

/** Whether a word, in small letters, is among the passwords that people try first. */
export function isCommonPassword(word: string): boolean {
  return listed.has(word);
}
