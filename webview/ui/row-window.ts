/** Which rows of a long list are drawn, for rows of one height. Pure, so that the edges are pinned by tests. */

/** Height of every row in pixels; the lists' style sheets draw them so. */
export const ROW_HEIGHT = 44;

export interface RowWindow {
  /** First row drawn. */
  readonly start: number;
  /** Row after the last one drawn. */
  readonly end: number;
}

/** The rows in view and a few around them, so that fast scrolling shows no holes. */
export function rowWindow(
  scrollTop: number,
  viewport: number,
  rowHeight: number,
  count: number,
  around = 8,
): RowWindow {
  const first = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const visible = Math.ceil(Math.max(0, viewport) / rowHeight) + 1;
  const start = Math.max(0, Math.min(first - around, count));
  return { start, end: Math.max(start, Math.min(count, first + visible + around)) };
}

/** Scroll position that brings a row into view with the least movement; `viewport` is what the rows have. */
export function scrollToRow(index: number, scrollTop: number, viewport: number, rowHeight: number): number {
  const top = index * rowHeight;
  if (top < scrollTop) return top;
  if (top + rowHeight > scrollTop + viewport) return top + rowHeight - viewport;
  return scrollTop;
}

/** Whole rows that fit, for the page keys. */
export function pageOf(viewport: number, rowHeight: number): number {
  return Math.max(1, Math.floor(viewport / rowHeight) - 1);
}
