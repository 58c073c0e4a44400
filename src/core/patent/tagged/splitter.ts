/**
 * Cuts a Green Book file into its documents, each of which begins with a line `PATN`; the weekly files hold thousands.
 * What stands before the first (the line that names the tape, `HHHHHT…`) belongs to none.
 */
import { fileTooLarge } from '../errors.ts';
import type { ReadingContext, Splitter, Stretch } from '../reader.ts';
import { StretchBuffer } from '../stretch-buffer.ts';

/** A line that holds nothing but the mark, with its line break, so that a chunk border cannot hide more of the line. */
const DOCUMENT = /(?<![^\r\n])PATN[ \t]*(?=[\r\n])/g;
/** Longer than the mark, the line break before it and the blanks that may follow. */
const LONGEST_MARK = 64;

export const taggedSplitter = (context: ReadingContext): Splitter => new TaggedSplitter(context);

class TaggedSplitter implements Splitter {
  readonly #context: ReadingContext;
  readonly #buffer = new StretchBuffer();
  /** No mark begins before this offset, except that of the open document. */
  #searched = 0;
  /** Before the first document; within one; within one that was refused for its length. */
  #state: 'before' | 'open' | 'refused' = 'before';

  constructor(context: ReadingContext) {
    this.#context = context;
  }

  push(chunk: string): readonly Stretch[] {
    return this.#buffer.append(chunk) ? this.#cut(false) : [];
  }

  end(): readonly Stretch[] {
    return this.#cut(true);
  }

  #cut(atEnd: boolean): Stretch[] {
    this.#buffer.settle();
    const cuts: Stretch[] = [];
    for (let next = this.#nextMark(atEnd); next !== undefined; next = this.#nextMark(atEnd)) {
      this.#close(next, cuts);
      this.#state = 'open';
      this.#searched = 1;
    }
    const { length } = this.#buffer;
    if (atEnd) {
      this.#close(length, cuts);
    } else {
      this.#searched = Math.max(this.#searched, length - LONGEST_MARK);
      if (this.#state === 'open' && length > this.#context.limits.documentLength) {
        cuts.push(this.#tooLong());
        this.#state = 'refused';
      }
      // Text that belongs to no document is not kept; one character more shows where a line begins.
      if (this.#state !== 'open') this.#forget(this.#searched - 1);
    }
    return cuts;
  }

  #nextMark(atEnd: boolean): number | undefined {
    const { text } = this.#buffer;
    DOCUMENT.lastIndex = this.#searched;
    const found = DOCUMENT.exec(text)?.index;
    if (found !== undefined || !atEnd) return found;
    // A file may end with the mark.
    const last = /(?<![^\r\n])PATN[ \t]*$/.exec(text.slice(-LONGEST_MARK));
    const at = last === null ? -1 : Math.max(0, text.length - LONGEST_MARK) + last.index;
    return at >= this.#searched ? at : undefined;
  }

  #close(end: number, cuts: Stretch[]): void {
    const tooLong = end > this.#context.limits.documentLength;
    if (this.#state === 'open' && end > 0) {
      if (tooLong) cuts.push(this.#tooLong());
      else cuts.push({ text: this.#buffer.text.slice(0, end), start: this.#buffer.start });
    }
    this.#buffer.drop(end);
    this.#searched = 0;
  }

  #forget(length: number): void {
    if (length <= 0) return;
    this.#buffer.drop(length);
    this.#searched -= length;
  }

  #tooLong(): Stretch {
    const { file, limits } = this.#context;
    const detail = `The document is longer than ${limits.documentLength} characters.`;
    return fileTooLarge(file, this.#buffer.start, detail);
  }
}
