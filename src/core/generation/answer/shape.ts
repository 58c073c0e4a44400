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

/**
 * Of all runs of three words, so many are different at least; a loop comes near 0. One claim or abstract of real patents
 * has 0.85 in the middle and hardly ever less than 0.5; a whole patent, whose claims say the same of an apparatus and of
 * a method, has 0.46 in the middle and 0.22 at least (npm run bench -- answer-checks). [ours]
 */
const LEAST_VARIETY = { text: 0.45, whole: 0.2 } as const;
/** Runs of three words below which nothing is said of a text, and of a whole document. [ours] */
const FEWEST_RUNS = { text: 30, whole: 60 } as const;
/**
 * One sentence so often is a loop; claims add the same to an apparatus, a method and a medium in many real patents. [ours]
 */
const MOST_REPEATS = { sentence: 3, claim: 5 } as const;

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
  const claims = draft.claims.map(withoutReference);
  const said = [
    ...text.split(/[.!?]\s+/u).map((sentence) => ({ sentence, most: MOST_REPEATS.sentence })),
    ...claims.map((sentence) => ({ sentence, most: MOST_REPEATS.claim })),
  ];
  for (const { sentence, most } of said) {
    const key = words(sentence).join(' ');
    if (words(sentence).length < 4) continue;
    const count = (sentences.get(key) ?? 0) + 1;
    sentences.set(key, count);
    if (count >= most)
      return {
        reason: 'repetitive',
        detail: `One sentence stands there ${count} times: “${key.slice(0, 80)}”.`,
      };
  }
  const claimTwice = firstTwice(draft.claims.map((claim) => words(claim).join(' ')));
  if (claimTwice !== undefined)
    return { reason: 'repetitive', detail: `Claim ${claimTwice + 1} is an earlier claim once more.` };
  return (
    [draft.abstract, ...claims, draft.description].map((one) => loop(one, 'text')).find((one) => one) ??
    loop(draftText({ ...draft, claims }), 'whole')
  );
}

function loop(text: string, of: 'text' | 'whole'): Rejection | undefined {
  const all = words(text);
  const runs = all.slice(2).map((_, at) => all.slice(at, at + 3).join(' '));
  if (runs.length < FEWEST_RUNS[of]) return undefined;
  const variety = new Set(runs).size / runs.length;
  if (variety >= LEAST_VARIETY[of]) return undefined;
  const where = of === 'whole' ? 'its runs' : 'the runs of one of its texts';
  return {
    reason: 'repetitive',
    detail: `Only ${Math.round(100 * variety)} % of ${where}, of three words each, differ.`,
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
