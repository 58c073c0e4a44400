/**
 * Joins the pieces of text a PDF draws to fragments: what stands on one baseline without a gap wider than a blank.
 * Raised and lowered pieces in a smaller font become superscripts and subscripts of the fragment they touch.
 */
import type { PageItems, TextItem } from './page.ts';
import { rightOf, usualSize } from './page.ts';
import { lowered, raised } from './scripts.ts';

/** Text on one baseline; a line of a column is one or several of these. */
export interface Fragment {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  readonly y: number;
  /** Of the font that most of it is set in. */
  readonly size: number;
}

export interface PageFragments {
  readonly width: number;
  readonly height: number;
  readonly fragments: readonly Fragment[];
  /** Pieces left out because they are turned or vertical. */
  readonly turned: number;
}

// Shares of the font's size. [ours]
/** A wider gap separates columns, fields and table cells; blanks of justified lines are narrower. */
const WIDEST_BLANK = 0.9;
const NARROWEST_BLANK = 0.14;
const SAME_BASELINE = 0.18;
const OVERLAP = 0.6;
/** Scripts are set in a font at most this large against their line's. */
const SCRIPT_SIZE = 0.82;
const HIGHEST = 0.75;
const LOWEST = 0.45;
/** The same piece drawn twice, so that it looks bold. */
const DRAWN_TWICE = 0.12;

const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uffef]/u;

/** Whether two characters of a script that writes no blanks between words meet. */
export const joinsWithoutBlank = (before: string, after: string): boolean =>
  IDEOGRAPH.test(before.slice(-1)) && IDEOGRAPH.test(after.slice(0, 1));

interface Open {
  pieces: TextItem[];
  baseline: number;
  size: number;
  right: number;
}

export function fragmentsOf({ width, height, items }: PageItems): PageFragments {
  const pieces = items.filter(({ upright, text }) => upright && text.trim() !== '');
  const turned = items.filter(({ upright, text }) => !upright && text.trim() !== '').length;
  const order = new Map(items.map((item, index) => [item, index]));
  const largest = Math.max(0, ...pieces.map(({ size }) => size));
  const reach = Math.min(largest, height);
  const open: Open[] = [];
  // What ends too far to the left is never looked at again.
  let near: Open[] = [];
  for (const piece of [...pieces].sort((a, b) => a.x - b.x)) {
    if (piece.size <= 0) continue;
    near = near.filter(({ right }) => right >= piece.x - reach);
    const into = neighbour(near, piece);
    if (into === undefined) {
      const made = { pieces: [piece], baseline: piece.y, size: piece.size, right: rightOf(piece) };
      open.push(made);
      near.push(made);
    } else if (!isRepeated(into, piece)) {
      into.pieces.push(piece);
      into.right = Math.max(into.right, rightOf(piece));
      if (piece.size > into.size) {
        into.size = piece.size;
        into.baseline = piece.y;
      }
    }
  }
  return { width, height, fragments: open.map((one) => close(one, order)), turned };
}

/** The fragment that a piece goes on, when it does. */
function neighbour(open: readonly Open[], piece: TextItem): Open | undefined {
  let best: Open | undefined;
  let least = Infinity;
  for (const one of open) {
    const size = Math.max(one.size, piece.size);
    const gap = piece.x - one.right;
    if (gap > WIDEST_BLANK * size || gap < -OVERLAP * size) {
      if (!isRepeated(one, piece)) continue;
    }
    const shift = Math.abs(piece.y - one.baseline);
    const fits = shift <= SAME_BASELINE * size || isScript(one, piece);
    const distance = shift + Math.max(0, gap);
    if (fits && distance < least) {
      best = one;
      least = distance;
    }
  }
  return best;
}

/** Whether one of the two is a raised or lowered script of the other, standing close to it. */
function isScript({ baseline, size, right }: Open, piece: TextItem): boolean {
  const [script, line, rise] =
    piece.size <= size ? [piece.size, size, baseline - piece.y] : [size, piece.size, piece.y - baseline];
  if (script > SCRIPT_SIZE * line || piece.x - right > 0.35 * line) return false;
  return rise <= HIGHEST * line && rise >= -LOWEST * line;
}

function isRepeated({ pieces }: Open, piece: TextItem): boolean {
  const near = DRAWN_TWICE * piece.size;
  return pieces.some(
    ({ text, x, y }) => text === piece.text && Math.abs(x - piece.x) < near && Math.abs(y - piece.y) < near,
  );
}

function close({ pieces, baseline, size, right }: Open, order: ReadonlyMap<TextItem, number>): Fragment {
  // The order of letters in right-to-left text is the file's; its places on the line say the reverse.
  const fromRight = pieces.some(({ rightToLeft }) => rightToLeft);
  const inOrder = fromRight ? [...pieces].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0)) : pieces;
  let text = '';
  let end = -Infinity;
  for (const piece of inOrder) {
    const piecesText = scripted(piece, baseline, size, text);
    const gap = Math.abs(piece.x - end);
    const blank = Number.isFinite(end) && (fromRight || piece.x > end) && gap > NARROWEST_BLANK * size;
    if (blank && !joinsWithoutBlank(text, piecesText)) text += ' ';
    text += piecesText;
    end = rightOf(piece);
  }
  return {
    text: text.replace(/\s+/gu, ' ').trim(),
    x: Math.min(...pieces.map(({ x }) => x)),
    right,
    y: baseline,
    size: usualSize(pieces),
  };
}

function scripted({ text, size, y }: TextItem, baseline: number, lineSize: number, before: string): string {
  if (size > SCRIPT_SIZE * lineSize) return text;
  const rise = baseline - y;
  if (rise > SAME_BASELINE * lineSize) return raised(text, before);
  return rise < -0.06 * lineSize ? lowered(text) : text;
}
