/**
 * Cuts a page into the regions that are read one after another. What stands across the gap between two columns (a
 * title, a wide table) cuts the page into bands; inside a band the left column is read before the right one.
 */
import type { Fragment } from './fragments.ts';
import { median } from './page.ts';

/** Fragments of one column, and how far it reaches. */
export interface Region {
  readonly fragments: readonly Fragment[];
  readonly left: number;
  readonly right: number;
}

/** Where across the text the gap between columns can be. [ours] */
const FIRST_PLACE = 0.3;
const LAST_PLACE = 0.7;
/** In points. [ours] */
const NARROWEST_GUTTER = 6;
/**
 * Places that are looked at, a point apart on any paper. A damaged file puts text anywhere, also so far out that numbers
 * a point apart are the same number. [ours]
 */
const MOST_PLACES = 5000;
/** Columns of text fill their width; columns of a table do not. [ours] */
const LEAST_FILL = 0.5;
const FEWEST_LINES = 3;
const MASTHEAD_LINES = 6;
/** Space below a masthead, as a multiple of the font's size. [ours] */
const MASTHEAD_GAP = 1.9;
/** Office, kind, number and date of the publication. */
const MASTHEAD_FIELD = /^\((?:1\d|4[35])\)/;

export function regionsOf(fragments: readonly Fragment[]): Region[] {
  const [masthead, body] = withoutMasthead(fragments);
  return [...divided(masthead, () => true), ...divided(body, areColumns)];
}

/** The lines at the top of a front page that name office, number and date; they are read before the columns below. */
function withoutMasthead(fragments: readonly Fragment[]): [readonly Fragment[], readonly Fragment[]] {
  const rows = rowsOf(fragments);
  const end = rows.findIndex((row, index) => {
    const [above] = rows[index - 1] ?? [];
    return above !== undefined && row[0] !== undefined && row[0].y - above.y > MASTHEAD_GAP * above.size;
  });
  const masthead = end > 0 && end <= MASTHEAD_LINES ? rows.slice(0, end) : [];
  const isMasthead = masthead.some(([, ...others]) => others.some(({ text }) => MASTHEAD_FIELD.test(text)));
  return isMasthead ? [masthead.flat(), rows.slice(end).flat()] : [[], fragments];
}

/** @param isText whether a band with something on both sides of the gap is text in two columns */
function divided(fragments: readonly Fragment[], isText: (band: Band, gutter: number) => boolean): Region[] {
  if (fragments.length === 0) return [];
  const gutter = widestGap(fragments);
  if (gutter === undefined) return [region(fragments)];
  const bands = bandsAround(gutter, fragments);
  if (!bands.some((band) => isText(band, gutter))) return [region(fragments)];
  // All bands share the columns, so that an indent is measured from the same edge in each.
  const both = bands.filter(({ before, behind }) => before.length > 0 && behind.length > 0);
  const left = extent(both.flatMap(({ before }) => before));
  const right = extent(both.flatMap(({ behind }) => behind));
  return bands.flatMap(({ across, before, behind }) => {
    if (across.length > 0) return [region(across)];
    const columns: Region[] = [
      { fragments: before, ...within(left, before) },
      { fragments: behind, ...within(right, behind) },
    ];
    return columns.filter((column) => column.fragments.length > 0);
  });
}

/** A column's extent, wider where a band of one side only goes beyond it. */
function within(column: Extent, fragments: readonly Fragment[]): Extent {
  const own = extent(fragments);
  return { left: Math.min(column.left, own.left), right: Math.max(column.right, own.right) };
}

interface Extent {
  readonly left: number;
  readonly right: number;
}

const extent = (fragments: readonly Fragment[]): Extent => ({
  left: Math.min(...fragments.map(({ x }) => x)),
  right: Math.max(...fragments.map(({ right }) => right)),
});

const region = (fragments: readonly Fragment[]): Region => ({ fragments, ...extent(fragments) });

/** The place that the fewest fragments stand across: the middle of the gap, if the page has columns. */
function widestGap(fragments: readonly Fragment[]): number | undefined {
  const { left, right } = extent(fragments);
  const across = (place: number): number =>
    fragments.filter((one) => one.x < place && one.right > place).length;
  const from = left + FIRST_PLACE * (right - left);
  const to = left + LAST_PLACE * (right - left);
  let best: { count: number; start: number; end: number } | undefined;
  let run: { count: number; start: number; end: number } | undefined;
  const step = Math.max(1, (to - from) / MOST_PLACES);
  for (let at = 0; at <= MOST_PLACES; at++) {
    const place = from + at * step;
    if (place > to) break;
    const count = across(place);
    run = run?.count === count ? { ...run, end: place } : { count, start: place, end: place };
    if (run.end - run.start < NARROWEST_GUTTER) continue;
    const better =
      best === undefined ||
      run.count < best.count ||
      (run.count === best.count && run.end - run.start > best.end - best.start);
    if (better) best = run;
  }
  return best && (best.start + best.end) / 2;
}

/** Rows that follow each other with something across the gap in each, or with nothing across it in any. */
interface Band {
  readonly across: readonly Fragment[];
  readonly before: readonly Fragment[];
  readonly behind: readonly Fragment[];
}

function bandsAround(gutter: number, fragments: readonly Fragment[]): Band[] {
  const bands: { across: Fragment[]; before: Fragment[]; behind: Fragment[] }[] = [];
  for (const row of rowsOf(fragments)) {
    const isAcross = row.some(({ x, right }) => x < gutter && right > gutter);
    let band = bands.at(-1);
    if (band === undefined || isAcross !== band.across.length > 0) {
      band = { across: [], before: [], behind: [] };
      bands.push(band);
    }
    for (const one of row) {
      if (isAcross) band.across.push(one);
      else (one.right <= gutter ? band.before : band.behind).push(one);
    }
  }
  return bands;
}

/** Whether a band is text in two columns; a table or a signature line is not. */
function areColumns({ before, behind }: Band, gutter: number): boolean {
  const rowsBefore = rowsOf(before).map(extent);
  const rowsBehind = rowsOf(behind).map(extent);
  if (rowsBefore.length < FEWEST_LINES || rowsBehind.length < FEWEST_LINES) return false;
  const { left } = extent(before);
  const { right } = extent(behind);
  const fill = Math.max(
    median(
      rowsBefore.map((row) => (row.right - row.left) / (gutter - left)),
      0,
    ),
    median(
      rowsBehind.map((row) => (row.right - row.left) / (right - gutter)),
      0,
    ),
  );
  return fill >= LEAST_FILL;
}

/** Fragments on one baseline, from left to right; rows from top to bottom. */
export function rowsOf(fragments: readonly Fragment[]): Fragment[][] {
  const rows: Fragment[][] = [];
  for (const one of [...fragments].sort((a, b) => a.y - b.y)) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row && first && one.y - first.y <= 0.35 * Math.min(one.size, first.size)) row.push(one);
    else rows.push([one]);
  }
  for (const row of rows) row.sort((a, b) => a.x - b.x);
  return rows;
}
