/**
 * A guess at an encoding that a file does not state, from which bytes follow which. Every East Asian encoding keeps its
 * frequent characters in a few rows, and its characters stand side by side; letters with accents stand alone among
 * ASCII; Cyrillic words are runs of bytes from 0xC0. These shares tell the encodings apart within a few words, also
 * where most of the file is ASCII markup, which misleads detectors that count letters over the whole file.
 */
import type { EncodingName } from './encoding.ts';

/** Share of the characters that must be frequent ones. [ours] */
const LEAST_FREQUENT = 0.7;
/** Share of the characters that must have a neighbour beyond ASCII. [ours] */
const LEAST_JOINED = 0.5;
/** Share of Japanese characters that are kana, at least. [ours] */
const LEAST_KANA = 0.1;
/** Share of Big5 characters whose second byte is ASCII; in running text it is near 0.4. [ours] */
const LEAST_LOW_TRAILS = 0.1;

interface Script {
  readonly name: EncodingName;
  /** Length of the character at a lead byte beyond ASCII: 1 to 4. */
  length(lead: number, next: number): number;
  frequent(lead: number, next: number): boolean;
  /** What every text in it also has. */
  mark?(lead: number, next: number): boolean;
  readonly leastMarked?: number;
}

const between = (value: number, low: number, high: number): boolean => value >= low && value <= high;
/** The 94 × 94 plane that EUC encodings and the core of GBK share. */
const inPlane = (next: number): boolean => between(next, 0xa1, 0xfe);

/** The more special first: of equal shares the first wins (every Korean text is also possible GB 2312). */
const SCRIPTS: readonly Script[] = [
  {
    name: 'shift_jis',
    length: (lead) => (between(lead, 0xa0, 0xdf) ? 1 : 2),
    frequent: (lead) => between(lead, 0x81, 0x83) || between(lead, 0x88, 0x97),
    mark: (lead, next) =>
      (lead === 0x82 && between(next, 0x9f, 0xf1)) || (lead === 0x83 && between(next, 0x40, 0x96)),
    leastMarked: LEAST_KANA,
  },
  {
    name: 'euc-jp',
    length: (lead) => (lead === 0x8f ? 3 : 2),
    frequent: (lead, next) =>
      inPlane(next) && (lead === 0xa1 || between(lead, 0xa3, 0xa5) || between(lead, 0xb0, 0xcf)),
    mark: (lead, next) => inPlane(next) && (lead === 0xa4 || lead === 0xa5),
    leastMarked: LEAST_KANA,
  },
  {
    name: 'euc-kr',
    length: () => 2,
    frequent: (lead, next) => inPlane(next) && (lead === 0xa1 || lead === 0xa3 || between(lead, 0xb0, 0xc8)),
  },
  {
    name: 'big5',
    length: () => 2,
    frequent: (lead, next) => between(lead, 0xa1, 0xc6) && next >= 0x40,
    mark: (_lead, next) => between(next, 0x40, 0x7e),
    leastMarked: LEAST_LOW_TRAILS,
  },
  {
    name: 'gb18030',
    length: (_lead, next) => (between(next, 0x30, 0x39) ? 4 : 2),
    frequent: (lead, next) => inPlane(next) && (lead === 0xa1 || lead === 0xa3 || between(lead, 0xb0, 0xd7)),
  },
];

/**
 * The likeliest encoding of bytes that are no UTF-8; undefined when they are hardly text at all.
 * @param decodes whether all the bytes are valid in an encoding.
 */
export function guessEncoding(
  bytes: Uint8Array,
  decodes: (name: EncodingName) => boolean,
): EncodingName | undefined {
  const scored = SCRIPTS.map((script) => ({ name: script.name, score: scoreOf(bytes, script) }));
  const best = scored.filter(({ score }) => score >= LEAST_FREQUENT).sort((a, b) => b.score - a.score);
  return best.find(({ name }) => decodes(name))?.name ?? singleByte(bytes);
}

/** Share of the characters beyond ASCII that are frequent in a script; 0 where the text is not built like it. */
function scoreOf(bytes: Uint8Array, { length, frequent, mark, leastMarked = 0 }: Script): number {
  let [characters, common, marked, joined] = [0, 0, 0, 0];
  let end = -1;
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const next = bytes[at + 1] ?? 0;
    const behind = at + length(lead, next);
    characters++;
    if (frequent(lead, next)) common++;
    if (mark?.(lead, next) === true) marked++;
    if (end === at || (bytes[behind] ?? 0) >= 0x80) joined++;
    end = behind;
    at = behind;
  }
  const built = joined >= LEAST_JOINED * characters && marked >= leastMarked * characters;
  return built && characters > 0 ? common / characters : 0;
}

/** Bytes that are no character of windows-1252. */
const UNDEFINED_1252: ReadonlySet<number> = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
/** Letters of windows-1251, `Ё` and `ё` among them. */
const isCyrillic = (byte: number): boolean => byte >= 0xc0 || byte === 0xa8 || byte === 0xb8;
/** Share of a Cyrillic text's bytes beyond ASCII that are letters beside a letter. [ours] */
const LEAST_CYRILLIC = 0.8;
/** Share of control characters that a text may have; text files have none, binary ones every tenth. [ours] */
const MOST_CONTROLS = 0.001;

function singleByte(bytes: Uint8Array): EncodingName | undefined {
  let [beyond, words, controls, undefinedBytes] = [0, 0, 0, 0];
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x20 && !between(byte, 0x09, 0x0d) && byte !== 0) controls++;
    if (byte < 0x80) continue;
    beyond++;
    if (UNDEFINED_1252.has(byte)) undefinedBytes++;
    if (isCyrillic(byte) && (isCyrillic(bytes[at - 1] ?? 0) || isCyrillic(bytes[at + 1] ?? 0))) words++;
  }
  if (controls > MOST_CONTROLS * bytes.length) return undefined;
  if (words >= LEAST_CYRILLIC * beyond) return 'windows-1251';
  return undefinedBytes === 0 ? 'windows-1252' : undefined;
}
