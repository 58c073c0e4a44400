/**
 * Texts that a grammar ended: as long as it allowed, and in the middle of a sentence. What of them is whole is kept, so
 * that no half sentence passes for a claim.
 */
import type { AnswerBounds, Range } from '../answer-bounds.ts';
import type { JsonAnswer } from './read-json.ts';

const ENDED = /[.!?。．]["”)]?\s*$/u;
const LAST_SENTENCE = /^[\s\S]*[.!?。．]["”)]?(?=\s)/u;

/** `trimmed`: something was left out. Undefined where the title, the abstract or the first claim has nothing whole. */
export function withoutCutTexts(
  answer: JsonAnswer,
  bounds: AnswerBounds,
): (JsonAnswer & { readonly trimmed: boolean }) | undefined {
  const { title, abstract, description } = answer.rest;
  if (isCut(title, bounds.title)) return undefined;
  const { closed = false } = bounds;
  const whole = {
    title,
    abstract: wholeSentences(abstract, bounds.abstract, closed),
    description: wholeSentences(description, bounds.description, closed),
  };
  if (abstract !== '' && whole.abstract === '') return undefined;
  const { claims } = answer;
  const firstCut =
    typeof claims === 'string' ? -1 : claims.findIndex((claim) => isCut(claim, bounds.claim, closed));
  if (firstCut === 0) return undefined;
  return {
    ...answer,
    rest: whole,
    // Later claims may build on the one that is left out.
    claims: firstCut < 0 ? claims : claims.slice(0, firstCut),
    trimmed: firstCut > 0 || whole.abstract !== abstract || whole.description !== description,
  };
}

function wholeSentences(text: string, range: Range | undefined, closed: boolean): string {
  return range && isCut(text, range, closed) ? (LAST_SENTENCE.exec(text)?.[0] ?? '') : text;
}

/** A grammar counts characters, not UTF-16 units. */
const isCut = (text: string, { most }: Range, closed = false): boolean =>
  (closed || [...text].length === most) && !ENDED.test(text);
