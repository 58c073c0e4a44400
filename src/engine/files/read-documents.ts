/**
 * Patents from files, archives and folders: streamed, one text at a time, each failure costing only itself. A document
 * out of an archive has the member's path, with the archive as a folder, as its file.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { PatentLabError, type ErrorCode } from '../../core/errors.ts';
import { readDocuments, type ReadingOptions, type ResumedReadingOptions } from '../../core/patent/formats.ts';
import type { ResumePoint } from '../../core/patent/reader.ts';
import type { ReadOutcome } from '../../core/patent/reader.ts';
import { archiveUnreadable } from './archive/errors.ts';
import type { OnRead } from './content.ts';
import type { SourceText } from './decoding.ts';
import { readError } from './errors.ts';
import { withPatience } from './patience.ts';
import { IGNORED_FOLDERS, NO_PATENTS, PATENT_EXTENSIONS } from './patent-files.ts';
import { locate, openSource } from './source.ts';

/** Behind these nothing of a file is read, however long it is. */
const REFUSED: ReadonlySet<ErrorCode> = new Set(['unknown-format', 'table-no-columns']);

export interface FileReadingOptions extends ReadingOptions {
  /** Goes on inside one file or member, named as its documents name it; what comes before is not read. */
  readonly from?: ResumePoint & { readonly file: string };
  /** Told up to which byte of the file on disk reading has come, of an archive the packed ones; not for all kinds. */
  readonly onRead?: OnRead;
}

/**
 * Reads what a path stands for: a file, an archive with all its members that can hold patents, or one member of it.
 * `index` counts within the file or member.
 */
export async function* readFileDocuments(
  file: string,
  shown = file,
  { from, onRead, ...options }: FileReadingOptions = {},
): AsyncGenerator<ReadOutcome> {
  let isBefore = from !== undefined;
  try {
    for await (const part of openSource(file, shown, onRead ? { onRead } : {})) {
      if (isBefore && part.shown !== from?.file) continue;
      const resumed = isBefore && from ? { ...options, from } : options;
      isBefore = false;
      if (part.kind === 'text') yield* readPart(part.text, part.shown, resumed);
      else yield { kind: 'failure', error: part.error, index: 0 };
    }
    if (isBefore) throw archiveUnreadable(shown, `${from?.file ?? ''}, where reading stopped, is gone.`);
  } catch (cause) {
    yield { kind: 'failure', error: readError(shown, cause), index: 0 };
  }
}

async function* readPart(
  text: SourceText,
  shown: string,
  options: ResumedReadingOptions,
): AsyncGenerator<ReadOutcome> {
  let index = 0;
  let failed = false;
  try {
    const tooSlow = (seconds: number): ReadOutcome => ({
      kind: 'failure',
      error: documentTooSlow(shown, seconds),
      index,
    });
    for await (const read of withPatience(readDocuments(text.chunks(), shown, options), tooSlow)) {
      const outcome = withAssumption(withValidText(read, text, shown), text);
      yield outcome;
      if (outcome.kind === 'failure' && REFUSED.has(outcome.error.code)) return;
      failed ||= outcome.kind === 'failure';
      index = (outcome.kind === 'patent' ? outcome.patent.source.index : outcome.index) + 1;
    }
    const broken = text.brokenBy();
    if (broken !== undefined) throw broken;
    const [rest] = text.takeInvalid();
    if (rest && !failed) yield { kind: 'failure', error: text.encodingInvalid(shown, rest), index };
  } catch (cause) {
    yield { kind: 'failure', error: readError(shown, cause), index };
  }
}

const documentTooSlow = (shown: string, seconds: number): PatentLabError =>
  new PatentLabError({
    code: 'file-too-large',
    message: `${shown}: A document took ${seconds.toFixed(0)} s; what follows it was not read.`,
    remedy: 'Patents do not look like this. Check where the file comes from; if it is right, split it.',
    place: { file: shown },
  });

