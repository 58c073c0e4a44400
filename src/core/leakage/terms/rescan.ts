/**
 * Keeps the matches of a text that is being typed into. After an edit only its neighbourhood is read again: a match has
 * at most so many tokens, so what stands further away cannot change.
 */
import { classAt, MARK, SINGLE, SPACE, WORD } from '../../text/characters.ts';
import type { TermMatcher } from './matcher.ts';
import { RawMatches, resolve } from './resolve.ts';
import type { TermMatch } from './term.ts';

/** One replacement, as editors report it. */
export interface TextEdit {
  /** Offset in both texts. */
  readonly start: number;
  /** How many units of the old text were taken away, and how many stand in the new one instead. */
  readonly removed: number;
  readonly inserted: number;
}

/** A text's matches, ready to be kept up with its edits. */
export class LiveScan {
  readonly #matcher: TermMatcher;
  readonly #language: string | undefined;
  readonly #raw: RawMatches;

  private constructor(matcher: TermMatcher, language: string | undefined, raw: RawMatches) {
    this.#matcher = matcher;
    this.#language = language;
    this.#raw = raw;
  }

  static of(matcher: TermMatcher, text: string, language?: string): LiveScan {
    return new LiveScan(matcher, language, matcher.scanRange(text, 0, text.length, language));
  }

  /** As {@link TermMatcher.scan} of the text. */
  matches(labels?: ReadonlySet<number>): TermMatch[] {
    return resolve(this.#raw, this.#matcher.patterns, labels);
  }

  /**
   * The scan of the text after the edit.
   * @param text the whole new text.
   * @throws RangeError when the edit does not lie in it.
   */
  rescan(text: string, edit: TextEdit): LiveScan {
    const { start, removed, inserted } = edit;
    if (start < 0 || removed < 0 || inserted < 0 || start + inserted > text.length) {
      throw new RangeError(`no edit of a text of ${text.length} units: ${JSON.stringify(edit)}`);
    }
    const reach = this.#matcher.longestMatch + 2;
    const first = backOver(text, start, reach);
    const afterEdit = forwardOver(text, start + inserted, reach);
    const last = forwardOver(text, afterEdit, reach);
    const shift = inserted - removed;

    const fresh = this.#matcher.scanRange(text, first, last, this.#language);
    const old = this.#raw;
    const merged = new RawMatches();
    for (let at = 0; at < old.count; at++) {
      const from = old.starts[at] ?? 0;
      if (from < first) merged.add(from, old.ends[at] ?? 0, old.patterns[at] ?? 0);
      else if (from >= afterEdit - shift && from >= start + removed) {
        merged.add(from + shift, (old.ends[at] ?? 0) + shift, old.patterns[at] ?? 0);
      }
    }
    for (let at = 0; at < fresh.count; at++) {
      const from = fresh.starts[at] ?? 0;
      if (from < afterEdit) merged.add(from, fresh.ends[at] ?? 0, fresh.patterns[at] ?? 0);
    }
    return new LiveScan(this.#matcher, this.#language, merged);
  }
}

/** Whether a token can start before the character at `at` whatever stands before it. */
function isBorder(text: string, at: number): boolean {
  const kind = classAt(text, at);
  return kind === SPACE || kind === SINGLE || kind === MARK;
}

const bearsToken = (kind: number): boolean => kind === WORD || kind === SINGLE || kind === MARK;

/** Offset of a border at least so many tokens before `from`; 0 where there are not as many. */
function backOver(text: string, from: number, tokens: number): number {
  let passed = 0;
  let bears = false;
  for (let at = Math.min(from, text.length) - 1; at > 0; at--) {
    if (isLowHalf(text, at)) continue;
    bears ||= bearsToken(classAt(text, at));
    if (!isBorder(text, at)) continue;
    if (bears && ++passed > tokens) return at;
    bears = false;
  }
  return 0;
}

/** Offset of a border at least so many tokens behind `from`. */
function forwardOver(text: string, from: number, tokens: number): number {
  let passed = 0;
  let bears = false;
  for (let at = from; at < text.length; at++) {
    if (isLowHalf(text, at)) continue;
    if (isBorder(text, at)) {
      if (bears && ++passed > tokens) return at;
      bears = false;
    }
    bears ||= bearsToken(classAt(text, at));
  }
  return text.length;
}

function isLowHalf(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  if (unit < 0xdc00 || unit > 0xdfff || at === 0) return false;
  const high = text.charCodeAt(at - 1);
  return high >= 0xd800 && high <= 0xdbff;
}
