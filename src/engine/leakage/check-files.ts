/**
 * The leaks of any number of files, one document after the other: what stands in the text of each, and then what
 * documents have to do with each other. The first part keeps one document in memory; the second, which is left out
 * where there is nothing to compare, keeps title, abstract and claims of all.
 */
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import { PatentLabError } from '../../core/errors.ts';
import { checkPatent } from '../../core/leakage/check.ts';
import type { Finding } from '../../core/leakage/finding.ts';
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import type { Format, Patent } from '../../core/patent/model.ts';
import type { ReadOutcome } from '../../core/patent/reader.ts';
import { readError } from '../files/errors.ts';
import { expandPath, readFileDocuments, readWhole } from '../files/read-documents.ts';
import type { Task } from '../task.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { comparedOf, sideOf, type Compared, type Side } from './compared.ts';
import { copyingDocuments, crossingPairs } from './comparison.ts';
import { copyFinding } from './copied.ts';
import { contaminationFinding, explain } from './explain.ts';
import { instructionFindings } from './instructions.ts';
import { labelsOf, relationsOf } from './relations.ts';
import { WorkspaceIndex } from './workspace-index.ts';

export interface CheckedSource {
  /** A file, a folder or an archive. */
  readonly path: string;
  /** The side all its documents are on; without it, each record says for itself. */
  readonly side?: Side;
  /** Only what synthetic documents may have been copied from; its own documents are not checked. */
  readonly isSeed?: boolean;
}

export interface CheckRequest {
  readonly taxonomy: Taxonomy;
  readonly sources: readonly CheckedSource[];
  /** Its decisions count before the labels of the records. */
  readonly workspace?: Workspace;
  /** `each-other`: the documents of the sources; `workspace`: each of them with the documents of the workspace. */
  readonly compare: 'each-other' | 'workspace';
}

export interface CheckedDocument {
  readonly kind: 'document';
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** Which document of the file, from 0. */
  readonly index: number;
  readonly findings: readonly Finding[];
  /** Ids of labels that it has and the taxonomy lacks, so that nothing could be looked for. */
  readonly unknownLabels: readonly string[];
}

export type CheckOutcome =
  | CheckedDocument
  /** What a document has to do with others; it was reported as a `document` before. */
  | {
      readonly kind: 'relations';
      readonly id: string;
      readonly file: string;
      readonly index: number;
      readonly findings: readonly Finding[];
    }
  | {
      readonly kind: 'failure';
      readonly file: string;
      readonly index: number;
      readonly error: PatentLabError;
    }
  /** Pairs of documents that look alike and were too many to compare. */
  | { readonly kind: 'left-out'; readonly pairs: number };

/** @throws PatentLabError `cancelled`. */
export async function* checkFiles(request: CheckRequest, task: Task): AsyncGenerator<CheckOutcome> {
  const { taxonomy, workspace, compare } = request;
  const matcher = new TermMatcher(taxonomy);
  const sources = new SourceTexts();
  const index =
    workspace && compare === 'workspace' ? await WorkspaceIndex.build(workspace, task) : undefined;
  const met = { test: false, train: false, synthetic: false };
  let documents = 0;
  for await (const { source, outcome, file } of readSources(request.sources, task)) {
    if (outcome.kind === 'failure') {
      yield { kind: 'failure', file, index: outcome.index, error: outcome.error };
      continue;
    }
    if (source.isSeed) continue;
    const { patent } = outcome;
    if (documents++ % 16 === 0) task.progress('Checking', documents);
    met[source.side ?? sideOf(patent)] = true;
    met.synthetic ||= patent.record?.provenance === 'synthetic';
    const labels = workspace ? labelsOf(patent, workspace) : patent.record?.labels;
    const text = await sources.of(patent);
    const findings = checkPatent(patent, {
      matcher,
      assigned: labels && new Set(labels.flatMap((label) => taxonomy.index.get(label) ?? [])),
      ...(text === undefined ? {} : { source: text }),
    });
    findings.push(
      ...(await ownRelations(patent, labels, { workspace, index, matcher, side: source.side }, task)),
    );
    yield {
      kind: 'document',
      id: patent.id,
      title: patent.title?.text ?? '',
      file: patent.source.file,
      index: patent.source.index,
      findings,
      unknownLabels: (labels ?? []).filter((label) => !taxonomy.index.has(label)),
    };
  }
  if (!index && ((met.test && met.train) || met.synthetic)) yield* compareEachOther(request, task);
}

