import { expect, it } from 'vitest';
import { stretches } from './passage.tsx';

const text = 'The cane of claim 1 or any of claims 2 to 4, folded.';
const at = (words: string): { start: number; end: number } => {
  const start = text.indexOf(words);
  return { start, end: start + words.length };
};
const references = [
  { ...at('claim 1'), claims: [1] },
  { ...at('claims 2 to 4'), claims: [2, 3, 4] },
];

it.each([
  [0, text.length],
  [4, 15],
  [0, 12],
  [20, text.length],
])('cuts [%d, %d) without losing or doubling a character', (start, end) => {
  const cut = stretches({ key: '0', text, references }, start, end);
  expect(cut.map((part) => text.slice(part.start, part.end)).join('')).toBe(text.slice(start, end));
  expect(cut.every((part, index) => part.start === (cut[index - 1]?.end ?? start))).toBe(true);
});

it('makes the references links', () => {
  const links = stretches({ key: '0', text, references }, 0, text.length).filter((part) => part.reference);
  expect(links.map((link) => text.slice(link.start, link.end))).toEqual(['claim 1', 'claims 2 to 4']);
});
