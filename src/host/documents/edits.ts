/** Where a stretch of a text is after the text was edited around it. */
import type { Span } from '../../core/text/span.ts';

/** One replacement, in the coordinates of the text before it. */
export interface Edit {
  readonly start: number;
  /** How many characters were taken out. */
  readonly removed: number;
  /** How many were put in. */
  readonly added: number;
}

export interface MovedSpan {
  readonly span: Span;
  /** The edit reached into the span, so its text is another one. */
  readonly touched: boolean;
}

/** An edit right at a border is outside; one that covers the span leaves what was put in its place. */
export function moveSpan(span: Span, { start, removed, added }: Edit): MovedSpan {
  const end = start + removed;
  const by = added - removed;
  if (end <= span.start && start < span.end) {
    return { span: { start: span.start + by, end: span.end + by }, touched: false };
  }
  if (start >= span.end) return { span, touched: false };
  const newStart = Math.min(span.start, start);
  const newEnd = Math.max(span.end, end) + by;
  return { span: { start: newStart, end: Math.max(newStart, newEnd) }, touched: true };
}

/** Applies edits that were made one after the other, as VS Code reports them: from the end of the text to its start. */
export function moveThrough(span: Span, edits: readonly Edit[]): MovedSpan {
  let moved: MovedSpan = { span, touched: false };
  for (const edit of edits) {
    const next = moveSpan(moved.span, edit);
    moved = { span: next.span, touched: moved.touched || next.touched };
  }
  return moved;
}
