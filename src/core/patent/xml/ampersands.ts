/**
 * Ampersands that begin no reference ("Smith & Sons"). They are not allowed in XML, but real office files hold them, and
 * refusing a patent for the name of its attorney would help nobody. The parser gets a stand-in of the same length; the
 * passages are read from the document itself and keep the ampersand.
 */

const BARE = /&(?!(?:#\d+|#[xX][0-9a-fA-F]+|[\p{L}_:][\p{L}\p{N}_:.\-]*);)/uy;
/** Comments and CDATA sections may hold ampersands. */
const BARE_OR_HIDDEN = new RegExp(`<!--[\\s\\S]*?-->|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|${BARE.source}`, 'gu');
/** A private-use character, which no office file holds. */
const STAND_IN = '\uE000';

export interface MaskedText {
  readonly text: string;
  /** Offsets of the bare ampersands. */
  readonly bare: readonly number[];
}

/** More are a broken file, not a few slips; only as many are masked. [ours] */
export const MOST_BARE = 10_000;

export function maskBareAmpersands(text: string): MaskedText {
  const bare: number[] = [];
  if (!mayHoldBare(text)) return { text, bare };
  const pieces: string[] = [];
  let at = 0;
  // Not String.replace: it collects every match first, and V8 ends the process when there are too many.
  for (const match of text.matchAll(BARE_OR_HIDDEN)) {
    if (match[0] !== '&') continue;
    if (bare.length === MOST_BARE) break;
    bare.push(match.index);
    pieces.push(text.slice(at, match.index), STAND_IN);
    at = match.index + 1;
  }
  pieces.push(text.slice(at));
  return { text: pieces.join(''), bare };
}

/** Goes from one ampersand to the next, which is many times faster than looking at every character. */
function mayHoldBare(text: string): boolean {
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    BARE.lastIndex = at;
    if (BARE.test(text)) return true;
  }
  return false;
}

export function unmask(attributes: Record<string, string>): Record<string, string> {
  for (const name in attributes) {
    const value = attributes[name];
    if (value?.includes(STAND_IN)) attributes[name] = value.replaceAll(STAND_IN, '&');
  }
  return attributes;
}
