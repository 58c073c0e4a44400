/**
 * Collapses white space while keeping the way back into the source. Every reader feeds its text through here, so that
 * a passage looks the same whichever format it came from: no blanks at the ends, one blank between words, a line break
 * only where the document has a border inside the passage.
 */
import type { MappedText } from './offset-map.ts';
import { MappedTextBuilder } from './offset-map.ts';
import type { Span } from './span.ts';

/** What a line break in the source means: mere layout, or a border the author set. */
export type LineBreaks = 'layout' | 'kept';

/**
 * Words with single plain blanks between them are taken in one step; anything else is looked at singly. The bound keeps
 * millions of words from exhausting the stack of the regular expression.
 */
const WORDS = /[^\s]+(?: [^\s]+){0,1000}/y;
const BLANKS = /\s+/y;
/** False for what is surely none, without asking a regular expression: the printed characters of ASCII. */
const mayBeBlank = (code: number): boolean => code <= 0x20 || code > 0x7e;

/** White space waiting for the next word; a stronger kind replaces a weaker one. */
type Pending =
  | { readonly kind: 'none' }
  | { readonly kind: 'blank'; readonly source?: Span; readonly plain?: boolean }
  | { readonly kind: 'cell' }
  | { readonly kind: 'break' };

const NONE: Pending = { kind: 'none' };
const CELL_BORDER = ' | ';

export class CleanTextBuilder {
  readonly #out = new MappedTextBuilder();
  readonly #lineBreaks: LineBreaks;
  #pending: Pending = NONE;

  constructor(lineBreaks: LineBreaks) {
    this.#lineBreaks = lineBreaks;
  }

  get isEmpty(): boolean {
    return this.#out.length === 0;
  }

  /** Text that stands in the source at `source` exactly so. */
  verbatim(text: string, source: number): void {
    let at = 0;
    while (at < text.length) {
      if (mayBeBlank(text.charCodeAt(at))) {
        BLANKS.lastIndex = at;
        const blanks = BLANKS.exec(text)?.[0];
        if (blanks !== undefined) {
          this.#blanks(blanks, { start: source + at, end: source + at + blanks.length });
          at += blanks.length;
        }
      }
      WORDS.lastIndex = at;
      const words = WORDS.exec(text)?.[0];
      if (words === undefined) continue;
      this.#flush();
      this.#out.verbatim(words, source + at);
      at += words.length;
    }
  }

  /** Text that stands in the source in another form (entity, escape). */
  resolved(text: string, source: Span): void {
    if (text === '') return;
    if (/^\s+$/.test(text)) {
      this.#blanks(text, source, false);
      return;
    }
    this.#flush();
    this.#out.resolved(text, source);
  }

  /** Text the source does not hold. */
  inserted(text: string): void {
    this.#flush();
    this.#out.inserted(text);
  }

  /** A blank between two words, unless there is one already. */
  blank(): void {
    if (this.#pending.kind === 'none') this.#pending = { kind: 'blank' };
  }

  /** A border between two cells of a table row. */
  cell(): void {
    if (this.#pending.kind !== 'break') this.#pending = { kind: 'cell' };
  }

  /** A border inside the passage: list item, table row, nested claim part. */
  break(): void {
    this.#pending = { kind: 'break' };
  }

  build(): MappedText {
    return this.#out.build();
  }

  #blanks(text: string, source: Span, verbatim = true): void {
    if (this.#lineBreaks === 'kept' && /[\r\n\u2028\u2029]/.test(text)) {
      this.#pending = { kind: 'break' };
    } else if (this.#pending.kind === 'none') {
      this.#pending = { kind: 'blank', source, plain: verbatim && text === ' ' };
    }
  }

  #flush(): void {
    const pending = this.#pending;
    this.#pending = NONE;
    if (pending.kind === 'none' || this.#out.length === 0) return;
    switch (pending.kind) {
      case 'break':
        this.#out.inserted('\n');
        break;
      case 'cell':
        this.#out.inserted(CELL_BORDER);
        break;
      case 'blank':
        if (pending.source === undefined) this.#out.inserted(' ');
        else if (pending.plain) this.#out.verbatim(' ', pending.source.start);
        else this.#out.resolved(' ', pending.source);
    }
  }
}
