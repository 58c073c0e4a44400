/**
 * What a reader of one file format is. Reading has two stages so that a weekly bulk file of hundreds of megabytes
 * costs the memory of one document: a splitter cuts a stream of text into documents, a reader turns one document into
 * a {@link Patent}. A malformed document costs only itself.
 */
import type { PatentLabError } from '../errors.ts';
import type { Format, Patent } from './model.ts';

/** The text of one document, cut from a file. */
export interface DocumentText {
  readonly text: string;
  /** UTF-16 offset of `text` in the file. */
  readonly offset: number;
  /** Line of the file (from 1) on which `text` starts. */
  readonly line: number;
  /** Position among the file's documents, from 0. */
  readonly index: number;
}

/** Refusals that keep one hostile or broken file from taking the machine down. [ours] */
export interface ReadingLimits {
  /** Longest single document in UTF-16 units. */
  readonly documentLength: number;
  readonly elements: number;
  readonly depth: number;
}

export const DEFAULT_LIMITS: ReadingLimits = {
  documentLength: 64 * 1024 * 1024,
  elements: 2_000_000,
  depth: 256,
};

export interface ReadingContext {
  /** Name shown in errors; also decides by extension where the content does not. */
  readonly file: string;
  readonly limits: ReadingLimits;
}

/** Consumes text piece by piece and yields whole documents; `end` yields what is left. */
export interface Splitter {
  push(chunk: string): readonly DocumentText[];
  end(): readonly DocumentText[];
}

export interface PatentFormat {
  readonly format: Format;
  /** Confidence in [0, 1] from the first 64 kB of the file and its name. */
  recognise(head: string, file: string): number;
  splitter(context: ReadingContext): Splitter;
  /** Throws {@link PatentLabError} with line and column of the file. Spans of the result are offsets into the file. */
  read(document: DocumentText, context: ReadingContext): Patent;
}

export type ReadOutcome =
  | { readonly kind: 'patent'; readonly patent: Patent }
  | { readonly kind: 'failure'; readonly error: PatentLabError; readonly index: number };
