/**
 * Long texts are read in windows, never cut: consecutive stretches of at most `size` tokens, ended at the last
 * sentence border inside the window where one lies in its second half.
 */

/** Half-open range of token positions. */
export interface Window {
  readonly start: number;
  readonly end: number;
}

/** @param breaks token positions at which a sentence starts, ascending */
export function windowsOf(tokens: number, size: number, breaks: readonly number[]): readonly Window[] {
  if (tokens === 0) return [{ start: 0, end: 0 }];
  const windows: Window[] = [];
  let next = 0;
  for (let start = 0; start < tokens;) {
    const limit = start + size;
    let end = Math.min(limit, tokens);
    if (limit < tokens) {
      for (; next < breaks.length && (breaks[next] ?? 0) <= limit; next++) {
        const position = breaks[next] ?? 0;
        if (position > start + size / 2) end = position;
      }
      // A border at `limit` itself is a full window; borders before the second half are too early.
      if (end > limit) end = limit;
    }
    windows.push({ start, end });
    start = end;
  }
  return windows;
}
