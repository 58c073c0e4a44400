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
const NAME = { first: 7, later: 5 };
/** The least that a claim says behind its beginning, in characters. [ours] */
const LEAST_SAID = 40;
/** The longest name of a thing with the words around it. */
const BEGINNING = 90;

export function answerGrammar({ title, abstract, claim, claims, description }: AnswerBounds): string {
  const said: Range = { least: LEAST_SAID, most: Math.max(LEAST_SAID, claim.most - BEGINNING) };
  const more = `{${Math.max(0, claims.least - 1)},${Math.max(0, claims.most - 1)}}`;
  return [
    String.raw`root ::= "{\"title\": \"" title "\", \"abstract\": \"" abstract "\", \"claims\": [\"" first "\"" later${more} "]"${
      description ? String.raw` ", \"description\": \"" description "\""` : ''
    } "}"`,
    `title ::= [A-Z] [a-zA-Z0-9 ,()-]{${title.least - 1},${Math.min(title.most, 90) - 1}}`,
    `abstract ::= [A-Z] (${ended('text', abstract, 1)})`,
    String.raw`first ::= ("A" | "An") (" " word){1,${NAME.first}} " comprising " [a-z] (${ended('clause', said, 1)})`,
    String.raw`later ::= ", \"The" (" " word){1,${NAME.later}} " of claim 1, wherein " [a-z] (${ended('clause', said, 1)}) "\""`,
    ...(description ? [`description ::= [A-Z] (${ended('text', description, 1)})`] : []),
    `word ::= [a-z] [a-z-]{0,13}`,
    `text ::= [a-zA-Z0-9 ,.'()/%-]`,
    `clause ::= [a-zA-Z0-9 ,;'()/%-]`,
    '',
  ].join('\n');
}

/** So many characters of a kind with a full stop behind them, or as many as there may be. */
function ended(kind: string, { least, most }: Range, before: number): string {
  const longest = Math.min(most, LONGEST) - before;
  return `${kind}{${least - before - 1},${longest - 1}} "." | ${kind}{${longest}}`;
}
