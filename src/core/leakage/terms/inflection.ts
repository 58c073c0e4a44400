/**
 * Whether two words are forms of one word (METHODS 4: Snowball stemming).
 *
 * Snowball's English stemmer also takes derivations together (organ, organic, organisation), and a leak must not be
 * claimed for those. So for English the stems must be equal *and* what differs must be an ending of inflection. Plurals
 * that no stemmer knows (prostheses, teeth) are brought to their singular first.
 */
import { newStemmer, type Stemmer } from 'snowball-stemmers';

/** Languages whose inflection is known; other documents are matched as English, which finds identical words in all. */
export const STEMMED_LANGUAGES = ['en', 'de', 'fr'] as const;
export type StemmedLanguage = (typeof STEMMED_LANGUAGES)[number];

const ALGORITHMS: Readonly<Record<StemmedLanguage, string>> = { en: 'english', de: 'german', fr: 'french' };

/** Where stemming stops: no word of a taxonomy is longer, and hostile text must not be. */
export const LONGEST_WORD = 64;
/** Shorter words have no forms: "as" is not a plural of "a". */
const SHORTEST_INFLECTED = 3;

export const isStemmed = (language: string | undefined): language is StemmedLanguage =>
  STEMMED_LANGUAGES.some((known) => known === language);

/** What a word of each language may end with instead of another ending and still be the same word. */
const ENDINGS: Readonly<Record<StemmedLanguage, ReadonlySet<string>>> = {
  en: new Set(['', 's', 'es', 'e', 'ed', 'd', 'ing', 'y', 'ies', 'ied', 'ying']),
  de: new Set('|e|en|n|er|ern|s|es|em|nen|se|ses'.split('|')),
  fr: new Set('|s|e|es|x|l|ux|ls|le|les|er|ee|ees|ant|ants|ante|antes|ent'.split('|')),
};

const IRREGULAR: ReadonlyMap<string, string> = new Map(
  [
    'teeth tooth,feet foot,men man,women woman,children child,mice mouse,geese goose,oxen ox',
    'vertebrae vertebra,larvae larva,antennae antenna,bursae bursa,fistulae fistula,maxillae maxilla',
    'matrices matrix,indices index,indexes index,appendices appendix,vortices vortex,apices apex',
    'bacteria bacterium,media medium,stimuli stimulus,nuclei nucleus,radii radius,calculi calculus,thrombi thrombus',
    'lives life,knives knife,leaves leaf,halves half,calves calf,shelves shelf,axes axis',
    'phenomena phenomenon,criteria criterion,ganglia ganglion,spectra spectrum,septa septum',
  ].flatMap((line) => line.split(',').map((pair): [string, string] => pair.split(' ') as [string, string])),
);
/** Greek singulars in -sis: prostheses, analyses, diagnoses, metastases, stenoses. */
const GREEK_PLURAL = /(?:the|aly|gno|tho|cro|bro|ne|ta|pto|no|ro|lo|mo|po|ly)ses$/;

/** English plurals that no stemmer knows, in the singular. Verbs such as "analyses" become the noun: one word here. */
function singular(word: string): string {
  const irregular = IRREGULAR.get(word);
  if (irregular !== undefined) return irregular;
  return word.length >= 8 && GREEK_PLURAL.test(word) ? `${word.slice(0, -2)}is` : word;
}

/** The stems of one language, and which endings may differ. */
export class Inflection {
  readonly #stemmer: Stemmer;
  readonly #endings: ReadonlySet<string>;
  readonly #english: boolean;

  constructor(language: StemmedLanguage) {
    this.#stemmer = newStemmer(ALGORITHMS[language]);
    this.#endings = ENDINGS[language];
    this.#english = language === 'en';
  }

  /** @param word folded. Undefined for a word that has no other forms. */
  stem(word: string): string | undefined {
    if (word.length < SHORTEST_INFLECTED || word.length > LONGEST_WORD || /\P{L}/u.test(word))
      return undefined;
    return this.#stemmer.stem(this.#english ? singular(word) : word);
  }

  /** Whether two folded words of the same stem differ only by an ending of inflection. */
  sameWord(one: string, other: string): boolean {
    const [a, b] = this.#english ? [singular(one), singular(other)] : [one, other];
    let common = 0;
    while (common < a.length && a[common] === b[common]) common++;
    const rest = (word: string): string => {
      // stop, stopping: the doubled consonant is no part of the ending.
      const doubled = common > 0 && word[common] === word[common - 1] && word.length > common + 1;
      return word.slice(doubled ? common + 1 : common);
    };
    return this.#endings.has(rest(a)) && this.#endings.has(rest(b));
  }
}

/** Words that say nothing by themselves, in the languages that are stemmed. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    'a an and any are as at be been but by can do each for from had has have he her his how if in into is it its may',
    'more no non nor not of off on one only or other our out over per so some such than that the their them then there',
    'these they this those to too two under up upon use used using via was we were what when where which while who will',
    'with within without would you your i me my',
    'aber als am an auf aus bei beim bis da das dass dem den der des die diese dieser dieses du durch ein eine einem einen',
    'einer eines er es fur hat ich ihr im in ist kann mit nach nicht noch nur oder ob sich sie sind so um und uns von vom',
    'vor war was wenn wie wir wird zu zum zur zwischen',
    'au aux avec c ce ces cette d dans de des du elle en entre est et il ils je l la le les leur lui m mais ne nous on ou',
    'par pas pour qu que qui s sa se ses son sur t un une vous y',
  ].flatMap((line) => line.split(' ')),
);
