/**
 * Turns the pages of a PDF into text in reading order: one line a paragraph, blank lines between them, a mark where a
 * page begins. Works page by page with a few pages of sight, so that a long document costs the memory of a short one.
 */
import { regionsOf } from './columns.ts';
import { drawingSignsOf } from './drawings.ts';
import type { Fragment, PageFragments } from './fragments.ts';
import { fragmentsOf } from './fragments.ts';
import { furnitureOf } from './furniture.ts';
import { Hyphens } from './hyphens.ts';
import { lineNumbersOf } from './line-numbers.ts';
import { leftOutMark, pageMark } from './marks.ts';
import type { PageItems } from './page.ts';
import { blocksOf, linesOf, pitchOf } from './paragraphs.ts';
import { TextFlow } from './text-flow.ts';

/** Pages looked at before and behind a page for what repeats; heads of even and odd pages differ. */
const SIGHT = 2;

interface Read {
  readonly page: PageFragments;
  /** Where across the page it has line numbers. */
  readonly lineNumbers: readonly number[];
}

/** A page, or why there is none, in words for a person. */
type Sighted = Read | string;

const isRead = (page: Sighted | undefined): page is Read => page !== undefined && typeof page !== 'string';

export class PdfTranscriber {
  readonly #pages: number;
  readonly #hyphens = new Hyphens();
  readonly #flow = new TextFlow(this.#hyphens);
  /** Pages by number, from 1: those in sight of the page to be written next. */
  readonly #sighted = new Map<number, Sighted>();
  #pushed = 0;
  #written = 0;
  #heads: string[] = [];
  #leftOut = { heads: 0, numbers: 0, lineNumbers: 0 };

  /** @param pages how many there will be */
  constructor(pages: number) {
    this.#pages = pages;
  }

  /** Whether any text was found so far; without any, the pages are pictures. */
  get hasText(): boolean {
    return this.#flow.hasText;
  }

  /** Takes the next page and returns what is ready of the transcription. */
  push(items: PageItems): string {
    const known = [...this.#sighted.values()].flatMap((one) => (isRead(one) ? one.lineNumbers : []));
    const { found, places } = lineNumbersOf(items.items, known);
    this.#leftOut.lineNumbers += found.size;
    const page = fragmentsOf({ ...items, items: items.items.filter((one) => !found.has(one)) });
    for (const { text } of page.fragments) this.#hyphens.learn(text);
    return this.#add({ page, lineNumbers: places });
  }

  /** In place of a page that cannot be read; `reason` becomes part of the transcription. */
  pushUnreadable(reason: string): string {
    return this.#add(reason);
  }

  /** The rest of the transcription. */
  end(): string {
    while (this.#written < this.#pushed) this.#write();
    const { heads, numbers, lineNumbers } = this.#leftOut;
    const parts = [
      ...(heads > 0 ? [`running heads (${heads}) such as “${this.#heads[0] ?? ''}”`] : []),
      ...(numbers > 0 ? [`page or column numbers (${numbers})`] : []),
      ...(lineNumbers > 0 ? [`line numbers (${lineNumbers})`] : []),
    ];
    if (parts.length > 0) this.#flow.mark(leftOutMark(parts));
    return this.#flow.end();
  }

  #add(page: Sighted): string {
    this.#sighted.set(++this.#pushed, page);
    if (this.#pushed - this.#written > SIGHT) this.#write();
    return this.#flow.take();
  }

  #write(): void {
    const number = ++this.#written;
    const sighted = this.#sighted.get(number);
    if (isRead(sighted)) {
      const others = [...this.#sighted].flatMap(([other, one]) =>
        other !== number && isRead(one) ? [one.page] : [],
      );
      this.#writePage(sighted.page, others, number);
    } else {
      this.#flow.mark(pageMark(number, this.#pages, [sighted ?? 'could not be read']));
    }
    this.#sighted.delete(number - SIGHT);
  }

  #writePage(page: PageFragments, others: readonly PageFragments[], number: number): void {
    const { runningHeads, numbers } = furnitureOf(page, others, number === 1);
    this.#leftOut.heads += runningHeads.size;
    this.#leftOut.numbers += numbers.size;
    for (const { text } of runningHeads) if (this.#heads.length === 0) this.#heads.push(text);
    const text = page.fragments.filter((one) => !runningHeads.has(one) && !numbers.has(one));
    const signs = drawingSignsOf(text);
    const kept = text.filter((one) => !signs.has(one));
    this.#flow.mark(pageMark(number, this.#pages, notesOn(page, kept, signs)));
    const columns = regionsOf(kept).map((region) => ({
      lines: linesOf(region),
      width: region.right - region.left,
    }));
    const pitch = pitchOf(columns.map(({ lines }) => lines));
    const blocks = columns.map(({ lines, width }) => blocksOf(lines, width, pitch));
    const indented = blocks.flat().some((block) => block.indented);
    for (const column of blocks) this.#flow.column(column, indented);
  }
}

function notesOn(
  { turned }: PageFragments,
  kept: readonly Fragment[],
  signs: ReadonlySet<Fragment>,
): string[] {
  return [
    ...(signs.size > 0 ? [`drawings, with ${signs.size} reference signs left out`] : []),
    ...(kept.length === 0 && signs.size === 0 ? ['no text, only a picture or nothing'] : []),
    ...(turned > 0 ? [`${turned} pieces of turned or vertical text left out`] : []),
  ];
}
