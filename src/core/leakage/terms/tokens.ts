/**
 * Divides a text into words, single characters and marks, without making an object of any: the reader says where the
 * current one stands, its hash, and what stood before it.
 *
 * Where a token starts depends on the text behind it alone and not on what came before, once a blank, a mark or a
 * single character has been passed. That is what lets a scan begin in the middle of a text.
 */
import {
  classAt,
  classOf,
  INVISIBLE,
  JOINER,
  MARK,
  SINGLE,
  SPACE,
  SURROGATE,
  unitsAt,
  WORD,
} from '../../text/characters.ts';

const COMBINING = /\p{M}/u;
const FNV_OFFSET = 0x811c9dc5 | 0;
const FNV_PRIME = 0x01000193;

export class TokenReader {
  readonly #text: string;
  readonly #limit: number;
  #at: number;
  /** The current token: a word, a single character or a mark. */
  start = 0;
  end = 0;
  /** Of its UTF-16 units as they stand. */
  hash = 0;
  isMark = false;
  /** The gap before it: a hyphen or apostrophe, and any blank, … */
  hyphenated = false;
  spaced = false;
  /** … or more than a name can have inside: an empty line, or several hyphens. */
  broken = false;

  constructor(text: string, from = 0, limit = text.length) {
    this.#text = text;
    this.#at = from;
    this.#limit = limit;
  }

  /** False at the end of the text. */
  next(): boolean {
    const text = this.#text;
    const limit = this.#limit;
    let at = this.#at;
    let joiners = 0;
    let lines = 0;
    let kind = 0;
    this.spaced = false;
    for (; at < limit; at++) {
      const unit = text.charCodeAt(at);
      kind = classOf(unit);
      if (kind === SPACE) {
        this.spaced = true;
        if (unit === 10 || unit === 0x2028 || unit === 0x2029) lines++;
      } else if (kind === JOINER) joiners++;
      else if (kind === SURROGATE) {
        kind = classAt(text, at);
        if (kind !== INVISIBLE) break;
        at += unitsAt(text, at) - 1;
      } else if (kind !== INVISIBLE) break;
    }
    this.hyphenated = joiners > 0;
    this.broken = joiners > 1 || lines > 1;
    if (at >= limit) {
      this.#at = at;
      return false;
    }
    this.start = at;
    this.isMark = kind === MARK;
    if (kind === WORD) this.#readWord(at);
    else this.#readCharacter(at, kind === SINGLE);
    return true;
  }

  #readWord(from: number): void {
    const text = this.#text;
    const limit = this.#limit;
    let hash = FNV_OFFSET;
    let end = from;
    let running = hash;
    let at = from;
    while (at < limit) {
      const unit = text.charCodeAt(at);
      const kind = classOf(unit);
      if (kind === WORD) {
        running = Math.imul(running ^ unit, FNV_PRIME);
        hash = running;
        end = ++at;
      } else if (kind === INVISIBLE) {
        running = Math.imul(running ^ unit, FNV_PRIME);
        at++;
      } else if (kind === SURROGATE) {
        const wide = classAt(text, at);
        if (wide !== WORD && wide !== INVISIBLE) break;
        for (const last = at + unitsAt(text, at); at < last; at++) {
          running = Math.imul(running ^ text.charCodeAt(at), FNV_PRIME);
        }
        if (wide === WORD) [hash, end] = [running, at];
      } else {
        if (kind === JOINER && end === at && isPossessive(text, at, limit)) {
          hash = Math.imul(Math.imul(running ^ unit, FNV_PRIME) ^ text.charCodeAt(at + 1), FNV_PRIME);
          end = at + 2;
        }
        break;
      }
    }
    this.end = end;
    this.hash = hash;
    this.#at = end;
  }

  #readCharacter(from: number, single: boolean): void {
    const text = this.#text;
    let end = from + unitsAt(text, from);
    // Voicing marks and vowel signs belong to the character before them.
    while (
      single &&
      end < this.#limit &&
      classOf(text.charCodeAt(end)) === WORD &&
      COMBINING.test(text.charAt(end))
    )
      end++;
    let hash = FNV_OFFSET;
    for (let at = from; at < end; at++) hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
    this.end = end;
    this.hash = hash;
    this.#at = end;
  }
}

/** `'s` at the end of a word. */
function isPossessive(text: string, at: number, limit: number): boolean {
  const quote = text.charCodeAt(at);
  if (quote !== 0x27 && quote !== 0x2019 && quote !== 0x02bc) return false;
  if (at + 1 >= limit || (text.charCodeAt(at + 1) | 0x20) !== 0x73) return false;
  return at + 2 >= limit || classAt(text, at + 2) !== WORD;
}
