/** Cells that hold several values. Every database divides them in another way; most can be seen from the cell. */

/** Marks that stand in no name, number or label; a semicolon counts only where none of them does. */
const STRONG = /;;|\||[\r\n]+/;
const STRONG_ALL = /;;|\||[\r\n]+/g;

/** The values of a cell without the blanks around them; empty ones are dropped. */
export function splitCell(cell: string, separator?: string): string[] {
  const divide = separator ?? (STRONG.test(cell) ? STRONG_ALL : ';');
  return cell
    .split(divide)
    .map((value) => value.trim())
    .filter((value) => value !== '');
}

/** Labels, which may be divided in several ways in one cell. */
export function splitLabels(cell: string, separator?: string): string[] {
  return cell
    .split(separator ?? /[;|\r\n]/)
    .map((label) => label.trim())
    .filter((label) => label !== '');
}

const NOTHING = /^(?:-|–|—|n\/?a|null|none|nan)$/i;

/** Whether a cell only says that there is nothing. */
export const saysNothing = (cell: string): boolean => NOTHING.test(cell.trim());
