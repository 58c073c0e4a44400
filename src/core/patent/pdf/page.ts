/**
 * The text of a PDF page as it is printed: pieces of text with their places, in the order the file draws them, which
 * is seldom the order they are read in. Lengths are points (1/72 inch); x grows to the right, y downward from the top.
 */

export interface TextItem {
  readonly text: string;
  /** Left end of the baseline. */
  readonly x: number;
  /** Baseline. */
  readonly y: number;
  readonly width: number;
  /** Size of the font. */
  readonly size: number;
  /** Set from left to right or right to left on a level line; what is turned, mirrored or vertical is not. */
  readonly upright: boolean;
  readonly rightToLeft: boolean;
}

export interface PageItems {
  readonly width: number;
  readonly height: number;
  readonly items: readonly TextItem[];
}

export const rightOf = ({ x, width }: TextItem): number => x + width;

/** The middle one of some numbers; `otherwise` for none. */
export function median(values: readonly number[], otherwise: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? otherwise;
}

/** The size that most of the text is set in; recognised text (OCR) has a slightly other one for each word. */
export function usualSize(parts: readonly { readonly text: string; readonly size: number }[]): number {
  const sorted = [...parts].sort((a, b) => a.size - b.size);
  let half = sorted.reduce((sum, { text }) => sum + text.length, 0) / 2;
  for (const { text, size } of sorted) {
    half -= text.length;
    if (half <= 0) return size;
  }
  return 0;
}
