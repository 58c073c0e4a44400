/** The patents that a request names: files, folders, unsaved text, one record of a corpus, or a selection. */
import { PatentLabError } from '../../core/errors.ts';
import { readText } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';
import { CleanTextBuilder } from '../../core/text/clean-text.ts';
import type { Span } from '../../core/text/span.ts';
import type { DocumentTarget } from '../../protocol/engine.ts';
import { readError } from '../files/errors.ts';
import { expandPath, readFileDocuments } from '../files/read-documents.ts';

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

export async function* readTarget(target: DocumentTarget): AsyncGenerator<TargetOutcome> {
  const { path } = target;
  if (target.selection && target.text !== undefined) {
    yield selectionOutcome(target.text, target.selection, path);
    return;
  }
  let found = false;
  const outcomes = target.text === undefined ? readFileDocuments(path) : readText(target.text, path);
  for await (const outcome of outcomes) {
    if (outcome.kind === 'failure') {
      if (target.id === undefined)
        yield { kind: 'failure', path, index: outcome.index, error: outcome.error };
      continue;
    }
    if (target.id !== undefined && outcome.patent.id !== target.id) continue;
    found = true;
    yield { kind: 'patent', patent: outcome.patent, path, partial: false };
    if (target.id !== undefined) return;
  }
  if (target.id !== undefined && !found) {
    const error = new PatentLabError({
      code: 'not-a-patent',
      message: `${path} has no document with the id ${target.id}.`,
      remedy: 'Save the file, or pick the record again.',
      place: { file: path },
    });
    yield { kind: 'failure', path, index: 0, error };
  }
}

/** The selected text as a document of its own, markup left out. */
function selectionOutcome(text: string, selection: Span, path: string): TargetOutcome {
  const builder = new CleanTextBuilder('layout');
  const source = text.slice(selection.start, selection.end);
  let at = 0;
  for (const tag of source.matchAll(/<[^<>]*>/g)) {
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
    gaps: [],
  };
  return { kind: 'patent', patent, path, partial: true };
}
