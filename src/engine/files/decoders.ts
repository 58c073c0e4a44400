/**
 * Bytes to text piece by piece, leniently: what is invalid becomes U+FFFD, and each piece says whether it held any.
 * UTF-8 and windows-1252 have decoders of their own: Node's `TextDecoder` is several times slower on UTF-8 as soon as
 * it streams, and its windows-1252 leaves 0x80 to 0x9F as control characters in some releases of Node 20 to 23.
 */
import { isAscii, isUtf8 } from 'node:buffer';
import type { EncodingName } from './encoding.ts';
import { incompleteTail } from './utf8.ts';

export interface Piece {
  readonly text: string;
  readonly valid: boolean;
}

export interface PieceDecoder {
  /** `last` with the last bytes, which may be none. */
  decode(bytes: Buffer, last: boolean): Piece;
}

export function decoderFor(name: EncodingName): PieceDecoder {
  if (name === 'utf-8') return new Utf8Decoder();
  return name === 'windows-1252' ? windows1252 : new StandardDecoder(name);
}

class Utf8Decoder implements PieceDecoder {
  #tail: Buffer = Buffer.alloc(0);

  decode(bytes: Buffer, last: boolean): Piece {
    const all = this.#tail.length === 0 ? bytes : Buffer.concat([this.#tail, bytes]);
    const end = last ? all.length : all.length - incompleteTail(all);
    // A copy, because the stream may use its buffer again.
    this.#tail = Buffer.from(all.subarray(end));
    const whole = all.subarray(0, end);
    if (isAscii(whole)) return { text: whole.toString('latin1'), valid: true };
    return { text: whole.toString('utf8'), valid: isUtf8(whole) };
  }
}

/** Characters of the bytes 0x80 to 0x9F; five bytes are none and stay control characters, as the standard has it. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const windows1252: PieceDecoder = {
  decode: (bytes) => ({
    text: bytes
      .toString('latin1')
      .replace(/[\x80-\x9f]/g, (control) => WINDOWS_1252[control.charCodeAt(0) - 0x80] ?? control),
    valid: true,
  }),
};

type Decoder = InstanceType<typeof TextDecoder>;

class StandardDecoder implements PieceDecoder {
  readonly #name: EncodingName;
  readonly #lenient: Decoder;
  #strict: Decoder;

  constructor(name: EncodingName) {
    this.#name = name;
    this.#lenient = new TextDecoder(name, { ignoreBOM: true });
    this.#strict = new TextDecoder(name, { ignoreBOM: true, fatal: true });
  }

  decode(bytes: Buffer, last: boolean): Piece {
    return { text: this.#lenient.decode(bytes, { stream: !last }), valid: this.#isValid(bytes, last) };
  }

  #isValid(bytes: Buffer, last: boolean): boolean {
    try {
      this.#strict.decode(bytes, { stream: !last });
      return true;
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      this.#strict = new TextDecoder(this.#name, { ignoreBOM: true, fatal: true });
      return false;
    }
  }
}