/** A document with bytes in it that are no text is refused, and for that reason; the others of its file are not. */
function withValidText(outcome: ReadOutcome, text: SourceText, shown: string): ReadOutcome {
  if (outcome.kind === 'failure') {
    const [place] = outcome.error.code === 'not-a-patent' ? text.takeInvalid() : [];
    return place ? { ...outcome, error: text.encodingInvalid(shown, place) } : outcome;
  }
  const { index, span } = outcome.patent.source;
  const place = text.takeInvalid(span.end).find(({ offset }) => offset >= span.start);
  return place ? { kind: 'failure', error: text.encodingInvalid(shown, place), index } : outcome;
}

/** What had to be assumed to read the text is stated at each document that it touches. */
function withAssumption(outcome: ReadOutcome, text: SourceText): ReadOutcome {
  if (outcome.kind === 'failure') return outcome;
  const { patent } = outcome;
  const gap = text.assumption(patent.source.span.end);
  return gap ? { kind: 'patent', patent: { ...patent, gaps: [...patent.gaps, gap] } } : outcome;
}

/**
 * All of a file's text, or of one member of an archive: what the spans of its documents are offsets into.
 * @param longest in UTF-16 units; a longer text throws `file-too-large`.
 * @throws PatentLabError also where some of its bytes are no text, and for an archive of several members.
 */
export async function readWhole(file: string, longest = Infinity): Promise<string> {
  let whole: string | undefined;
  for await (const part of openSource(file)) {
    if (part.kind === 'failure') throw part.error;
    if (whole !== undefined) throw severalTexts(file);
    whole = await allOf(part.text, part.shown, longest);
  }
  if (whole === undefined) throw severalTexts(file);
  return whole;
}

async function allOf(text: SourceText, shown: string, longest: number): Promise<string> {
  const pieces: string[] = [];
  let length = 0;
  for await (const piece of text.chunks()) {
    pieces.push(piece);
    length += piece.length;
    if (length > longest) throw tooLong(shown, longest);
  }
  const broken = text.brokenBy();
  if (broken !== undefined) throw broken;
  const [place] = text.takeInvalid();
  if (place) throw text.encodingInvalid(shown, place);
  return pieces.join('');
}

const tooLong = (shown: string, longest: number): PatentLabError =>
  new PatentLabError({
    code: 'file-too-large',
    message: `${shown}: The text is longer than ${longest} characters, the most that is shown at once.`,
    remedy: 'Classify the file as it is, or split it into smaller files to look at its text.',
    place: { file: shown },
  });

const severalTexts = (file: string): PatentLabError =>
  archiveUnreadable(
    file,
    'This is an archive of several files, which have no text together; choose one of them.',
  );

/**
 * The patent files a path stands for: itself, also inside an archive, or all of a folder, sorted. An archive counts as
 * one file. Throws `file-not-found`.
 */
export async function expandPath(target: string): Promise<readonly string[]> {
  const { file, inside } = await locate(target);
  const information = await stat(file).catch((cause: unknown) => {
    throw readError(target, cause);
  });
  if (inside.length > 0 || !information.isDirectory()) return [target];
  return globFiles(target, [`**/*.{${PATENT_EXTENSIONS.join(',')}}`], { anyCase: true, except: NO_PATENTS });
}

/** Absolute paths, sorted so that every run reads in the same order. `anyCase` also finds `PATENT.XML`. */
export async function globFiles(
  root: string,
  patterns: readonly string[],
  { anyCase = false, except = [] }: { readonly anyCase?: boolean; readonly except?: readonly string[] } = {},
): Promise<readonly string[]> {
  const found = await glob([...patterns], {
    cwd: root,
    absolute: true,
    ignore: [...IGNORED_FOLDERS, ...except],
    onlyFiles: true,
    caseSensitiveMatch: !anyCase,
  });
  return found.map((file) => path.normalize(file)).sort();
}
