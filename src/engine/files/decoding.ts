/**
 * A file's text piece by piece, and where it is none. The encoding is found from a bounded look-ahead; invalid bytes
 * become replacement characters whose places are kept, so that the document they stand in can be refused, and only that
 * one. A zero byte counts as invalid: no text has one, and it shows where a file was damaged.
 */
import { isAscii } from 'node:buffer';
import { PatentLabError } from '../../core/errors.ts';
import type { ReadingGap } from '../../core/patent/model.ts';
import { FILE_START, positionAt, type Position } from '../../core/text/position.ts';
import { decoderFor, type PieceDecoder } from './decoders.ts';
import {
  decideEncoding,
  displayName,
  HEAD_BYTES,
  LOOK_AHEAD,
  readHead,
  type Declared,
  type Encoding,
  type EncodingName,
} from './encoding.ts';
import { LineFeeds } from './line-feeds.ts';

const REPLACEMENT = '\ufffd';
const ZERO = '\0';
const ZEROS = /\0+/g;
/** A replacement character may also stand in the file itself; in a piece without invalid bytes it does. */
const ZEROS_AND_REPLACED = /\ufffd|\0+/g;
/** More invalid places than this, and it is no text at all. [ours] */
const MOST_INVALID = 1000;

/** Text of a file with what is wrong with it; read once. */
export interface SourceText {
  chunks(): AsyncGenerator<string>;
  /** Takes the places out that were passed up to an offset and returns them. */
  takeInvalid(end?: number): readonly Position[];
  /** The error of a document that holds an invalid place. */
  encodingInvalid(shown: string, place: Position): PatentLabError;
  /** What was assumed to read the text up to an offset. */
  assumption(end: number): ReadingGap | undefined;
  /** What the text was broken off by, once it has ended. A text of which nothing came throws that instead. */
  brokenBy(): unknown;
}

interface End {
  cause?: unknown;
}

/** Ends where the source breaks off and keeps the reason, so that what came before is still read. */
async function* untilBroken<Piece>(source: AsyncIterable<Piece>, end: End): AsyncGenerator<Piece> {
  try {
    yield* source;
  } catch (cause) {
    end.cause = cause;
  }
}

function rethrow({ cause }: End): void {
  if (cause !== undefined) throw cause;
}

/** Text that comes as text, such as the transcription of a PDF; its lines end in line feeds. */
export class PlainText implements SourceText {
  readonly #source: AsyncIterable<string>;
  readonly #lineFeeds = new LineFeeds();
  readonly #end: End = {};

  constructor(source: AsyncIterable<string>) {
    this.#source = source;
  }

