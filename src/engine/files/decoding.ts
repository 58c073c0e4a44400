/**
 * A file's text piece by piece, and where it is none. UTF-8 unless a byte-order mark says UTF-16. Invalid bytes become
 * replacement characters whose places are kept, so that the document they stand in can be refused, and only that one.
 */
import { createReadStream } from 'node:fs';
import { PatentLabError } from '../../core/errors.ts';
import { FILE_START, positionAt, type Position } from '../../core/text/position.ts';

const CHUNK = 1 << 18;
const REPLACEMENT = '\ufffd';
/** More invalid places than this, and it is no text at all. [ours] */
const MOST_INVALID = 1000;

type Decoder = InstanceType<typeof TextDecoder>;

export class FileText {
  readonly #file: string;
  #encoding = 'utf-8';
  #position: Position = FILE_START;
  #invalid: Position[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  async *chunks(): AsyncGenerator<string> {
    let decoder: Decoder | undefined;
    let check: Decoder | undefined;
    const next = (bytes: Uint8Array, more: boolean): string => {
      decoder ??= new TextDecoder(this.#encoding);
      check ??= new TextDecoder(this.#encoding, { fatal: true });
      const text = decoder.decode(bytes, { stream: more });
      if (!isValid(check, bytes, more)) {
        check = undefined;
        this.#note(text);
      }
      this.#position = positionAt(text, text.length, this.#position);
      return text;
    };
    for await (const bytes of createReadStream(this.#file, {
      highWaterMark: CHUNK,
    }) as AsyncIterable<Buffer>) {
      if (!decoder) this.#encoding = encodingOf(bytes);
      yield next(bytes, true);
      if (this.#invalid.length > MOST_INVALID) return;
    }
    yield next(new Uint8Array(), false);
  }

  /** Takes the places out that were passed up to an offset and returns them. */
  takeInvalid(end = Infinity): readonly Position[] {
    const taken = this.#invalid.filter(({ offset }) => offset < end);
    this.#invalid = this.#invalid.slice(taken.length);
    return taken;
  }

  encodingInvalid(shown: string, { line, column, offset }: Position): PatentLabError {
    return new PatentLabError({
      code: 'encoding-invalid',
      message: `${shown}, line ${line}, column ${column}: These bytes are not valid ${this.#encoding.toUpperCase()} text.`,
      remedy: 'Save the file as UTF-8.',
      place: { file: shown, line, column, offset },
    });
  }

  #note(text: string): void {
    let position = this.#position;
    let from = 0;
    for (let at = text.indexOf(REPLACEMENT); at !== -1; at = text.indexOf(REPLACEMENT, at + 1)) {
      position = positionAt(text.slice(from, at), at - from, position);
      from = at;
      this.#invalid.push(position);
      if (this.#invalid.length > MOST_INVALID) return;
    }
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

function isValid(decoder: Decoder, bytes: Uint8Array, more: boolean): boolean {
  try {
    decoder.decode(bytes, { stream: more });
    return true;
  } catch (cause) {
    if (cause instanceof TypeError) return false;
    throw cause;
  }
}
