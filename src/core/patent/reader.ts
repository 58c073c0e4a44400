/**
 * What a reader of one file format is. Reading has two stages so that a weekly bulk file of hundreds of megabytes
 * costs the memory of one document: a splitter cuts a stream of text into documents, a reader turns one document into
 * a {@link Patent}. A malformed document costs only itself.
 */
import { PatentLabError } from '../errors.ts';
import type { Position } from '../text/position.ts';
import type { Format, Patent, ReadingGap } from './model.ts';
import type { RememberedMapping } from './tables/mapping.ts';

/** The text of one document, cut from a file. */
export interface DocumentText {
  readonly text: string;
  /** Where in the file the text starts. */
  readonly start: Position;
  /** Position among the file's documents, from 0. */
  readonly index: number;
}

/** A document as the splitter finds it, before it is counted. */
export type Cut = Omit<DocumentText, 'index'>;

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

/** Where reading a file goes on, after it was read up to some document before. */
export interface ResumePoint {
  /** UTF-16 offset inside the document that is to come first. */
  readonly offset: number;
  /** Its position among the file's documents. */
  readonly index: number;
}

export interface ReadingContext {
  /** Name shown in errors; also decides by extension where the content does not. */
  readonly file: string;
  readonly limits: ReadingLimits;
  /** Mappings of tables that a person has confirmed; each counts for the tables with its header row. */
  readonly tables?: readonly RememberedMapping[];
  /** Documents before this are cut, which is cheap, but not read. */
  readonly from?: ResumePoint;
}

/** A stretch of the file: a document, or why it cannot become one (too long to hold). */
export type Stretch = Cut | PatentLabError;

export const isCut = (stretch: Stretch): stretch is Cut => !(stretch instanceof PatentLabError);

/** Consumes text piece by piece and yields whole documents; `end` yields what is left. */
export interface Splitter {
  push(chunk: string): readonly Stretch[];
  end(): readonly Stretch[];
}

/** What one document turned out to be. */
export type Reading =
  | { readonly kind: 'patent'; readonly patent: Patent }
  /** A collection whose parts stand or fall by themselves; the first has the document's index. */
  | { readonly kind: 'several'; readonly found: readonly (Patent | PatentLabError)[] }
  /** No patent itself but part of the one before it (a sequence listing); stated there as a gap. */
  | { readonly kind: 'attachment'; readonly gap: ReadingGap }
  /** Says how to read what follows (the header row of a table). */
  | { readonly kind: 'header' }
  /** Nothing in this file can be read, so reading stops here. */
  | { readonly kind: 'file-refused'; readonly error: PatentLabError };

/** Throws {@link PatentLabError} with line and column of the file. Spans of the result are offsets into the file. */
export type DocumentReader = (document: DocumentText) => Reading;

export interface PatentFormat {
  readonly format: Format;
  /** Confidence in [0, 1] from the first 64 kB of a file (or of one document) and the file's name. */
  recognise(head: string, file: string): number;
  /** Formats that share this function may stand mixed in one file; each document is recognised by itself. */
  splitter(context: ReadingContext): Splitter;
  /** Called once a file, so that a reader may remember the file's header. */
  reader(context: ReadingContext): DocumentReader;
}

export type ReadOutcome =
  | { readonly kind: 'patent'; readonly patent: Patent }
  | { readonly kind: 'failure'; readonly error: PatentLabError; readonly index: number };
