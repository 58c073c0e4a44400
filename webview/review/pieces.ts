/** A text cut where marks begin and end, so that overlapping ones are drawn together. Pure. */
import type { ReviewMark } from '../../src/protocol/review-view.ts';

export interface Piece {
  readonly start: number;
  readonly end: number;
  /** Those that cover it. */
  readonly marks: readonly ReviewMark[];
}

export function pieces(text: string, marks: readonly ReviewMark[]): readonly Piece[] {
  const edges = [...new Set([0, text.length, ...marks.flatMap(({ start, end }) => [start, end])])]
    .filter((edge) => edge >= 0 && edge <= text.length)
    .sort((a, b) => a - b);
  return edges.slice(0, -1).map((start, index) => {
    const end = edges[index + 1] ?? text.length;
    return { start, end, marks: marks.filter((mark) => mark.start <= start && mark.end >= end) };
  });
}
