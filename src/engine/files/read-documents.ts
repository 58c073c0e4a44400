/** Patents from files and folders: streamed, one file at a time, each failure costing only itself. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import type { ErrorCode } from '../../core/errors.ts';
import type { ReadOutcome } from '../../core/patent/reader.ts';
import { readDocuments } from '../../core/patent/formats.ts';
import { FileText } from './decoding.ts';
import { readError } from './errors.ts';

/** Files that can hold patents, by extension. */
export const PATENT_EXTENSIONS = ['xml', 'txt', 'md', 'jsonl', 'csv'] as const;

/** Folders that never hold an analyst's documents. */
const IGNORED = ['**/node_modules/**', '**/.git/**', '**/.patent-lab/**'];

/** Files in a folder of patents that are none by their name: our own, and what every project has. */
const NO_PATENTS = ['**/labels.jsonl', '**/*-predictions.{csv,jsonl}', '**/{README,CHANGELOG,LICENSE}{,.*}'];

/** Behind these nothing of a file is read, however long it is. */
const REFUSED: ReadonlySet<ErrorCode> = new Set(['unknown-format', 'table-no-columns']);

export async function* readFileDocuments(file: string, shown = file): AsyncGenerator<ReadOutcome> {
  const text = new FileText(file);
  let index = 0;
  let failed = false;
  try {
    for await (const read of readDocuments(text.chunks(), shown)) {
      const outcome = withValidText(read, text, shown);
      yield outcome;
      if (outcome.kind === 'failure' && REFUSED.has(outcome.error.code)) return;
      failed ||= outcome.kind === 'failure';
      index = (outcome.kind === 'patent' ? outcome.patent.source.index : outcome.index) + 1;
    }
    const [rest] = text.takeInvalid();
    if (rest && !failed) yield { kind: 'failure', error: text.encodingInvalid(shown, rest), index };
  } catch (cause) {
    yield { kind: 'failure', error: readError(shown, cause), index };
  }
}

/** A document with bytes in it that are no text is refused, and for that reason; the others of its file are not. */
function withValidText(outcome: ReadOutcome, text: FileText, shown: string): ReadOutcome {
  if (outcome.kind === 'failure') {
    const [place] = outcome.error.code === 'not-a-patent' ? text.takeInvalid() : [];
    return place ? { ...outcome, error: text.encodingInvalid(shown, place) } : outcome;
  }
  const { index, span } = outcome.patent.source;
  const place = text.takeInvalid(span.end).find(({ offset }) => offset >= span.start);
  return place ? { kind: 'failure', error: text.encodingInvalid(shown, place), index } : outcome;
}

/** All of a file's text; throws where its bytes are none. */
export async function readWhole(file: string): Promise<string> {
  const text = new FileText(file);
  const pieces: string[] = [];
  for await (const piece of text.chunks()) pieces.push(piece);
  const [place] = text.takeInvalid();
  if (place) throw text.encodingInvalid(file, place);
  return pieces.join('');
}

/** The patent files a path stands for: itself, or all of a folder, sorted. Throws `file-not-found`. */
export async function expandPath(target: string): Promise<readonly string[]> {
  const information = await stat(target).catch((cause: unknown) => {
    throw readError(target, cause);
  });
  if (!information.isDirectory()) return [target];
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
    ignore: [...IGNORED, ...except],
    onlyFiles: true,
    caseSensitiveMatch: !anyCase,
  });
  return found.map((file) => path.normalize(file)).sort();
}
