/** What a printed source says, and how far a transcription is from it. */
import { readFileSync } from 'node:fs';

const SUPERSCRIPTS = [...'⁰¹²³⁴⁵⁶⁷⁸⁹'];
const SUBSCRIPTS = [...'₀₁₂₃₄₅₆₇₈₉'];

/** The text of a source in its order, without tags and without the sheets of drawings. */
export function textOfSource(file: string): string {
  const script = (digits: readonly string[]) => (_: string, text: string) =>
    text.replace(/\d/g, (digit) => digits[Number(digit)] ?? digit);
  return (readFileSync(file, 'utf8').split('<body')[1] ?? '')
    .replace(/^[^>]*>/, '')
    .replace(/<div\s+class="sheet-of-drawings"[^]*?<\/div>/, '')
    .replace(/<sup>(.*?)<\/sup>/g, script(SUPERSCRIPTS))
    .replace(/<sub>(.*?)<\/sub>/g, script(SUBSCRIPTS))
    .replace(/<\/?b\s*>/g, '')
    .replace(/<[^>]*>/g, ' ');
}

export const wordsOf = (text: string): readonly string[] => text.match(/\S+/g) ?? [];

/** Words to insert, delete or replace, as a share of the wanted words (Levenshtein distance). */
export function wordError(wanted: readonly string[], found: readonly string[]): number {
  let row = found.map((_, index) => index + 1);
  for (const [index, word] of wanted.entries()) {
    let diagonal = index;
    let left = index + 1;
    row = row.map((above, column) => {
      const cost = Math.min(left + 1, above + 1, diagonal + (word === found[column] ? 0 : 1));
      diagonal = above;
      left = cost;
      return cost;
    });
  }
  return (row.at(-1) ?? wanted.length) / wanted.length;
}
