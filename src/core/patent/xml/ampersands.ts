/**
 * Ampersands that begin no reference ("Smith & Sons"). They are not allowed in XML, but real office files hold them, and
 * refusing a patent for the name of its attorney would help nobody. The parser gets a stand-in of the same length; the
 * passages are read from the document itself and keep the ampersand.
 */

const BARE = /&(?!(?:#\d+|#[xX][0-9a-fA-F]+|[\p{L}_:][\p{L}\p{N}_:.\-]*);)/u;
/** Comments and CDATA sections may hold ampersands. */
const BARE_OR_HIDDEN = new RegExp(`<!--[\\s\\S]*?-->|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>|${BARE.source}`, 'gu');
/** A private-use character, which no office file holds. */
const STAND_IN = '\uE000';

export interface MaskedText {
  readonly text: string;
  /** Offsets of the bare ampersands. */
  readonly bare: readonly number[];
}

export function maskBareAmpersands(text: string): MaskedText {
  const bare: number[] = [];
  if (!BARE.test(text)) return { text, bare };
  const masked = text.replace(BARE_OR_HIDDEN, (match: string, offset: number) => {
    if (match !== '&') return match;
    bare.push(offset);
    return STAND_IN;
  });
  return { text: masked, bare };
}

export function unmask(attributes: Record<string, string>): Record<string, string> {
  for (const name in attributes) {
    const value = attributes[name];
    if (value?.includes(STAND_IN)) attributes[name] = value.replaceAll(STAND_IN, '&');
  }
  return attributes;
}
