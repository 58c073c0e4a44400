/** How superscripts and subscripts are written in plain text: `m²`, `H₂O`, `x^ab`, `F_max`. */

const RAISED = new Map(zip('0123456789+-−=()ni', '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ'));
const LOWERED = new Map(zip('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎'));
/** 1st, 5th, N°: set raised, but only for looks; so are the signs of marks. */
const ORDINAL = /^(?:st|nd|rd|th|°|º|ª|®|™|\*+|['′″]+)$/i;

function zip(plain: string, scripts: string): [string, string][] {
  const marks = [...scripts];
  return [...plain].map((character, index) => [character, marks[index] ?? character]);
}

/** A piece set above the line; `before` is the text it follows. */
export function raised(text: string, before: string): string {
  const plain = text.trim();
  if (ORDINAL.test(plain) || before.trim() === '') return text;
  return inScript(plain, RAISED, '^');
}

export const lowered = (text: string): string => inScript(text.trim(), LOWERED, '_');

function inScript(text: string, characters: ReadonlyMap<string, string>, sign: string): string {
  const written = [...text].map((character) => characters.get(character));
  return written.every((character) => character !== undefined) ? written.join('') : sign + text;
}
