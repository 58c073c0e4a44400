/**
 * What a printer puts around the text of every page: running heads, page and column numbers. A line of the margin is
 * one of these when another page near by has it at the same height, or when it is nothing but a number.
 */
import type { Fragment, PageFragments } from './fragments.ts';

/** Shares of the page's height where furniture stands. [ours] */
const TOP = 0.09;
const BOTTOM = 0.93;
/** How far a running head may move from page to page, in points. [ours] */
const STRAY = 6;

const PAGE_NUMBER =
  /^[-–—[(|\s]*(?:(?:page|seite|sheet|p\.)\s*)?(?:\d{1,4}|[ivxl]{1,7})(?:\s*(?:\/|of|von|de|sur)\s*\d{1,4})?[-–—\])|\s]*$/i;
/** A running head that a document of two pages shows only once: its own publication number. */
const PUBLICATION_NUMBER =
  /^(?:US|EP|WO|DE|GB|FR)\s?\d[\d,/ ]{5,14}(?:\s?[A-Z]\d?)?(?:\s+(?:PCT\/\S+|\p{Lu}\p{L}{2,8}\.? \d{1,2}, \d{4}))?$/u;

export interface Furniture {
  readonly runningHeads: ReadonlySet<Fragment>;
  readonly numbers: ReadonlySet<Fragment>;
}

/** @param first whether this is the first page, which heads nothing */
export function furnitureOf(
  page: PageFragments,
  others: readonly PageFragments[],
  first: boolean,
): Furniture {
  const margin = page.fragments.filter((one) => isInMargin(one, page));
  const alikes = new Set(
    margin.filter(
      (one) =>
        !PAGE_NUMBER.test(one.text) &&
        ((!first && PUBLICATION_NUMBER.test(one.text)) || others.some((other) => hasAlike(other, one))),
    ),
  );
  // A page that would be empty then has no head: it is like the others, such as a form.
  const isAll = page.fragments.every((one) => alikes.has(one) || PAGE_NUMBER.test(one.text));
  const heads = isAll ? new Set<Fragment>() : alikes;
  const text = page.fragments.filter(
    (one) => !heads.has(one) && !(isInMargin(one, page) && PAGE_NUMBER.test(one.text)),
  );
  const numbers = new Set<Fragment>();
  for (const one of margin) {
    if (PAGE_NUMBER.test(one.text) && isOutermost(one, page, text)) numbers.add(one);
  }
  return { runningHeads: heads, numbers };
}

const isInMargin = ({ y }: Fragment, { height }: PageFragments): boolean =>
  y < TOP * height || y > BOTTOM * height;

/** Digits count up from page to page; the words stay. */
const alike = (text: string): string => text.replace(/\d+/g, '#');

function hasAlike(other: PageFragments, { text, y }: Fragment): boolean {
  return other.fragments.some((one) => Math.abs(one.y - y) <= STRAY && alike(one.text) === alike(text));
}

/** Whether none of the text stands on the number's line or beyond it. */
function isOutermost({ y }: Fragment, { height }: PageFragments, text: readonly Fragment[]): boolean {
  const top = y < height / 2;
  return text.every((one) => (top ? one.y > y + 2 : one.y < y - 2));
}
