/** Whether a draft has the shape of a patent document: its parts, their lengths, its claims, and no endless repetition. */
import type { Rejection } from '../rejection.ts';
import { claimsProblem } from './claims.ts';
import { draftText, type Draft } from './draft.ts';

/** Words. A real abstract has 50 to 150, a real title 2 to 20. [ours] */
const LIMITS = {
  title: { least: 1, most: 30 },
  abstract: { least: 25, most: 500 },
  claim: { most: 600 },
  whole: { least: 50, most: 12_000 },
} as const;

/** Of all runs of three words, so many are different in ordinary text: more than 0.8; a loop comes near 0. [ours] */
const LEAST_VARIETY = 0.45;
/** One sentence so often is a loop. [ours] */
const MOST_REPEATS = 3;

export function shapeProblem(draft: Draft): Rejection | undefined {
  return partsProblem(draft) ?? claimsProblem(draft.claims) ?? repetition(draft);
}

function partsProblem({ title, abstract, claims, description }: Draft): Rejection | undefined {
  const titleWords = words(title).length;
  if (titleWords < LIMITS.title.least) return { reason: 'title-missing', detail: 'There is no title.' };
  if (titleWords > LIMITS.title.most)
    return { reason: 'title-missing', detail: `The title has ${titleWords} words.` };
  if (isPlaceholder(title)) return { reason: 'title-missing', detail: `The title is “${title}”.` };
  const abstractWords = words(abstract).length;
  if (abstractWords === 0 || isPlaceholder(abstract))
    return { reason: 'abstract-missing', detail: 'There is no abstract.' };
  if (claims.length === 0 || claims.every(isPlaceholder))
    return { reason: 'claims-missing', detail: 'There are no claims.' };
  if (abstractWords < LIMITS.abstract.least)
    return { reason: 'too-short', detail: `The abstract has ${abstractWords} words.` };
  if (abstractWords > LIMITS.abstract.most)
    return { reason: 'too-long', detail: `The abstract has ${abstractWords} words.` };
  const long = claims.findIndex((claim) => words(claim).length > LIMITS.claim.most);
  if (long >= 0)
    return { reason: 'too-long', detail: `Claim ${long + 1} has more than ${LIMITS.claim.most} words.` };
  const whole = abstractWords + words(claims.join(' ')).length + words(description).length;
  if (whole < LIMITS.whole.least) return { reason: 'too-short', detail: `The document has ${whole} words.` };
  if (whole > LIMITS.whole.most) return { reason: 'too-long', detail: `The document has ${whole} words.` };
  return undefined;
}

/** What stands in a form. */
const isPlaceholder = (text: string): boolean =>
  /^(?:…|\.{3}|\[[^\]]*\]|<[^>]*>|title|abstract|string|n\/a|none|tbd|untitled|insert .*)[.…]*$/iu.test(
    text.trim(),
  );

function repetition(draft: Draft): Rejection | undefined {
  const text = draftText({ ...draft, claims: [] });
  const sentences = new Map<string, number>();
  for (const sentence of [...text.split(/[.!?]\s+/u), ...draft.claims.map(withoutReference)]) {
    const key = words(sentence).join(' ');
    if (words(sentence).length < 4) continue;
    const count = (sentences.get(key) ?? 0) + 1;
    sentences.set(key, count);
    if (count >= MOST_REPEATS)
      return {
        reason: 'repetitive',
        detail: `One sentence stands there ${count} times: “${key.slice(0, 80)}”.`,
      };
  }
  const claimTwice = firstTwice(draft.claims.map((claim) => words(claim).join(' ')));
  if (claimTwice !== undefined)
    return { reason: 'repetitive', detail: `Claim ${claimTwice + 1} is an earlier claim once more.` };
  const all = words(draftText({ ...draft, claims: draft.claims.map(withoutReference) }));
  const runs = all.slice(2).map((_, at) => all.slice(at, at + 3).join(' '));
  if (runs.length < 60) return undefined;
  const variety = new Set(runs).size / runs.length;
  if (variety >= LEAST_VARIETY) return undefined;
  return {
    reason: 'repetitive',
    detail: `Only ${Math.round(100 * variety)} % of its runs of three words differ.`,
  };
}

/** The beginnings of dependent claims are alike in every real document. */
const withoutReference = (claim: string): string =>
  claim.replace(
    /^[^,:]*\b(?:claims?|anspr\p{L}*|revendications?)\b[^,:]*[,:]?\s*(?:wherein|characterized in that)?/iu,
    '',
  );

function firstTwice(texts: readonly string[]): number | undefined {
  const seen = new Set<string>();
  const at = texts.findIndex((text) => seen.size === seen.add(text).size);
  return at < 0 ? undefined : at;
}

/** Words of any script; Chinese and Japanese characters count as words of their own. */
const words = (text: string): readonly string[] =>
  text.toLowerCase().match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+/gu) ?? [];
