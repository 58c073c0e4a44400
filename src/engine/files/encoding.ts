/**
 * Which encoding bytes are in. What the bytes are wins over what the file says of itself: exports of databases and old
 * office files often declare one encoding and hold another. Order: byte-order mark, UTF-16 by its zero bytes, valid
 * UTF-8, the declared encoding, and only then a guess from how the bytes are distributed. A guess is stated.
 */
import { isUtf8 } from 'node:buffer';
import { guessEncoding } from './encoding-guess.ts';
import { incompleteTail } from './utf8.ts';

/** Bytes from the start that show a byte-order mark, UTF-16 and a declaration. [ours] */
export const HEAD_BYTES = 4096;
/** Bytes from the first non-ASCII one that decide; what follows is read by this decision. [ours] */
export const LOOK_AHEAD = 1 << 20;

/** Names as the WHATWG Encoding Standard writes them, in lower case. */
export type EncodingName = string;

export interface Encoding {
  readonly name: EncodingName;
  /** Length of the byte-order mark. */
  readonly mark: number;
  /** What was assumed, in words for a person; undefined where the file says it or nothing had to be assumed. */
  readonly assumption?: string;
}

/** An encoding as a file states it. */
export interface Declared {
  /** In the file's own words: `ISO-8859-1`. */
  readonly label: string;
  /** What software takes it for: `windows-1252`. */
  readonly name: EncodingName;
}

export interface Head {
  /** Undefined when the head does not decide it. */
  readonly encoding: Encoding | undefined;
  readonly declared: Declared | undefined;
}

const DISPLAY: Readonly<Record<string, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  gb18030: 'GB18030',
  gbk: 'GBK',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  'euc-kr': 'EUC-KR',
  big5: 'Big5',
};

export const displayName = (name: EncodingName): string => DISPLAY[name] ?? name;

/** What the first bytes of a file say. */
export function readHead(head: Buffer): Head {
  const marked = byMark(head);
  if (marked) return { encoding: marked, declared: undefined };
  const wide = withoutMark(head);
  if (wide !== undefined) {
    const assumption = `The file has no byte-order mark; it was read as ${displayName(wide)}.`;
    return { encoding: { name: wide, mark: 0, assumption }, declared: undefined };
  }
  const declared = declaredEncoding(head);
  // Its bytes are all ASCII, so nothing else would ever show it.
  if (declared?.name === 'iso-2022-jp') return { encoding: { name: declared.name, mark: 0 }, declared };
  return { encoding: undefined, declared };
}

function byMark(head: Buffer): Encoding | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { name: 'utf-8', mark: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { name: 'utf-16le', mark: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { name: 'utf-16be', mark: 2 };
  return undefined;
}

/** Share of the units of a UTF-16 text that have a zero byte (ASCII), at least; markup alone is more. [ours] */
const LEAST_ZEROS = 0.2;

/** UTF-16 shows by zero bytes that stand all on one side of its units. */
function withoutMark(head: Buffer): EncodingName | undefined {
  const even = head.length - (head.length % 2);
  const zeros = [0, 0];
  for (let at = 0; at < even; at++) if (head[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [high = 0, low = 0] = zeros;
  const least = Math.max(2, (LEAST_ZEROS * even) / 2);
  const name = high === 0 && low >= least ? 'utf-16le' : low === 0 && high >= least ? 'utf-16be' : undefined;
  return name !== undefined && decodes(head.subarray(0, even), name) ? name : undefined;
}

const DECLARATIONS = [
  /^\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{1,40})["']/i,
  /<meta\s[^>]{0,200}?charset\s*=\s*["']?([\w.:-]{1,40})/i,
];

/** A declaration that cannot be true (UTF-16 in bytes that are no UTF-16) or says too little (ASCII) is none. */
function declaredEncoding(head: Buffer): Declared | undefined {
  const text = head.toString('latin1');
  const label = DECLARATIONS.map((pattern) => pattern.exec(text)?.[1]).find((found) => found !== undefined);
  if (label === undefined || /^(?:us-)?ascii$|^utf-?16|^ucs-2/i.test(label)) return undefined;
  try {
    return { label, name: new TextDecoder(label).encoding };
  } catch (cause) {
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

/** Decides from the look-ahead, which begins before the first byte that is not ASCII. `whole` when the file ends there. */
export function decideEncoding(sample: Buffer, declared: Declared | undefined, whole: boolean): Encoding {
  const complete = whole ? sample : sample.subarray(0, sample.length - incompleteTail(sample));
  if (isUtf8(complete)) return { name: 'utf-8', mark: 0, ...contradiction(declared, 'utf-8') };
  const utf8 = { name: 'utf-8', mark: 0 };
  if (isDamagedUtf8(complete)) return utf8;
  if (declared !== undefined && declared.name !== 'utf-8' && decodes(sample, declared.name, whole)) {
    return { name: declared.name, mark: 0 };
  }
  const guess = guessEncoding(sample, (name) => decodes(sample, name, whole));
  if (guess === undefined) return utf8;
  return {
    name: guess,
    mark: 0,
    ...(declared === undefined
      ? { assumption: `The file does not say its encoding; it was read as ${displayName(guess)}.` }
      : contradiction(declared, guess)),
  };
}

function contradiction(declared: Declared | undefined, found: EncodingName): { assumption?: string } {
  if (declared === undefined || declared.name === found) return {};
  return {
    assumption: `The file declares ${declared.label} but is ${displayName(found)}; it was read as ${displayName(found)}.`,
  };
}

/** UTF-8 with some invalid bytes: it has more sound characters beyond ASCII than bytes that belong to none. */
function isDamagedUtf8(bytes: Buffer): boolean {
  let sound = 0;
  let broken = 0;
  for (let at = 0; at < bytes.length;) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead >= 0xc2 && lead < 0xf5 && isUtf8(bytes.subarray(at, at + length))) {
      sound++;
      at += length;
    } else {
      broken++;
      at++;
    }
  }
  return sound > broken;
}

function decodes(bytes: Buffer, name: EncodingName, whole = true): boolean {
  try {
    new TextDecoder(name, { fatal: true }).decode(bytes, { stream: !whole });
    return true;
  } catch (cause) {
    if (cause instanceof TypeError || cause instanceof RangeError) return false;
    throw cause;
  }
}
