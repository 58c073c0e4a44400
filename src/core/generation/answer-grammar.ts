/**
 * The shape of an answer as a grammar of llama.cpp (GBNF), for small models: what a JSON schema cannot say, that a claim
 * is one sentence, that the first stands alone and has something, and that later ones add to it. English only.
 *
 * A text ends with a full stop unless it ran into its limit, so that one without is known to be cut off.
 */
import type { AnswerBounds, Range } from './answer-bounds.ts';

/** llama.cpp takes no longer repetitions than 2000. */
const LONGEST = 1900;
/** Words between the article and "comprising", and between "The" and "of claim 1". [ours] */
const NAME = { first: 7, later: 4 };
/** Of a title, at most. [ours] */
const TITLE_WORDS = 12;
/** The least that a claim says behind its beginning, in characters. [ours] */
const LEAST_SAID = 40;
/** The longest name of a thing with the words around it. */
const BEGINNING = 90;

export function answerGrammar({ abstract, claim, claims, description }: AnswerBounds): string {
  const said: Range = { least: LEAST_SAID, most: Math.max(LEAST_SAID, claim.most - BEGINNING) };
  const more = `{${Math.max(0, claims.least - 1)},${Math.max(0, claims.most - 1)}}`;
  return [
    String.raw`root ::= "{\"title\": \"" title "\", \"abstract\": \"" abstract "\", \"claims\": [\"" first "\"" later${more} "]"${
      description ? String.raw` ", \"description\": \"" description "\""` : ''
    } "}"`,
    `title ::= [A-Z] [a-z-]{0,13} (" " titled){2,${TITLE_WORDS - 1}}`,
    `titled ::= [a-zA-Z] [a-z]{0,13} "-"? [a-z]{0,13}`,
    `abstract ::= [A-Z] (${ended('text', abstract, 1)})`,
    String.raw`first ::= ("A" | "An") (" " named){1,${NAME.first}} " comprising " [a-z] (${ended('clause', said, 1)})`,
    String.raw`later ::= ", \"The" (" " named){1,${NAME.later}} " of claim 1, wherein " [a-z] (${ended('clause', said, 1)}) "\""`,
    ...(description ? [`description ::= [A-Z] (${ended('text', description, 1)})`] : []),
    NAMED,
    `text ::= [a-zA-Z0-9 ,.'()/%-]`,
    `clause ::= [a-zA-Z0-9 ,;'()/%-]`,
    '',
  ].join('\n');
}

/**
 * A word of a thing's name. Words in "is", "has", "th…" and "whi…" are left out: a small model begins a sentence with
 * them, and is then made to go on with "comprising".
 */
const NAMED =
  'named ::= ([a-gj-su-vx-z] | "h" ([b-z] | "a" [a-rt-uw-z]) | "i" [a-rt-z] | "t" [a-gi-z] | "w" ([a-gi-z] | "h" [a-hj-z])) [a-z]{0,13}';

/** So many characters of a kind with a full stop behind them, or as many as there may be. */
function ended(kind: string, { least, most }: Range, before: number): string {
  const longest = Math.min(most, LONGEST) - before;
  return `${kind}{${least - before - 1},${longest - 1}} "." | ${kind}{${longest}}`;
}
