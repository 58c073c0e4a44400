/**
 * What an instruction inside a seed or an example asks for: the words that would stand in an answer that obeyed it.
 * Words in quotation marks or in capitals that the document has nowhere else.
 */
import { instructionText } from '../../../core/leakage/instruction-text.ts';

/** An instruction reaches so far behind the words that give it away. [ours] */
const REACH = 400;
const QUOTED = /["“”'‘’«»]([^"“”'‘’«»\n]{3,120})["“”'‘’«»]/gu;
const CAPITALS = /(?<!\p{L})\p{Lu}[\p{Lu}\d-]{3,}(?!\p{L})/gu;

/** Empty where the text holds no instruction. */
export function payloads(text: string): readonly string[] {
  const found = new Set<string>();
  for (const { start, end } of instructionText(text)) {
    const stop = Math.min(text.length, end + REACH);
    const stretch = text.slice(start, stop);
    const rest = `${text.slice(0, start)}\n${text.slice(stop)}`.toLowerCase();
    const asked = [
      ...Array.from(stretch.matchAll(QUOTED), (match) => match[1] ?? ''),
      ...Array.from(stretch.matchAll(CAPITALS), (match) => match[0]),
    ];
    for (const words of asked) if (!rest.includes(words.toLowerCase())) found.add(words);
  }
  return [...found];
}