interface Surroundings {
  readonly workspace: Workspace | undefined;
  readonly index: WorkspaceIndex | undefined;
  readonly matcher: TermMatcher;
  readonly side: Side | undefined;
}

async function ownRelations(
  patent: Patent,
  labels: readonly string[] | undefined,
  { workspace, index, matcher, side }: Surroundings,
  task: Task,
): Promise<readonly Finding[]> {
  if (workspace && index) return (await relationsOf(patent, workspace, index, matcher, task)).findings;
  return instructionFindings(comparedOf(patent, side ?? sideOf(patent), labels), matcher);
}

/** Documents of both sides, and synthetic ones with what they were copied from; seeds are on no side. */
async function* compareEachOther(request: CheckRequest, task: Task): AsyncGenerator<CheckOutcome> {
  const documents: Compared[] = [];
  const seeds: Compared[] = [];
  for await (const { source, outcome } of readSources(request.sources, task)) {
    if (outcome.kind === 'failure') continue;
    if (documents.length % 64 === 0) task.progress('Reading for comparison', documents.length);
    const { patent } = outcome;
    if (source.isSeed) seeds.push(comparedOf(patent, 'train'));
    else documents.push(comparedOf(patent, source.side ?? sideOf(patent)));
  }
  const { pairs, leftOut } = await crossingPairs(documents, task);
  for (const { test, other, jaccard } of pairs) {
    await task.checkpoint();
    const { id, file, index } = test;
    const finding = contaminationFinding(test, other, explain(test, other, jaccard));
    yield { kind: 'relations', id, file, index, findings: [finding] };
  }
  if (leftOut > 0) yield { kind: 'left-out', pairs: leftOut };
  for await (const { document, copies } of copyingDocuments([...documents, ...seeds], task)) {
    const { id, file, index } = document;
    const findings = copies.map((copy) => copyFinding(document, copy));
    yield { kind: 'relations', id, file, index, findings };
  }
}

interface ReadSource {
  readonly source: CheckedSource;
  readonly file: string;
  readonly outcome: ReadOutcome;
}

/** A path that is not there is a failure like any other. */
async function* readSources(sources: readonly CheckedSource[], task: Task): AsyncGenerator<ReadSource> {
  for (const source of sources) {
    try {
      for (const file of await expandPath(source.path)) {
        for await (const outcome of readFileDocuments(file)) {
          await task.checkpoint();
          const place = outcome.kind === 'patent' ? outcome.patent.source.file : outcome.error.place?.file;
          yield { source, file: place ?? file, outcome };
        }
      }
    } catch (cause) {
      if (cause instanceof PatentLabError && cause.code === 'cancelled') throw cause;
      const failure: ReadOutcome = { kind: 'failure', error: readError(source.path, cause), index: 0 };
      yield { source, file: source.path, outcome: failure };
    }
  }
}

/** Files of one or a few documents, in which hidden characters are looked for between the passages too. */
const WHOLE: ReadonlySet<Format> = new Set([
  'us-xml',
  'us-st32',
  'us-2001',
  'epo-xml',
  'epo-ops',
  'st36',
  'st96',
  'cnipa-xml',
  'text',
  'markdown',
]);
/** Characters of the longest file that is looked through whole. [ours] */
const LONGEST = 20_000_000;

/** The text of the file a patent stands in; the last one is kept, because documents of one file follow each other. */
class SourceTexts {
  #file = '';
  #text: string | undefined;

  async of({ format, source: { file } }: Patent): Promise<string | undefined> {
    if (!WHOLE.has(format)) return undefined;
    if (file !== this.#file) {
      this.#file = file;
      // Its passages are checked all the same.
      this.#text = await readWhole(file, LONGEST).catch(() => undefined);
    }
    return this.#text;
  }
}
