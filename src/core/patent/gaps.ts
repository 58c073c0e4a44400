/** Collects what a reader could not take over; many things of one kind become one gap with a count. */
import type { Span } from '../text/span.ts';
import type { ReadingGap } from './model.ts';

const PLURALS: Readonly<Record<string, string>> = {
  formula: 'formulas',
  'chemical structure': 'chemical structures',
  table: 'tables',
};

export class GapCollector {
  readonly #stated: ReadingGap[] = [];
  readonly #images = new Map<string, { count: number; readonly first: Span }>();

  state(message: string, span?: Span): void {
    this.#stated.push(span ? { message, span } : { message });
  }

  /** A thing that stands in the document only as a picture. */
  image(what: string, span: Span): void {
    const known = this.#images.get(what);
    if (known) known.count++;
    else this.#images.set(what, { count: 1, first: span });
  }

  list(): ReadingGap[] {
    const images = [...this.#images].map(([what, { count, first }]) => {
      const things = count === 1 ? `1 ${what} stands` : `${count} ${PLURALS[what] ?? what} stand`;
      return { message: `${things} in the document only as an image and could not be read.`, span: first };
    });
    return [...this.#stated, ...images];
  }
}
