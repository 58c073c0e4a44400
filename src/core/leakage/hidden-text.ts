/**
 * Characters that are not seen and can carry a label or an instruction past a reader: zero-width characters, direction
 * overrides, tag characters, piles of variation selectors. Where a script or an emoji needs them they are not reported:
 * joiners in Persian, Indic and emoji, direction marks beside right-to-left text, one selector behind a character that
 * has variants.
 */
import type { Span } from '../text/span.ts';

export interface HiddenText extends Span {
  /** `U+200B U+200B`, shortened. */
  readonly codes: string;
  /** What tag characters or selectors spell, where they spell something. */
  readonly says?: string;
  /** Never of use in a patent: tags, overrides and smuggled bytes. */
  readonly grave: boolean;
}

const CANDIDATES =
  /[\u034F\u061C\u115F\u1160\u180E\u200B-\u200F\u202A-\u202E\u2060\u2066-\u206F\u3164\uFE00-\uFE0F\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E01EF}]+/gu;
const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
/** Scripts that shape letters with joiners. */
const SHAPED =
  /[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Gurmukhi}\p{Script=Gujarati}\p{Script=Oriya}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Malayalam}\p{Script=Sinhala}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Mongolian}\p{Script=Tibetan}\p{Script=Syriac}]/u;
const UNSPACED =
  /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const HANGUL = /\p{Script=Hangul}/u;
const PICTURE = /[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u20E3]/u;
const HAS_VARIANTS =
  /[\p{Emoji}\p{Extended_Pictographic}\p{S}\p{P}\p{Script=Han}\p{Script=Mongolian}\p{Script=Myanmar}\p{Script=Phags_Pa}\p{N}]/u;
/** How far right-to-left text may stand from a direction mark that serves it. [ours] */
const NEARBY = 200;
const BLACK_FLAG = 0x1f3f4;

/** Runs of hidden characters that no script needs, in reading order. */
export function hiddenText(text: string, from = 0, limit = text.length): HiddenText[] {
  const found: HiddenText[] = [];
  CANDIDATES.lastIndex = from;
  for (let match = CANDIDATES.exec(text); match && match.index < limit; match = CANDIDATES.exec(text)) {
    const run = match[0];
    const [start, end] = [match.index, match.index + run.length];
    if (isOfUse(text, start, end, run)) continue;
    const points = Array.from(run, (character) => character.codePointAt(0) ?? 0);
    const says = spelled(points);
    found.push({
      start,
      end,
      codes: named(points),
      grave: isGrave(points),
      ...(says === '' ? {} : { says }),
    });
  }
  CANDIDATES.lastIndex = 0;
  return found;
}

function isOfUse(text: string, start: number, end: number, run: string): boolean {
  const points = Array.from(run, (character) => character.codePointAt(0) ?? 0);
  const before = characterBefore(text, start);
  const after = end < text.length ? String.fromCodePoint(text.codePointAt(end) ?? 0) : '';
  const [first = 0] = points;
  if (points.every(isTag))
    return before.codePointAt(0) === BLACK_FLAG && points.at(-1) === 0xe007f && points.length <= 8;
  // A selector and a joiner may follow each other between the parts of an emoji.
  if (
    points.length <= 2 &&
    points.every((point) => point === 0x200d || point === 0xfe0f || point === 0xfe0e)
  ) {
    if (PICTURE.test(before) && (points.at(-1) !== 0x200d || PICTURE.test(after) || /\p{Emoji}/u.test(after)))
      return true;
  }
  if (points.length === 1) {
    if (isSelector(first))
      return first >= 0xe0100 ? /\p{Script=Han}/u.test(before) : HAS_VARIANTS.test(before);
    if (first === 0x200c || first === 0x200d) return SHAPED.test(before);
    if (first === 0x200b || first === 0x2060) return UNSPACED.test(before) || UNSPACED.test(after);
    if (first === 0xfeff) return start === 0;
    if (first === 0x180e) return SHAPED.test(before);
    if (first === 0x3164 || first === 0xffa0 || first === 0x115f || first === 0x1160) {
      return HANGUL.test(before) || HANGUL.test(after);
    }
  }
  const directions = points.every(
    (point) =>
      point === 0x200e ||
      point === 0x200f ||
      point === 0x061c ||
      point === 0x202a ||
      point === 0x202b ||
      point === 0x202c ||
      (point >= 0x2066 && point <= 0x2069),
  );
  return directions && RIGHT_TO_LEFT.test(text.slice(Math.max(0, start - NEARBY), end + NEARBY));
}

function characterBefore(text: string, at: number): string {
  if (at === 0) return '';
  const unit = text.charCodeAt(at - 1);
  const isLow = unit >= 0xdc00 && unit <= 0xdfff && at > 1;
  return text.slice(isLow ? at - 2 : at - 1, at);
}

const isTag = (point: number): boolean => point >= 0xe0000 && point <= 0xe007f;
const isSelector = (point: number): boolean =>
  (point >= 0xfe00 && point <= 0xfe0f) || (point >= 0xe0100 && point <= 0xe01ef);
const isOverride = (point: number): boolean => point === 0x202d || point === 0x202e;

const isGrave = (points: readonly number[]): boolean =>
  points.some((point) => isTag(point) || isOverride(point)) || points.filter(isSelector).length > 1;

/** Tags are ASCII moved up; selectors hold one byte each (0–15 and 16–255). */
function spelled(points: readonly number[]): string {
  const tags = points.filter((point) => point >= 0xe0020 && point <= 0xe007e);
  if (tags.length > 0)
    return shortened(String.fromCodePoint(...tags.slice(0, 200).map((point) => point - 0xe0000)));
  const bytes = points
    .filter(isSelector)
    .map((point) => (point >= 0xe0100 ? point - 0xe0100 + 16 : point - 0xfe00));
  const readable = bytes.length > 1 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  return readable ? shortened(String.fromCharCode(...bytes.slice(0, 200))) : '';
}

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);

function named(points: readonly number[]): string {
  const codes = points.slice(0, 4).map((point) => `U+${point.toString(16).toUpperCase().padStart(4, '0')}`);
  return points.length > 4 ? `${codes.join(' ')} … (${points.length} characters)` : codes.join(' ');
}
