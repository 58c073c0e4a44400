/** Half-open range `[start, end)` of UTF-16 offsets, as both JavaScript strings and VS Code documents count. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const spanLength = (span: Span): number => span.end - span.start;

export const shiftSpan = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });
