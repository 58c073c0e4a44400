/** How many chips fit in a line. Widths are estimates, so that thousands of rows need no measuring. */

const CHARACTER = 6.2;
const PADDING = 14;
const NUMBER = 36;
const GAP = 4;
const MORE = 34;

export interface ChipText {
  readonly name: string;
}

export const chipWidth = (chip: ChipText): number => PADDING + NUMBER + chip.name.length * CHARACTER;

/** The number of chips to draw in `width` pixels; the rest is said as "+3". At least one, which may be cut. */
export function fittingChips(chips: readonly ChipText[], width: number): number {
  let used = 0;
  for (const [index, chip] of chips.entries()) {
    used += chipWidth(chip) + (index === 0 ? 0 : GAP);
    const rest = index < chips.length - 1 ? GAP + MORE : 0;
    if (used + rest > width) return Math.max(1, index);
  }
  return chips.length;
}
