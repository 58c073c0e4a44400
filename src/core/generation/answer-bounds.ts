/**
 * How long an answer and its parts may be, so that it ends within its tokens: a grammar that knows no end lets a weak
 * model write one string until the limit cuts it off. What a capable model needs is far below the limits, unless its
 * tokens are few; then the parts share what there is.
 */
import type { Length } from './plan.ts';

/** Characters of a text, or texts of a list. */
export interface Range {
  readonly least: number;
  readonly most: number;
}

export interface AnswerBounds {
  readonly title: Range;
  readonly abstract: Range;
  readonly claim: Range;
  readonly claims: Range;
  /** Absent where none is asked for. */
  readonly description?: Range;
  /** The grammar lets a text end without a full stop only at its limit. */
  readonly closed?: true;
}

/** English text has about four characters a token, in small vocabularies rather three and a half. [ours] */
const CHARACTERS_A_TOKEN = 3.5;
/** Quotes, names of fields and blanks around the texts, in characters. [ours] */
const FRAME = 120;

const TITLE: Range = { least: 12, most: 160 };
/** What the checks want at least of an abstract, 25 words, and of a claim; and what the longest real ones have. [ours] */
const ABSTRACT: Range = { least: 160, most: 3000 };
const CLAIM: Range = { least: 40, most: 4000 };
const DESCRIPTION: Range = { least: 400, most: 8000 };
/** A claim with fewer characters says little; there are rather fewer of them. [ours] */
const FAIR_CLAIM = 260;
/** Shares of what the title leaves. [ours] */
const ABSTRACT_SHARE = 0.4;
const DESCRIPTION_SHARE = 0.3;

/** Claims, at most; the prompt asks for fewer. */
const MOST_CLAIMS: Readonly<Record<Length, number>> = { short: 6, medium: 9, long: 14 };

/** So many the shortest prompt asks for. */
const FEWEST_CLAIMS = 2;

export function answerBounds(length: Length, withDescription: boolean, tokens: number): AnswerBounds {
  const room = Math.floor(tokens * CHARACTERS_A_TOKEN) - FRAME - TITLE.most;
  const description = withDescription ? within(DESCRIPTION, DESCRIPTION_SHARE * room) : undefined;
  const abstract = within(ABSTRACT, ABSTRACT_SHARE * room);
  const rest = room - abstract.most - (description?.most ?? 0);
  const most = Math.min(MOST_CLAIMS[length], Math.max(1, Math.floor(rest / FAIR_CLAIM)));
  return {
    title: TITLE,
    abstract,
    claim: within(CLAIM, rest / most),
    claims: { least: Math.min(FEWEST_CLAIMS, most), most },
    ...(description ? { description } : {}),
  };
}

/** Never below the least: an answer that has no room for it is cut off, and said to be. */
const within = ({ least, most }: Range, room: number): Range => ({
  least,
  most: Math.max(least, Math.min(most, Math.floor(room))),
});
