/** Why a PDF cannot be transcribed, in words a person can act on. */
import type { ErrorCode } from '../../../core/errors.ts';
import { PatentLabError } from '../../../core/errors.ts';

const error = (
  code: ErrorCode,
  file: string,
  detail: string,
  remedy: string,
  cause?: unknown,
): PatentLabError =>
  new PatentLabError({ code, message: `${file}: ${detail}`, remedy, place: { file } }, { cause });

const FETCH_AGAIN = 'Fetch the file again from its source; the download or copy may have stopped early.';

export const notAPdf = (file: string): PatentLabError =>
  error(
    'unknown-format',
    file,
    'The name says PDF, but the content is none.',
    'Give the file the name ending that fits its content, or fetch it again from its source.',
  );

export const encrypted = (file: string): PatentLabError =>
  error(
    'file-unreadable',
    file,
    'The PDF is encrypted and needs a password.',
    'Open it in a PDF viewer with the password and save a copy without one.',
  );

export const damaged = (file: string, detail: string, cause?: unknown): PatentLabError =>
  error('file-unreadable', file, `The PDF is damaged (${detail}).`, FETCH_AGAIN, cause);

export const truncated = (file: string): PatentLabError =>
  error('file-unreadable', file, 'The PDF is cut off: its end is missing.', FETCH_AGAIN);

export const noPages = (file: string): PatentLabError =>
  error('file-empty', file, 'The PDF has no pages.', FETCH_AGAIN);

export const noText = (file: string, pages: number): PatentLabError =>
  error(
    'file-empty',
    file,
    `The PDF holds no text: its ${pages === 1 ? 'page is a picture' : `${pages} pages are pictures`}, such as a scan.`,
    'Run text recognition (OCR) on it, for example with ocrmypdf or a PDF editor, or fetch the text or XML of the same publication from the office.',
  );

export const tooManyPages = (file: string, pages: number, most: number): PatentLabError =>
  error(
    'file-too-large',
    file,
    `The PDF has ${pages} pages; Patent Lab reads up to ${most}.`,
    'Split it into one file for each patent.',
  );

export const tooManyBytes = (file: string, bytes: number, most: number): PatentLabError =>
  error(
    'file-too-large',
    file,
    `The PDF has ${Math.ceil(bytes / 2 ** 20)} MB; Patent Lab reads up to ${most / 2 ** 20} MB.`,
    'Split it into one file for each patent, or save it with smaller pictures.',
  );

export const tooMuchMemory = (file: string, megabytes: number): PatentLabError =>
  error(
    'file-too-large',
    file,
    `Reading the PDF takes more than ${megabytes} MB of memory.`,
    'A patent does not look like this. Check where the file comes from; if it is right, save it anew from a PDF viewer or split it.',
  );

export const tooSlow = (file: string, page: number | undefined, seconds: number): PatentLabError =>
  error(
    'file-unreadable',
    file,
    `${page === undefined ? 'Opening the PDF' : `Page ${page} of the PDF`} takes longer than ${seconds} s.`,
    'A patent does not look like this. Check where the file comes from; if it is right, save it anew from a PDF viewer.',
  );
