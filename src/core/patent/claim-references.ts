/**
 * Which earlier claims a claim refers to, read from its words: English, German, French, Chinese and Japanese, the
 * languages of the offices read here. Office XML marks only some of the references, and plain text none.
 */

/** Chinese and Japanese put no blanks around the word, and old files break lines inside it. */
const EAST_ASIAN_CLAIM = String.raw`(?:权\s*利\s*要\s*求|權\s*利\s*要\s*求|请\s*求\s*项|請\s*求\s*項)`;
/** Behind the word: a number, or the Chinese name of the part of the document that holds the claims. */
const NOT_ALL = String.raw`(?!\s*第?\s*[\d０-９]|[书書])`;
/** The word before the numbers. */
export const CLAIM_WORD = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:claims?|(?:patent)?anspr(?:uch(?:e?s)?|(?:ü|ue)chen?)|revendications?)(?![\p{L}\p{N}])|${EAST_ASIAN_CLAIM}`,
  'giu',
);
/** A reference to all claims before: "any preceding claim", "einem der vorhergehenden Ansprüche". */
const ALL_BEFORE: readonly (readonly [stem: RegExp, pattern: RegExp])[] = [
  [
    /claim/i,
    /(?<!\p{L})(?:preceding|previous|prior|foregoing|above|earlier)(?:\s+(?:\p{L}+\s+){0,2})claims?(?!\p{L})(?!\s*\(?\d)/giu,
  ],
  [/claim/i, /(?<!\p{L})claims?\s+(?:above|before)(?!\p{L})/giu],
  [
    /an.pr/i,
    /(?<!\p{L})(?:vor(?:her)?gehend|vorherig|vorangehend|vorangegangen|vorstehend|vorgenannt|voranstehend|vorig|obig)e[nrms]?\s+(?:patent)?anspr(?:uch(?:e?s)?|(?:ü|ue)chen?)(?!\p{L})(?!\s*\(?\d)/giu,
  ],
  [/revendic/i, /(?<!\p{L})revendications?\s+(?:précédente?s?|antérieure?s?|ci-dessus)(?!\p{L})/giu],
  [
    /求/,
    new RegExp(
      `(?:前述|上述|前面|以上|之前|先前|在前)(?:[的之中各]|所有|全部|任意|任何|任|一|项|項){0,6}${EAST_ASIAN_CLAIM}${NOT_ALL}`,
      'gu',
    ),
  ],
  [
    /求/,
    new RegExp(
      `(?:前記|上記|先行|前述|先の)(?:する|した|の|いずれか|何れか|任意|一つ|ひとつ|全て|すべて|各|[1１一]項?){0,6}${EAST_ASIAN_CLAIM}${NOT_ALL}`,
      'gu',
    ),
  ],
];

/** Patterns of references to all claims before, in the languages a text can be in: the stem of the word tells cheaply. */
export const allBefore = (text: string): RegExp[] =>
  ALL_BEFORE.flatMap(([stem, pattern]) => (stem.test(text) ? [pattern] : []));

/** Recognised text may have a stray colon before the number. */
const NUMBER =
  /(?:\s+:\s+|\s*)第?\s*[(（]?\s*(?:([\d０-９]{1,5})|([Il])(?![\p{L}\p{N}]))\s*[)）]?\s*[项項]?/uy;
const RANGE = new RegExp(
  String.raw`\s*(?:(?:to|through|thru|bis|à|until|[-–—]|\.{2,3}|÷)(?![\p{L}])|(?:至|到|乃至|ないし|から|[~～〜∼‐−－])\s*${EAST_ASIAN_CLAIM}?)`,
  'iuy',
);
/** "and", "or" and their like, with a repeated "claim" behind: "claim 1 or claim 2". The mark 、 does nothing but list. */
const CONJUNCTION = new RegExp(
  [
    String.raw`\s*,?\s*(?:and\/or|und\/oder|et\/ou|and|or|und|oder|sowie|et|ou|&|\/)\s*(?:(?:to|of|nach|in|with)\s+)?(?:(?:claims?|anspr(?:uch|üche)|revendications?)\s+)?`,
    String.raw`\s*[、，]?\s*(?:以及|或者|和\/或|或|和|及び|及|与|與|または|又は|もしくは|若しくは|および|ならびに|並びに|、)\s*${EAST_ASIAN_CLAIM}?\s*`,
  ].join('|'),
  'iuy',
);
const COMMA = /\s*[,;，；]\s*/uy;
/** What follows a list of claims in Chinese and Japanese, so that its commas list too. */
const EAST_ASIAN_LIST_END = /\s*(?:所述|中任|任[一意何]|のいずれか|の何れか|に?記載)/uy;

/** Claims named in a row, with the offset behind their last number. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
  readonly end: number;
}

/**
 * Numbers of the claims that `text` refers to, ascending. `earlier` are the numbers of the claims before it, the only
 * ones a claim can depend on.
 */
export function claimReferences(text: string, earlier: readonly number[]): number[] {
  if (earlier.length === 0) return [];
  if (allBefore(text).some((pattern) => text.search(pattern) >= 0)) return [...earlier];
  const ranges: NumberRange[] = [];
  for (const word of text.matchAll(CLAIM_WORD)) {
    ranges.push(...readNumbers(text, word.index + word[0].length, isPlural(word[0])));
    if (ranges.length >= MOST_NUMBERS) break;
  }
  return earlier.filter((number) => ranges.some(({ from, to }) => from <= number && number <= to));
}

export const isPlural = (word: string): boolean => /(?:claims|(?:ü|ue)chen?|revendications)$/iu.test(word);

/** Most numbers read from one claim; no real claim names as many. [ours] */
export const MOST_NUMBERS = 1000;

/** A list such as "1, 2 or 4 to 6" that starts at `at`. */
export function readNumbers(text: string, at: number, plural: boolean): NumberRange[] {
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
  if (matchAt(EAST_ASIAN_LIST_END, text, next) !== undefined) certain = ranges.length;
  return ranges.slice(0, certain);
}

function readRange(text: string, at: number): NumberRange | undefined {
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
  return {
    number: match[1] === undefined ? 1 : Number(match[1].normalize('NFKC')),
    end: at + match[0].length,
  };
}

function matchAt(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? undefined : at + match[0].length;
}
