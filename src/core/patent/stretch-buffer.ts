/**
 * Text that has arrived but is not cut into documents yet, and where in the file it starts. Shared by the splitters so
 * that offsets, lines and columns are counted in one place, and so that small chunks are searched together: searching
 * after every chunk would copy a long document once for each of them.
 */
import type { Position } from '../text/position.ts';
import { FILE_START, positionAt } from '../text/position.ts';
import type { Cut } from './reader.ts';

/** Shortest addition worth a search, in UTF-16 units. */
const BATCH = 64 * 1024;

export class StretchBuffer {
  #text = '';
  #incoming: string[] = [];
  #incomingLength = 0;
  #start: Position = FILE_START;
  #afterReturn = false;

  /** The text to search; what came since the last `settle` is not in it. */
  get text(): string {
    return this.#text;
  }

  get length(): number {
    return this.#text.length;
  }

  /** Where the buffered text starts in the file. */
  get start(): Position {
    return this.#start;
  }

  /** Takes a chunk in; true when enough has come that `settle` and a search are worth while. */
  append(chunk: string): boolean {
    this.#incoming.push(chunk);
    this.#incomingLength += chunk.length;
    return this.#incomingLength >= Math.max(BATCH, this.#text.length / 4);
  }

  settle(): void {
    this.#text += this.#incoming.join('');
    this.#incoming = [];
    this.#incomingLength = 0;
  }

  /** Removes the first `length` characters and returns them with their place. */
  take(length: number): Cut {
    const cut = { text: this.#text.slice(0, length), start: this.#start };
    this.drop(length);
    return cut;
  }

  /** Removes the first `length` characters. */
  drop(length: number): void {
    if (length <= 0) return;
    // A line break whose CR was dropped before its LF had come is one line break.
    const rest = this.#afterReturn && this.#text.startsWith('\n') ? 1 : 0;
    this.#afterReturn = length >= this.#text.length && this.#text.endsWith('\r');
    const start = { ...this.#start, offset: this.#start.offset + rest };
    this.#start = positionAt(this.#text.slice(rest), length - rest, start);
    this.#text = this.#text.slice(length);
  }
}
