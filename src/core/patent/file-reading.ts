/**
 * Reads one file: recognises its format, cuts it into documents, reads each. Whatever goes wrong in a document becomes
 * a failure of that document; the file goes on. The synchronous and the streaming readers share this.
 */
import { PatentLabError } from '../errors.ts';
import type { Position } from '../text/position.ts';
import { fileEmpty, notAPatent, readerDefect, unknownFormat } from './errors.ts';
import type { Patent } from './model.ts';
import type {
  Cut,
  DocumentReader,
  PatentFormat,
  ReadOutcome,
  ReadingContext,
  ResumePoint,
  Splitter,
  Stretch,
} from './reader.ts';
import { isCut } from './reader.ts';

/** How much of a file decides its format, in UTF-16 units. */
export const HEAD_LENGTH = 64 * 1024;

/** The format of a file, or the reason why there is none in words for a person. */
export type Recognise = (head: string, file: string) => PatentFormat | { readonly refusal: string };

export class FileReading {
  readonly #formats: readonly PatentFormat[];
  readonly #recognise: Recognise;
  readonly #context: ReadingContext;
  readonly #readers = new Map<PatentFormat, DocumentReader>();
  #head = '';
  #splitter: Splitter | undefined;
  #format: PatentFormat | undefined;
  /** The formats that are cut in the same way. */
  #family: readonly PatentFormat[] = [];
  /** The last patent, kept back because an attachment may follow it. */
  #held: Patent | undefined;
  #index = 0;
  /** Where reading begins; undefined once it has. */
  #from: ResumePoint | undefined;
  #stopped = false;

  constructor(formats: readonly PatentFormat[], recognise: Recognise, context: ReadingContext) {
    this.#formats = formats;
    this.#recognise = recognise;
    this.#context = context;
    this.#from = context.from;
  }

  *push(chunk: string): Generator<ReadOutcome> {
    if (this.#stopped) return;
    if (this.#splitter !== undefined) {
      yield* this.#readAll(this.#splitter.push(chunk));
      return;
    }
    this.#head += chunk;
    if (this.#head.length >= HEAD_LENGTH && this.#head.trim() !== '') yield* this.#open();
  }

  *end(): Generator<ReadOutcome> {
    if (!this.#stopped && this.#splitter === undefined) {
      if (this.#head.replace(/[\s\uFEFF]+/g, '') === '') {
        yield this.#fail(fileEmpty(this.#context.file));
        return;
      }
      yield* this.#open();
    }
    if (!this.#stopped && this.#splitter !== undefined) yield* this.#readAll(this.#splitter.end());
    yield* this.#release();
    if (this.#index === 0) yield this.#fail(fileEmpty(this.#context.file, 'The file holds no documents.'));
  }

  *#open(): Generator<ReadOutcome> {
    const head = this.#head;
    this.#head = '';
    const found = this.#recognise(head.slice(0, HEAD_LENGTH), this.#context.file);
    if ('refusal' in found) {
      this.#stopped = true;
      yield this.#fail(unknownFormat(this.#context.file, found.refusal));
      return;
    }
    this.#format = found;
    // The format of the file first: most of its documents are of that.
    const others = this.#formats.filter(({ splitter }) => splitter === found.splitter);
    this.#family = [found, ...others.filter((other) => other !== found)];
    this.#splitter = found.splitter(this.#context);
    yield* this.#readAll(this.#splitter.push(head));
  }

  *#readAll(stretches: readonly Stretch[]): Generator<ReadOutcome> {
    for (const stretch of stretches) {
      if (this.#stopped) return;
      if (this.#isBefore(stretch)) continue;
      if (isCut(stretch)) yield* this.#read(stretch);
      else {
        yield* this.#release();
        yield this.#fail(stretch);
      }
    }
  }

  /** Whether a stretch ends before the document that reading goes on with, which is counted when it comes. */
  #isBefore(stretch: Stretch): boolean {
    if (this.#from === undefined) return false;
    if (!isCut(stretch) || stretch.start.offset + stretch.text.length <= this.#from.offset) return true;
    this.#index = this.#from.index;
    this.#from = undefined;
    return false;
  }

  *#read(cut: Cut): Generator<ReadOutcome> {
    const index = this.#index + (this.#held === undefined ? 0 : 1);
    try {
      const reading = this.#readerFor(cut)({ ...cut, index });
      switch (reading.kind) {
        case 'header':
          return;
        case 'attachment':
          yield* this.#attach(reading.gap, cut.start);
          return;
        case 'file-refused':
          this.#stopped = true;
          throw reading.error;
        case 'patent':
          yield* this.#take([reading.patent]);
          return;
        case 'several':
          yield* this.#take(reading.found);
      }
    } catch (error) {
      yield* this.#release();
      const known =
        error instanceof PatentLabError ? error : readerDefect(this.#context.file, cut.start, error);
      yield this.#fail(known);
    }
  }

  /** Keeps the last patent back; what comes before it goes out. */
  *#take(found: readonly (Patent | PatentLabError)[]): Generator<ReadOutcome> {
    for (const part of found) {
      yield* this.#release();
      if (part instanceof PatentLabError) yield this.#fail(part);
      else this.#held = part;
    }
  }

  /** States an attachment at the patent before it; behind a document that failed there is nothing to state. */
  *#attach(gap: Patent['gaps'][number], start: Position): Generator<ReadOutcome> {
    if (this.#held !== undefined) {
      this.#held = { ...this.#held, gaps: [...this.#held.gaps, gap] };
    } else if (this.#index === 0) {
      yield this.#fail(
        notAPatent(this.#context.file, start, 'The file begins with an attachment without its patent.'),
      );
    }
  }

  /** Formats with the same splitter may stand mixed in one file, so each document is looked at. */
  #readerFor({ text }: Cut): DocumentReader {
    const own = this.#family.length > 1 ? mostConfident(this.#family, text, this.#context.file) : undefined;
    const format = own ?? this.#format;
    if (format === undefined) throw new Error('the format of the file is not known yet');
    const known = this.#readers.get(format);
    if (known) return known;
    const reader = format.reader(this.#context);
    this.#readers.set(format, reader);
    return reader;
  }

  *#release(): Generator<ReadOutcome> {
    if (this.#held === undefined) return;
    const patent = this.#held;
    this.#held = undefined;
    this.#index++;
    yield { kind: 'patent', patent };
  }

  #fail(error: PatentLabError): ReadOutcome {
    return { kind: 'failure', error, index: this.#index++ };
  }
}

/** The format that is surest of a text; undefined when none takes it. */
export function mostConfident(
  formats: readonly PatentFormat[],
  text: string,
  file: string,
): PatentFormat | undefined {
  let best: PatentFormat | undefined;
  let confidence = 0;
  const head = text.slice(0, HEAD_LENGTH);
  for (const format of formats) {
    const claimed = format.recognise(head, file);
    if (claimed >= 1) return format;
    if (claimed > confidence) [best, confidence] = [format, claimed];
  }
  return best;
}
