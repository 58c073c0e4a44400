/**
 * Maps offsets of a cleaned text back into the source it was read from.
 *
 * Reading drops markup, collapses white space and resolves entities, so text and source run in step only in
 * stretches. A map is a list of such stretches ("runs"): text [text, text+length) is verbatim source
 * [source, source+length). Text between two runs (a resolved entity, a collapsed blank, a line break we put in) maps
 * to the gap between them in the source.
 *
 * A passage keeps one run for every stretch, and most passages have one; that is why a map is not an array of offsets.
 */
import type { Span } from './span.ts';

export interface Run {
  readonly text: number;
  readonly source: number;
  readonly length: number;
}

export class OffsetMap {
  /** Runs sorted by `text`, non-overlapping in both coordinates. */
  readonly runs: readonly Run[];
  /** Whether the runs stand in the source in the same order; found out when it is first asked for. */
  #inOrder: boolean | undefined;

  constructor(runs: readonly Run[]) {
    this.runs = runs;
  }

  static identity(length: number, source = 0): OffsetMap {
    return new OffsetMap(length > 0 ? [{ text: 0, source, length }] : []);
  }

  /**
   * The source range that produced text `[start, end)`; undefined when the text came from nowhere in the source. Where
   * the text is read in another order than it stands in the source, as columns are, the range covers all pieces, and
   * with them whatever stands between.
   */
  toSource(span: Span): Span | undefined {
    if (this.runs.length === 0) return undefined;
    this.#inOrder ??= isInOrder(this.runs);
    const covering = this.#inOrder ? undefined : this.#covering(span);
    if (covering !== undefined) return covering;
    const start = this.#start(span.start);
    const end = Math.max(start, this.#end(span.end));
    return { start, end };
  }

  /** From the first to the last offset of the verbatim pieces of a text; undefined when it has none. */
  #covering(span: Span): Span | undefined {
    let start = Infinity;
    let end = -Infinity;
    for (let index = Math.max(0, this.#lastRunAtOrBefore(span.start)); index < this.runs.length; index++) {
      const run = this.runs[index];
      if (run === undefined || run.text >= span.end) break;
      const from = Math.max(run.text, span.start);
      const to = Math.min(run.text + run.length, span.end);
      if (from >= to) continue;
      start = Math.min(start, run.source + (from - run.text));
      end = Math.max(end, run.source + (to - run.text));
    }
    return start < end ? { start, end } : undefined;
  }

  /** First source offset at or after text offset `at`. */
  #start(at: number): number {
    const index = this.#lastRunAtOrBefore(at);
    const run = this.runs[index];
    if (run && at < run.text + run.length) return run.source + (at - run.text);
    const previousEnd = run ? run.source + run.length : undefined;
    const next = this.runs[index + 1];
    // In a gap: the gap's own source text starts where the previous run ended.
    return previousEnd ?? next?.source ?? 0;
  }

  /** Source offset just behind text offset `at` (exclusive end). */
  #end(at: number): number {
    const index = this.#lastRunAtOrBefore(at - 1);
    const run = this.runs[index];
    if (run && at <= run.text + run.length) return run.source + (at - run.text);
    const next = this.runs[index + 1];
    return next?.source ?? (run ? run.source + run.length : 0);
  }

  #lastRunAtOrBefore(at: number): number {
    let low = 0;
    let high = this.runs.length - 1;
    let found = -1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const run = this.runs[middle];
      if (run && run.text <= at) {
        found = middle;
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return found;
  }
}

function isInOrder(runs: readonly Run[]): boolean {
  let last = 0;
  for (const { source, length } of runs) {
    if (source < last) return false;
    last = source + length;
  }
  return true;
}

/** A cleaned text with its way back into the source. */
export interface MappedText {
  readonly text: string;
  readonly map: OffsetMap;
}

/** The part `[start, end)` of a mapped text. */
export function sliceMapped({ text, map }: MappedText, start: number, end = text.length): MappedText {
  const runs: Run[] = [];
  for (let index = firstRunReaching(map.runs, start); index < map.runs.length; index++) {
    const run = map.runs[index];
    if (run === undefined || run.text > end) break;
    const from = Math.max(run.text, start);
    const to = Math.min(run.text + run.length, end);
    runs.push({ text: from - start, source: run.source + (from - run.text), length: to - from });
  }
  return { text: text.slice(start, end), map: new OffsetMap(runs) };
}

/** Searched, because a text may be cut into very many parts. */
function firstRunReaching(runs: readonly Run[], at: number): number {
  let low = 0;
  let high = runs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (run && run.text + run.length < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Builds a {@link MappedText} from verbatim stretches of source and inserted text. */
export class MappedTextBuilder {
  #text = '';
  readonly #runs: { readonly text: number; readonly source: number; length: number }[] = [];

  get length(): number {
    return this.#text.length;
  }

  get text(): string {
    return this.#text;
  }

  /** Appends text that stands verbatim in the source at `source`. */
  verbatim(text: string, source: number): void {
    if (text.length === 0) return;
    const last = this.#runs.at(-1);
    if (last && last.source + last.length === source && last.text + last.length === this.#text.length) {
      last.length += text.length;
    } else {
      this.#runs.push({ text: this.#text.length, source, length: text.length });
    }
    this.#text += text;
  }

  /**
   * Appends text that stands in the source in another form: an entity, an escape, a run of blanks. Runs of length zero
   * fence it off, so that it maps to exactly its own source range even at the edge of the text.
   */
  resolved(text: string, source: Span): void {
    this.#fence(source.start);
    this.#text += text;
    this.#fence(source.end);
  }

  /** Appends text that the source does not hold at all (a blank we put in). */
  inserted(text: string): void {
    this.#text += text;
  }

  #fence(source: number): void {
    const last = this.#runs.at(-1);
    const stands =
      last && last.source + last.length === source && last.text + last.length === this.#text.length;
    if (!stands) this.#runs.push({ text: this.#text.length, source, length: 0 });
  }

  build(): MappedText {
    return { text: this.#text, map: new OffsetMap(this.#runs) };
  }
}
