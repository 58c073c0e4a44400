/**
 * The text of a PDF in reading order, piece by piece. Only text is taken: pictures, forms, scripts and attached files
 * of the PDF are neither run nor read, and nothing is fetched. How the text is put in order is in core/patent/pdf.
 */
import { open } from 'node:fs/promises';
import { PdfTranscriber } from '../../../core/patent/pdf/transcriber.ts';
import { readError } from '../errors.ts';
import { noPages, noText, notAPdf, tooManyBytes, tooManyPages, truncated } from './errors.ts';
import type { PageAnswer } from './thread.ts';
import { PdfThread } from './thread.ts';

/** A patent has tens of pages, a sequence listing thousands. [ours] */
export const MOST_PAGES = 10_000;
/** pdf.js holds a file in memory as a whole. [ours] */
export const MOST_BYTES = 256 * 2 ** 20;
/** For opening a file, and for each page, which takes milliseconds in a patent. [ours] */
export const MOST_SECONDS = 30;
/** A page of a patent has up to some thousand pieces of text. [ours] */
const MOST_PIECES = 20_000;

/** A viewer accepts some bytes before the header and behind the end. */
const HEADER_WITHIN = 1024;
const END_WITHIN = 2048;
const END = /%%EOF|startxref\s+\d/;

/** A file by its path, or its bytes, which are copied. */
export type PdfFile = string | { readonly name: string; readonly bytes: Uint8Array };

/**
 * Throws {@link PatentLabError}: `unknown-format` for what is no PDF, `file-unreadable` where it is encrypted, cut off
 * or damaged, `file-empty` without text, `file-too-large` beyond the limits. A page that cannot be read does not end
 * the transcription; its mark says so. Ending the generator early ends all work on the file.
 *
 * @param shown the name in errors
 * @param seconds the limit for opening the file and for each page
 */
export async function* transcribePdf(
  source: PdfFile,
  shown = typeof source === 'string' ? source : source.name,
  seconds = MOST_SECONDS,
): AsyncGenerator<string> {
  await checkEnds(source, shown);
  const thread = new PdfThread(shown, seconds);
  try {
    const pages = await thread.open(typeof source === 'string' ? { file: source } : { bytes: source.bytes });
    if (pages === 0) throw noPages(shown);
    if (pages > MOST_PAGES) throw tooManyPages(shown, pages, MOST_PAGES);
    const transcriber = new PdfTranscriber(pages);
    for (let number = 1; number <= pages; number++) {
      const answer = await thread.page(number);
      const ready =
        answer.kind === 'page' && answer.page.items.length <= MOST_PIECES
          ? transcriber.push(answer.page)
          : transcriber.pushUnreadable(whyUnreadable(answer, number === pages));
      if (ready !== '') yield ready;
    }
    const rest = transcriber.end();
    if (!transcriber.hasText) throw noText(shown, pages);
    yield rest;
  } finally {
    await thread.close();
  }
}

function whyUnreadable(answer: PageAnswer, last: boolean): string {
  if (answer.kind === 'page') return `left out, because it has more than ${MOST_PIECES} pieces of text`;
  // In a damaged list of pages pdf.js counts only up to the damage.
  return `could not be read${last ? ', and pages behind it may be missing' : ''} (${answer.message.replace(/\s+/g, ' ')})`;
}

/** Refuses by size, and by what is missing at the ends, before anything is parsed. */
async function checkEnds(source: PdfFile, shown: string): Promise<void> {
  const { size, head, tail } =
    typeof source === 'string' ? await endsOfFile(source, shown) : endsOf(source.bytes);
  if (!head.includes('%PDF-')) throw notAPdf(shown);
  if (size > MOST_BYTES) throw tooManyBytes(shown, size, MOST_BYTES);
  if (!END.test(tail)) throw truncated(shown);
}

interface Ends {
  readonly size: number;
  readonly head: string;
  readonly tail: string;
}

function endsOf(bytes: Uint8Array): Ends {
  const text = (from: number, to?: number): string => Buffer.from(bytes.slice(from, to)).toString('latin1');
  return {
    size: bytes.length,
    head: text(0, HEADER_WITHIN),
    tail: text(Math.max(0, bytes.length - END_WITHIN)),
  };
}

async function endsOfFile(file: string, shown: string): Promise<Ends> {
  try {
    const handle = await open(file);
    try {
      const { size } = await handle.stat();
      const read = async (position: number, length: number): Promise<string> => {
        const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
        return buffer.subarray(0, bytesRead).toString('latin1');
      };
      return {
        size,
        head: await read(0, HEADER_WITHIN),
        tail: await read(Math.max(0, size - END_WITHIN), END_WITHIN),
      };
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw readError(shown, cause);
  }
}
