/**
 * Which earlier claims a claim refers to, read from its words: English, German and French, the languages of the
 * offices read here. Office XML marks only some of the references, and plain text none.
 */

/** The word before the numbers. */
const CLAIM_WORD =
  /(?<![\p{L}\p{N}])(?:claims?|(?:patent)?anspr(?:uch(?:e?s)?|(?:ü|ue)chen?)|revendications?)(?![\p{L}\p{N}])/giu;
/** A reference to all claims before: "any preceding claim", "einem der vorhergehenden Ansprüche". */
const ALL_BEFORE = [
  /(?<!\p{L})(?:preceding|previous|prior|foregoing|above|earlier)(?:\s+(?:\p{L}+\s+){0,2})claims?(?!\p{L})(?!\s*\(?\d)/giu,
  /(?<!\p{L})claims?\s+(?:above|before)(?!\p{L})/giu,
  /(?<!\p{L})(?:vorher(?:gehend|ig)|vorangehend|vorangegangen|vorstehend|vorgenannt|voranstehend|vorig|obig)e[nrms]?\s+(?:patent)?anspr(?:uch(?:e?s)?|(?:ü|ue)chen?)(?!\p{L})(?!\s*\(?\d)/giu,
  /(?<!\p{L})revendications?\s+(?:précédente?s?|antérieure?s?|ci-dessus)(?!\p{L})/giu,
];

const NUMBER = /\s*\(?\s*(?:(\d{1,5})|([Il])(?![\p{L}\p{N}]))\s*\)?/uy;
const RANGE = /\s*(?:to|through|thru|bis|à|until|[-–—]|\.{2,3}|÷)(?![\p{L}])/iuy;
/** "and", "or" and their like, with a repeated "claim" behind: "claim 1 or claim 2". */
const CONJUNCTION =
  /\s*,?\s*(?:and\/or|und\/oder|et\/ou|and|or|und|oder|sowie|et|ou|&|\/)\s*(?:(?:to|of|nach|in|with)\s+)?(?:(?:claims?|anspr(?:uch|üche)|revendications?)\s+)?/iuy;
const COMMA = /\s*[,;]\s*/uy;

interface NumberRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Numbers of the claims that `text` refers to, ascending. `earlier` are the numbers of the claims before it, the only
 * ones a claim can depend on.
 */
export function claimReferences(text: string, earlier: readonly number[]): number[] {
  if (earlier.length === 0) return [];
  if (ALL_BEFORE.some((pattern) => text.search(pattern) >= 0)) return [...earlier];
  const ranges: NumberRange[] = [];
  for (const word of text.matchAll(CLAIM_WORD)) {
    ranges.push(...readNumbers(text, word.index + word[0].length, isPlural(word[0])));
    if (ranges.length >= MOST_NUMBERS) break;
  }
  return earlier.filter((number) => ranges.some(({ from, to }) => from <= number && number <= to));
}

const isPlural = (word: string): boolean => /(?:claims|(?:ü|ue)chen?|revendications)$/iu.test(word);

/** Most numbers read from one claim; no real claim names as many. [ours] */
const MOST_NUMBERS = 1000;

/** A list such as "1, 2 or 4 to 6" that starts at `at`. */
function readNumbers(text: string, at: number, plural: boolean): NumberRange[] {
  const ranges: NumberRange[] = [];
  /** Ranges behind a bare comma count only in a real list: "claim 1, 3 mm thick" is none. */
  let certain = 0;
  let next = at;
  while (ranges.length < MOST_NUMBERS) {
    const range = readRange(text, next);
    if (range === undefined) break;
    ranges.push(range);
    next = range.end;
    const conjunction = matchAt(CONJUNCTION, text, next);
    const comma = conjunction === undefined ? matchAt(COMMA, text, next) : undefined;
    if (conjunction !== undefined || plural || ranges.length === 1) certain = ranges.length;
    if (conjunction === undefined && comma === undefined) break;
    if (conjunction !== undefined) certain = ranges.length + 1;
    next = conjunction ?? comma ?? next;
  }
  return ranges.slice(0, certain);
}

function readRange(text: string, at: number): (NumberRange & { readonly end: number }) | undefined {
  const first = readNumber(text, at);
  if (first === undefined) return undefined;
  const connector = matchAt(RANGE, text, first.end);
  const last = connector === undefined ? undefined : readNumber(text, connector);
  return { from: first.number, to: last?.number ?? first.number, end: last?.end ?? first.end };
}

function readNumber(text: string, at: number): { number: number; end: number } | undefined {
  NUMBER.lastIndex = at;
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  // Recognised text often has a letter where the digit 1 was printed.
  return { number: match[1] === undefined ? 1 : Number(match[1]), end: at + match[0].length };
}

function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? undefined : at + match[0].length;
}