  async *chunks(): AsyncGenerator<string> {
    let came = false;
    for await (const chunk of untilBroken(this.#source, this.#end)) {
      came ||= chunk !== '';
      yield this.#lineFeeds.next(chunk);
    }
    if (!came) rethrow(this.#end);
  }

  takeInvalid(): readonly Position[] {
    return [];
  }

  encodingInvalid(shown: string, place: Position): PatentLabError {
    return invalidBytes(shown, place, 'utf-8');
  }

  assumption(): undefined {
    return undefined;
  }

  brokenBy(): unknown {
    return this.#end.cause;
  }
}

export class FileText implements SourceText {
  readonly #bytes: AsyncIterable<Buffer>;
  #encoding: Encoding = { name: 'utf-8', mark: 0 };
  /** Where the text begins that the decision on the encoding matters for. */
  #decidedAt = 0;
  #position: Position = FILE_START;
  #invalid: Position[] = [];
  #endedInZero = false;
  #endedInReturn = false;
  readonly #lineFeeds: LineFeeds | undefined;
  readonly #end: End = {};

  /** @param lineFeeds makes all lines end in line feeds, for what an editor only gets from here. */
  constructor(bytes: AsyncIterable<Buffer>, { lineFeeds = false }: { readonly lineFeeds?: boolean } = {}) {
    this.#bytes = bytes;
    this.#lineFeeds = lineFeeds ? new LineFeeds() : undefined;
  }

  async *chunks(): AsyncGenerator<string> {
    let decoder: PieceDecoder | undefined;
    let declared: Declared | undefined;
    let waiting: Buffer[] = [];
    let length = 0;
    let needed = HEAD_BYTES;
    let atStart = true;
    const decide = (sample: Buffer, whole: boolean): PieceDecoder | undefined => {
      const head = atStart ? readHead(sample.subarray(0, HEAD_BYTES)) : undefined;
      if (head) declared = head.declared;
      atStart = false;
      if (head?.encoding) return this.#decided(head.encoding, 0);
      if (isAscii(sample)) return undefined;
      needed = LOOK_AHEAD;
      if (!whole && length < needed) return undefined;
      const shows = sample.findIndex((byte) => byte >= 0x80);
      return this.#decided(decideEncoding(sample, declared, whole), shows);
    };
    for await (const bytes of untilBroken(this.#bytes, this.#end)) {
      if (decoder) {
        yield this.#next(decoder, bytes, false);
      } else {
        // A copy, because the stream may use its buffer again.
        waiting.push(Buffer.from(bytes));
        length += bytes.length;
        if (length < needed) continue;
        decoder = decide(Buffer.concat(waiting), false);
        if (!decoder && needed === LOOK_AHEAD) continue;
        yield* this.#pieces(decoder, waiting);
        [waiting, length, needed] = [[], 0, 1];
      }
      if (this.#invalid.length > MOST_INVALID) return;
    }
    if (waiting.length > 0) {
      decoder = decide(Buffer.concat(waiting), true);
      yield* this.#pieces(decoder, waiting);
    }
    if (decoder) yield this.#next(decoder, Buffer.alloc(0), true);
    if (this.#position.offset === 0) rethrow(this.#end);
  }

  brokenBy(): unknown {
    return this.#end.cause;
  }

  takeInvalid(end = Infinity): readonly Position[] {
    const taken = this.#invalid.filter(({ offset }) => offset < end);
    this.#invalid = this.#invalid.slice(taken.length);
    return taken;
  }

  encodingInvalid(shown: string, place: Position): PatentLabError {
    return invalidBytes(shown, place, this.#encoding.name);
  }

  assumption(end: number): ReadingGap | undefined {
    const { assumption } = this.#encoding;
    return assumption === undefined || end <= this.#decidedAt ? undefined : { message: assumption };
  }

  /** @param shows how far ahead the text begins that it matters for. */
  #decided(encoding: Encoding, shows: number): PieceDecoder {
    this.#encoding = encoding;
    this.#decidedAt = this.#position.offset + shows;
    return decoderFor(encoding.name);
  }

  /** What waited for the decision; without one it is ASCII. The byte-order mark is left out. */
  *#pieces(decoder: PieceDecoder | undefined, waiting: readonly Buffer[]): Generator<string> {
    let mark = decoder ? this.#encoding.mark : 0;
    for (const bytes of waiting) {
      const without = bytes.subarray(mark);
      mark = Math.max(0, mark - bytes.length);
      yield decoder
        ? this.#next(decoder, without, false)
        : this.#pass({ text: without.toString('latin1'), valid: true });
    }
  }

  #next(decoder: PieceDecoder, bytes: Buffer, last: boolean): string {
    return this.#pass(decoder.decode(bytes, last));
  }

  #pass({ text: decoded, valid }: { readonly text: string; readonly valid: boolean }): string {
    const text = this.#lineFeeds?.next(decoded) ?? decoded;
    if (!valid || text.includes(ZERO)) this.#note(text, valid ? ZEROS : ZEROS_AND_REPLACED);
    this.#endedInZero = text === '' ? this.#endedInZero : text.endsWith(ZERO);
    this.#position = behind(text, this.#position, this.#endedInReturn);
    this.#endedInReturn = text === '' ? this.#endedInReturn : text.endsWith('\r');
    return text;
  }

  /** Keeps the places of what is invalid; a run of zeros counts once, however long. */
  #note(text: string, what: RegExp): void {
    let position = this.#position;
    let from = 0;
    let before = this.#endedInZero ? ZERO : '';
    for (const { index, 0: found } of text.matchAll(what)) {
      const goesOn = index === 0 && before === ZERO && found !== REPLACEMENT;
      before = '';
      if (goesOn) continue;
      position = positionAt(text.slice(from, index), index - from, position);
      from = index;
      this.#invalid.push(position);
      if (this.#invalid.length > MOST_INVALID) return;
    }
  }
}

/**
 * The position behind a piece. Pieces are most of the bytes that are ever read, so lines are counted by searching.
 * @param afterReturn the piece before ended in a carriage return, to which a line feed here belongs.
 */
function behind(text: string, start: Position, afterReturn: boolean): Position {
  if (afterReturn && text.startsWith('\n')) {
    return behind(text.slice(1), { ...start, offset: start.offset + 1, column: 1 }, false);
  }
  if (text.includes('\r')) return positionAt(text, text.length, start);
  let { line } = start;
  let lineStart = -1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
    line++;
    lineStart = at + 1;
  }
  const column = lineStart < 0 ? start.column + text.length : text.length - lineStart + 1;
  return { offset: start.offset + text.length, line, column };
}

function invalidBytes(
  shown: string,
  { line, column, offset }: Position,
  encoding: EncodingName,
): PatentLabError {
  return new PatentLabError({
    code: 'encoding-invalid',
    message: `${shown}, line ${line}, column ${column}: These bytes are not valid ${displayName(encoding)} text.`,
    remedy: 'Save the file as UTF-8.',
    place: { file: shown, line, column, offset },
  });
}
