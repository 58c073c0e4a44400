/** The patents that a request names: files, folders, unsaved text, one record of a corpus, or a selection. */
import { PatentLabError } from '../../core/errors.ts';
import { NO_BIBLIOGRAPHY } from '../../core/patent/bibliography.ts';
import { readText, type ReadingOptions } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';
import { CleanTextBuilder } from '../../core/text/clean-text.ts';
import type { Span } from '../../core/text/span.ts';
import type { DocumentTarget } from '../../protocol/engine.ts';
import { readError } from '../files/errors.ts';
import { expandPath, readFileDocuments, readWhole } from '../files/read-documents.ts';

/** `path` is the file a document stands in; out of an archive, its member, with the archive as a folder. */
export type TargetOutcome =
  | { readonly kind: 'patent'; readonly patent: Patent; readonly path: string; readonly partial: boolean }
  | {
      readonly kind: 'failure';
      readonly path: string;
      readonly index: number;
      readonly error: PatentLabError;
    };

/** All files the targets stand for are counted first, so that progress has a total. */
export async function expandTargets(
  targets: readonly DocumentTarget[],
): Promise<readonly (DocumentTarget | TargetOutcome)[]> {
  const expanded: (DocumentTarget | TargetOutcome)[] = [];
  for (const target of targets) {
    if (target.text !== undefined || target.id !== undefined) {
      expanded.push(target);
      continue;
    }
    try {
      for (const path of await expandPath(target.path)) expanded.push({ ...target, path });
    } catch (cause) {
      expanded.push({ kind: 'failure', path: target.path, index: 0, error: readError(target.path, cause) });
    }
  }
  return expanded;
}

/** @param options how the files of the target's workspace are read, such as the meaning of its tables' columns. */
export async function* readTarget(
  target: DocumentTarget,
  options: ReadingOptions = {},
): AsyncGenerator<TargetOutcome> {
  const { path } = target;
  if (target.selection) {
    yield await selected(target.text, target.selection, path);
    return;
  }
  let read = 0;
  const failures: TargetOutcome[] = [];
  const outcomes =
    target.text === undefined ? readFileDocuments(path, path, options) : readText(target.text, path, options);
  for await (const outcome of outcomes) {
    if (outcome.kind === 'failure') {
      const { index, error } = outcome;
      const failure: TargetOutcome = { kind: 'failure', path: error.place?.file ?? path, index, error };
      if (target.id === undefined) yield failure;
      else failures.push(failure);
      continue;
    }
    read++;
    if (target.id !== undefined && outcome.patent.id !== target.id) continue;
    const { patent } = outcome;
    yield { kind: 'patent', patent, path: patent.source.file, partial: false };
    if (target.id !== undefined) return;
  }
  if (target.id === undefined) return;
  // Where nothing can be read, the reason is not that the record is missing.
  const [failure] = failures;
  yield failure && read === 0 ? failure : recordMissing(path, target.id);
}

const recordMissing = (path: string, id: string): TargetOutcome => ({
  kind: 'failure',
  path,
  index: 0,
  error: new PatentLabError({
    code: 'not-a-patent',
    message: `${path} has no document with the id ${id}.`,
    remedy: 'Save the file, or pick the record again.',
    place: { file: path },
  }),
});

async function selected(text: string | undefined, selection: Span, path: string): Promise<TargetOutcome> {
  try {
    return selectionOutcome(text ?? (await readWhole(path)), selection, path);
  } catch (cause) {
    return { kind: 'failure', path, index: 0, error: readError(path, cause) };
  }
}

/** The selected text as a document of its own, the markup of an XML file left out. */
function selectionOutcome(text: string, selection: Span, path: string): TargetOutcome {
  const builder = new CleanTextBuilder('layout');
  const source = text.slice(selection.start, selection.end);
  const isXml = /\.xml$/i.test(path) || /^\s*<[?!a-z]/i.test(text);
  let at = 0;
  for (const tag of isXml ? source.matchAll(/<[^<>]*>/g) : []) {
    builder.verbatim(source.slice(at, tag.index), selection.start + at);
    builder.blank();
    at = tag.index + tag[0].length;
  }
  builder.verbatim(source.slice(at), selection.start + at);
  const cleaned = builder.build();
  if (cleaned.text === '') {
    const error = new PatentLabError({
      code: 'file-empty',
      message: 'The selection holds no text.',
      remedy: 'Select the passage to classify.',
      place: { file: path },
    });
    return { kind: 'failure', path, index: 0, error };
  }
  const patent: Patent = {
    id: 'selection',
    office: 'XX',
    format: 'text',
    source: { file: path, index: 0, span: selection },
    abstract: { text: cleaned.text, map: cleaned.map, span: selection },
    claims: [],
    description: [],
    classifications: [],
    bibliography: NO_BIBLIOGRAPHY,
    translations: [],
    gaps: [],
  };
  return { kind: 'patent', patent, path, partial: true };
}
