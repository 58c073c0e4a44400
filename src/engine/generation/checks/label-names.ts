/** Names and aliases of labels in texts, as leakage finds them: for instructions that must not have them, and outputs. */
import type { Taxonomy } from '../../../core/corpus/taxonomy.ts';
import { GAP } from '../../../core/generation/quoted-data.ts';
import { TermMatcher } from '../../../core/leakage/terms/matcher.ts';
import type { TermMatch } from '../../../core/leakage/terms/term.ts';

export class LabelNames {
  readonly #matcher: TermMatcher;
  readonly #language: string;

  constructor(taxonomy: Pick<Taxonomy, 'labels'>, language: string) {
    this.#matcher = new TermMatcher(taxonomy);
    this.#language = language;
  }

  /** In reading order; keywords are no names. */
  find(text: string, labels: readonly number[]): readonly TermMatch[] {
    return this.#matcher
      .scan(text, { language: this.#language, labels: new Set(labels) })
      .filter(({ kind }) => kind !== 'keyword');
  }

  /** The text with {@link GAP} in place of each name. */
  without(text: string, labels: readonly number[]): string {
    let result = '';
    let at = 0;
    for (const { start, end } of this.find(text, labels)) {
      if (end <= at) continue;
      if (start >= at) result += text.slice(at, start) + GAP;
      at = end;
    }
    return result + text.slice(at);
  }
}
