/**
 * Line numbers: 5, 10, 15 … in a column of their own, between the two columns of a US grant or in the margin of EP and
 * WO publications. They would stand in the middle of sentences, so they are taken out before lines are put together.
 */
import type { TextItem } from './page.ts';
import { median, rightOf } from './page.ts';

const STEP = 5;
const HIGHEST = 95;
/** Fewer than this prove nothing by themselves. [ours] */
const FEWEST = 3;
/** How far a number may stand off its column, in points. [ours] */
const STRAY = 6;
/** Share of the expected distance that two numbers must keep; headings with space around them only add to it. [ours] */
const NEAREST = 0.5;

const valueOf = ({ text }: TextItem): number => (/^\s*\d{1,2}\s*$/.test(text) ? Number(text) : 0);
const centre = (item: TextItem): number => (item.x + rightOf(item)) / 2;

/**
 * The line numbers among the pieces of a page. `known` are the places across the page where other pages have theirs,
 * for a last page with too few of them.
 */
export function lineNumbersOf(
  items: readonly TextItem[],
  known: readonly number[],
): { readonly found: ReadonlySet<TextItem>; readonly places: readonly number[] } {
  const candidates = items.filter((one) => {
    const value = valueOf(one);
    return one.upright && value > 0 && value % STEP === 0 && value <= HIGHEST;
  });
  const pitch = linePitch(items);
  const found = new Set<TextItem>();
  const places: number[] = [];
  // The most numbers first: what stands in two columns at once belongs to the longer one.
  const columns = candidates
    .map((first) =>
      longestCount(
        candidates.filter((other) => Math.abs(centre(other) - centre(first)) <= STRAY),
        pitch,
      ),
    )
    .sort((a, b) => b.length - a.length);
  for (const column of columns) {
    if (column.some((one) => found.has(one))) continue;
    const place = median(column.map(centre), 0);
    const expected = known.some((one) => Math.abs(one - place) <= STRAY);
    if (column.length < FEWEST && !expected) continue;
    for (const number of column) found.add(number);
    places.push(place);
  }
  return { found, places };
}

/** The longest series that counts up from top to bottom, each number as many lines down as it counts on. */
function longestCount(column: readonly TextItem[], pitch: number): readonly TextItem[] {
  const sorted = [...column].sort((a, b) => a.y - b.y);
  const series: TextItem[][] = [];
  for (const number of sorted) {
    const before = series
      .filter((one) => {
        const last = one.at(-1);
        if (last === undefined || valueOf(last) >= valueOf(number)) return false;
        return number.y - last.y > NEAREST * pitch * (valueOf(number) - valueOf(last));
      })
      .reduce<readonly TextItem[]>((longest, one) => (one.length > longest.length ? one : longest), []);
    series.push([...before, number]);
  }
  return series.reduce<readonly TextItem[]>(
    (longest, one) => (one.length > longest.length ? one : longest),
    [],
  );
}

/** Distance of two lines that belong together; the gaps between paragraphs are wider. */
function linePitch(items: readonly TextItem[]): number {
  const wordy = items.filter(({ text, upright }) => upright && text.length > 2);
  const lines = [...new Set(wordy.map(({ y }) => Math.round(y)))].sort((a, b) => a - b);
  const gaps = lines.flatMap((y, index) => {
    const gap = y - (lines[index - 1] ?? y);
    return gap > 3 ? [gap] : [];
  });
  return gaps.sort((a, b) => a - b)[gaps.length >> 2] ?? 0;
}
