/**
 * Phrases of old patents as character recognition leaves them: `Iclaim`, `What 1 cla1m`, `speci?cation`. Text is
 * brought into a plainer form of the same length, so that offsets stay, and compared with patterns that allow for the
 * letters that are mistaken for each other.
 */

/** Lower case, with one letter for those that look alike, and blanks for stray marks. Length is kept. */
export function plainer(text: string): string {
  return text.replace(/[^a-z ]/g, (character) => {
    if (/[1!|íìîI]/.test(character)) return 'l';
    if (character === '0') return 'o';
    if (character === '\u2014' || character === '\u2013') return '-';
    const lower = character.toLowerCase();
    if (lower.length === 1 && /[\p{L}\p{N}.,:;?-]/u.test(lower)) return lower;
    return ' ';
  });
}

/** `claim` with l and i as they may come. */
const CLAIM = String.raw`c[li]a[li]m`;
const WHO = String.raw`(?:i|l|we|[il]/we)`;
const LETTERS = String.raw`(?:by |under )?[li]etters,? ?patents?(?: of the un[li]ted states)?`;
/** What is said between "claim" and the claims. */
const FORMALITY = String.raw`(?:,? ?(?:and|as|to|be|is|my|our|new|[li]nvent[li]on|therefore|[li]n|the|fo[li][li]ows|fo[li][li]ow[li]ng|des[li]re|w[li]sh|secure|protect|or|of|by|th[li]s|[li]mprovements?|here[li]n|set|forth|descr[li]bed|hav[li]ng|patentab[li]e|nove[li]|un[li]ted|states|[li]etters|patents?|are|or[li]g[li]na[li]))*`;
const INTRODUCTION = new RegExp(
  String.raw`(?:what (?:is|[il]s|${WHO}) ?(?:therefore |hereby )?${CLAIM}(?:ed)?\b${FORMALITY}|(?:[^a-z]|^)${WHO} ?(?:therefore |hereby |now |do )*${CLAIM}\b(?= *[:;-]| as | the fo[li][li]ow| and des| *$)${FORMALITY}) *[:;.,-]{0,3} *[- ]*$`,
);
/** The same with the first claim behind it on the line. */
const INLINE = new RegExp(
  String.raw`^\W*(?:(?:hav[li]ng|what|[li]n)\b.{0,200})?(?:what (?:is|[il]s|${WHO})|${WHO}) ?(?:therefore |hereby |now )?${CLAIM}(?:ed)?\b(?:${FORMALITY} *(?:[:-]|,? is,?) *(?=[a-z])|${FORMALITY}.{0,20}? ?${LETTERS},? *(?:is|[:-])[,:-]* *(?=[a-z])|${FORMALITY} *[:.-]* *(?=[l1i] *[.,)] *[a-z]))`,
);
const EXACT =
  /\b(?:what (?:is|I|we)|I|we|I\/we)\b[^a-z]{0,3}(?: therefore| hereby| now)?\s*claim(?:ed)?\b|\binvention claimed is\b/i;
const END =
  /^\W*(?:[li]n (?:test[li]mony|w[li]tness) whereof|w[li]tness(?:es)?\b *[.:;]|w[li]tnessed by|s[li]gned (?:at|by|and)|th[li]s spec[li].{0,3}cat[li]on s[li]gned|the (?:fore ?go[li]ng|above) spec[li].{0,3}cat[li]on .{0,40}s[li]gned|attest *[:;.])/;

export interface Introduction {
  /** Whether the words stand there undamaged. */
  readonly exact: boolean;
}

/** Whether lines of text end with the words that introduce the claims: `…, what I claim as new … is as follows:`. */
export function introducesClaims(lines: readonly string[]): Introduction | undefined {
  const text = lines
    .map((line) => line.trim())
    .join(' ')
    .slice(-LONGEST_INTRODUCTION);
  if (!INTRODUCTION.test(plainer(text).replace(/ {2,}/g, ' ').trimEnd())) return undefined;
  return { exact: EXACT.test(text) };
}

/** Length of the words that introduce the claims, when the first claim follows them on the line. */
export function inlineIntroduction(line: string): (Introduction & { readonly length: number }) | undefined {
  const head = line.slice(0, LONGEST_INTRODUCTION);
  if (!MAYBE_CLAIM.test(head)) return undefined;
  const match = INLINE.exec(plainer(head));
  return match === null ? undefined : { length: match[0].length, exact: EXACT.test(match[0]) };
}

const LONGEST_INTRODUCTION = 300;
/** Cheap looks before the dear ones, as every line of a text comes here. */
const MAYBE_CLAIM = /c[li1!|]a[li1!|]m/i;
const MAYBE_WHOM = /whom/i;
const MAYBE_PART = /ng part/i;

/** Whether a line begins what follows the claims: the date, the signature, the witnesses. */
export const endsClaims = (line: string): boolean => END.test(plainer(line.slice(0, 120)).trimStart());

/** `To all whom it may concern:`, with which the description of old patents begins. */
export const beginsOldDescription = (line: string): boolean =>
  MAYBE_WHOM.test(line.slice(0, 60)) &&
  /^\W*to a[li][li],? whom [li]t may concern\b/.test(plainer(line.slice(0, 60)));

/** `Specification forming part of Letters Patent No. …`, a line of the heading of old patents. */
export const isOldHeading = (line: string): boolean =>
  MAYBE_PART.test(line.slice(0, 80)) &&
  /^\W*spec[li].{0,3}cat[li]on form[li]ng part/.test(plainer(line.slice(0, 80)).trimStart());
