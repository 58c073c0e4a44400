/** Finds the title of a prose document among its blocks. */
import type { Block } from './blocks.ts';
import { canBeTitle, lengthOfNumberPrefix } from './front-page.ts';
import { isNearlyCapitals } from './headings.ts';
import type { ProseLine } from './lines.ts';

const MOST_LINES = 4;
const LONGEST_UNMARKED = 250;

/** The lines of the title, from the surest sign to the weakest; empty when there is none. */
export function titleLines(blocks: readonly Block[]): readonly ProseLine[] {
  const front = blocks.filter(({ part }) => part === 'front');
  const marked = blocks.find(({ part }) => part === 'title');
  if (marked) return repeatedBetter(marked.lines, front) ?? marked.lines;
  const heading = front.find((block) => block.heading);
  if (heading) return heading.lines.map(withoutNumber);
  const capitals = front.find(
    (block) => isTitleBlock(block) && block.lines.every(({ text }) => isNearlyCapitals(text)),
  );
  if (capitals) return capitals.lines;
  const first = front.find(isTitleBlock);
  return first && isUnmarkedTitle(first, blocks) ? first.lines : [];
}

/** The title as it is printed again above the description, where recognition has damaged the one on the front page. */
function repeatedBetter(
  marked: readonly ProseLine[],
  front: readonly Block[],
): readonly ProseLine[] | undefined {
  const wordsOf = (lines: readonly ProseLine[]): string[] =>
    lines.flatMap(({ text }) => text.toUpperCase().match(/\p{L}{3,}/gu) ?? []);
  if (!marked.some(({ text }) => /\p{Lu}\p{Ll}+\p{Lu}{2}|\p{L}\d\p{L}/u.test(text))) return undefined;
  const words = new Set(wordsOf(marked));
  return front.find((block) => {
    const other = wordsOf(block.lines);
    const shared = other.filter((word) => words.has(word)).length;
    return (
      isTitleBlock(block) &&
      block.lines.every(({ text }) => isNearlyCapitals(text)) &&
      shared * 2 >= words.size
    );
  })?.lines;
}

function isTitleBlock({ lines }: Block): boolean {
  return lines.length <= MOST_LINES && lines.every(({ text }) => canBeTitle(text));
}

/** A short first paragraph that is no sentence, with more behind it. */
function isUnmarkedTitle(block: Block, blocks: readonly Block[]): boolean {
  const text = block.lines.map((line) => line.text.trim()).join(' ');
  return blocks.length > 1 && text.length <= LONGEST_UNMARKED && !/[.!?;:]$/.test(text);
}

function withoutNumber(line: ProseLine): ProseLine {
  const length = lengthOfNumberPrefix(line.text);
  return { ...line, start: line.start + length, text: line.text.slice(length) };
}
