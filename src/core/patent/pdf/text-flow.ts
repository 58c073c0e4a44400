/** Writes paragraphs one after another, and joins those that go on in the next column or on the next page. */
import { joinsWithoutBlank } from './fragments.ts';
import type { Hyphens } from './hyphens.ts';
import { withoutMark } from './marks.ts';
import type { Block } from './paragraphs.ts';
import { differ, endsSentence } from './paragraphs.ts';

/** A paragraph this long is handed on unfinished, whatever follows. In UTF-16 units. [ours] */
const LONGEST = 1 << 18;

export class TextFlow {
  readonly #hyphens: Hyphens;
  #ready = '';
  /** The last paragraph, and the block it ends with. */
  #open: { text: string; readonly last: Block } | undefined;
  /** Marks between the last paragraph and what follows. */
  #marks: string[] = [];
  #hasText = false;

  constructor(hyphens: Hyphens) {
    this.#hyphens = hyphens;
  }

  get hasText(): boolean {
    return this.#hasText;
  }

  mark(line: string): void {
    this.#marks.push(line);
  }

  /**
   * The paragraphs of one column, which may begin in the middle of one.
   *
   * @param indented whether first lines are indented on this page, so that a line without begins nothing
   */
  column(blocks: readonly Block[], indented: boolean): void {
    for (const [index, block] of blocks.entries()) {
      const text = this.#textOf(block);
      if (index === 0 && this.#continues(block, text, indented)) this.#continue(text, block);
      else this.#begin(text, block);
    }
  }

  /** What is finished since the last call. */
  take(): string {
    const ready = this.#ready;
    this.#ready = '';
    return ready;
  }

  end(): string {
    this.#flush();
    if (this.#marks.length > 0) this.#ready += `${this.#marks.join('\n')}\n`;
    return this.take();
  }

  #textOf({ lines }: Block): string {
    let text = '';
    for (const line of lines) text = text === '' ? line.text : this.#join(text, line.text);
    return withoutMark(text);
  }

  #join(before: string, after: string): string {
    if (this.#hyphens.divides(before, after)) return this.#hyphens.join(before, after);
    return joinsWithoutBlank(before, after) ? before + after : `${before} ${after}`;
  }

  #continues(block: Block, text: string, indented: boolean): boolean {
    const open = this.#open;
    if (open === undefined || !open.last.canGoOn || !block.canContinue || open.text.length > LONGEST)
      return false;
    if (differ(block.lines[0]?.size ?? 0, open.last.lines.at(-1)?.size ?? 0)) return false;
    const end = open.text.slice(-20);
    if (this.#hyphens.divides(end, text)) return true;
    if (!endsSentence(end)) return open.last.full || /^\p{Ll}/u.test(text);
    return open.last.full && indented && /^[\p{L}\p{N}]/u.test(text);
  }

  #continue(text: string, block: Block): void {
    const before = this.#open?.text ?? '';
    if (this.#marks.length === 0) {
      this.#open = { text: this.#join(before, text), last: block };
      return;
    }
    // A word that the page's end divides stays whole before the mark.
    const word = this.#hyphens.divides(before, text) ? (/^\S+/.exec(text)?.[0] ?? '') : '';
    const head = word === '' ? before : this.#hyphens.join(before, word);
    this.#ready += `${head}\n${this.#marks.join('\n')}\n`;
    this.#marks = [];
    this.#open = { text: text.slice(word.length).trimStart(), last: block };
  }

  #begin(text: string, block: Block): void {
    this.#flush();
    if (this.#marks.length > 0) this.#ready += `${this.#marks.join('\n')}\n\n`;
    this.#marks = [];
    this.#open = { text, last: block };
    this.#hasText ||= /[\p{L}\p{N}]/u.test(text);
  }

  #flush(): void {
    if (this.#open !== undefined) this.#ready += `${this.#open.text}\n\n`;
    this.#open = undefined;
  }
}
