/** What is compared: the real and the synthetic documents of a workspace, or of files that are named. */
import path from 'node:path';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { PatentLabError } from '../../core/errors.ts';
import { type ErrorReport, toErrorReport } from '../../core/errors.ts';
import type { View } from '../../core/patent/view.ts';
import type { FidelityInput, FidelityScope } from '../../protocol/fidelity.ts';
import { expandPath } from '../files/read-documents.ts';
import { hashInputs, workspaceFiles } from '../leakage/inputs.ts';
import type { Task } from '../task.ts';
import { duplicateId, readRecords } from '../workspace/records.ts';
import { syntheticFiles } from '../workspace/synthetic.ts';
import { workspacePath, type Workspace } from '../workspace/workspace.ts';
import { scoredDocument, type ScoredDocument } from './documents.ts';

export interface FidelityCorpus {
  /** A name for a person. */
  readonly subject: string;
  readonly scope: FidelityScope;
  readonly real: readonly ScoredDocument[];
  readonly synthetic: readonly ScoredDocument[];
  readonly taxonomy?: { readonly file: string; readonly labels: Taxonomy['labels'] };
  readonly inputs: readonly FidelityInput[];
  /** What was left out, in sentences. */
  readonly notes: readonly string[];
  readonly problems: readonly ErrorReport[];
}

/** Rejected documents will not be used, so that they are not scored either. */
export async function workspaceDocuments(
  workspace: Workspace,
  scope: FidelityScope,
  view: View,
  task: Task,
): Promise<FidelityCorpus> {
  const { root, taxonomy } = workspace;
  const ids = taxonomy?.labels.map(({ id }) => id) ?? [];
  const named = (labels: readonly number[]): readonly string[] => labels.map((label) => ids[label] ?? '');
  const real = workspace.documents
    .filter(({ provenance }) => provenance === 'real')
    .map(({ patent, labels }) => scoredDocument(patent, view, named(labels)));
  const all = syntheticOf(workspace, scope).map(({ patent, labels, verdict }) =>
    scoredDocument(patent, view, named(labels), verdict),
  );
  const synthetic = all.filter(({ verdict }) => verdict !== 'rejected');
  const rejected = all.length - synthetic.length;
  const shown = (file: string): string => {
    const inside = workspacePath(root, file);
    return inside.startsWith('../') ? file : inside;
  };
  const files = [...workspaceFiles(workspace), ...(await syntheticFiles(root, workspace.config))];
  return {
    subject: subjectOf(scope, root, shown),
    scope,
    real,
    synthetic,
    ...(taxonomy ? { taxonomy: { file: shown(workspace.taxonomyFile), labels: taxonomy.labels } } : {}),
    inputs: await hashInputs(files, shown, task),
    notes: rejected > 0 ? [`${rejected} rejected synthetic documents are left out.`] : [],
    problems: workspace.problems.map((problem) => toErrorReport(problem)),
  };
}

type Made = Workspace['synthetic'][number];

/** Those of the synthetic folder, and those that stand in a corpus. */
function syntheticOf(workspace: Workspace, scope: FidelityScope): readonly Made[] {
  const inFolder = new Set(workspace.synthetic.map(({ patent }) => `${patent.source.file}\n${patent.id}`));
  const inCorpora = workspace.documents.filter(
    ({ patent, provenance }) =>
      provenance === 'synthetic' && !inFolder.has(`${patent.source.file}\n${patent.id}`),
  );
  const all: readonly (Omit<Made, 'origin'> & Partial<Made>)[] = [...workspace.synthetic, ...inCorpora];
  const made = all.map((document): Made => ({ ...document, origin: document.origin ?? { parents: [] } }));
  switch (scope.kind) {
    case 'workspace':
      return made;
    case 'file': {
      const file = path.resolve(workspace.root, scope.path);
      return made.filter(({ patent }) => path.resolve(workspace.root, patent.source.file) === file);
    }
    case 'run':
      return made.filter(({ origin }) => origin.run === scope.run);
  }
}

function subjectOf(scope: FidelityScope, root: string, shown: (file: string) => string): string {
  switch (scope.kind) {
    case 'workspace':
      return path.basename(root);
    case 'file':
      return shown(path.resolve(root, scope.path));
    case 'run':
      return scope.run;
  }
}

export interface FidelityFiles {
  readonly real: readonly string[];
  readonly synthetic: readonly string[];
  readonly taxonomy?: { readonly file: string; readonly taxonomy: Taxonomy };
}

/** The side a document is on is the side its file was named on; a real file's synthetic records count on neither. */
export async function fileDocuments(files: FidelityFiles, view: View, task: Task): Promise<FidelityCorpus> {
  const problems: PatentLabError[] = [];
  const real = await readSide(files.real, view, problems, task);
  const synthetic = await readSide(files.synthetic, view, problems, task);
  const isReal = ({ patent }: ScoredDocument): boolean => (patent.record?.provenance ?? 'real') === 'real';
  const kept = real.documents.filter(isReal);
  const other = real.documents.length - kept.length;
  const { taxonomy } = files;
  const read = [...(taxonomy ? [taxonomy.file] : []), ...real.files, ...synthetic.files];
  return {
    subject: files.synthetic.join(', '),
    scope: { kind: 'file', path: files.synthetic.join(', ') },
    real: kept,
    synthetic: synthetic.documents,
    ...(taxonomy ? { taxonomy: { file: taxonomy.file, labels: taxonomy.taxonomy.labels } } : {}),
    inputs: await hashInputs(read, (file) => file, task),
    notes:
      other > 0
        ? [
            `${other} records of the real documents say that they are synthetic or duplicates; they are left out.`,
          ]
        : [],
    problems: problems.map((problem) => problem.report()),
  };
}

async function readSide(
  sources: readonly string[],
  view: View,
  problems: PatentLabError[],
  task: Task,
): Promise<{ readonly files: readonly string[]; readonly documents: readonly ScoredDocument[] }> {
  const files = (await Promise.all(sources.map(expandPath))).flat();
  const documents: ScoredDocument[] = [];
  const places = new Map<string, string>();
  for (const file of files) {
    for (const outcome of await readRecords(file)) {
      if (documents.length % 64 === 0) await task.checkpoint();
      if (outcome.kind === 'failure') {
        problems.push(outcome.error);
        continue;
      }
      const { patent } = outcome;
      const before = places.get(patent.id);
      if (before !== undefined) {
        problems.push(duplicateId(patent, before));
        continue;
      }
      places.set(patent.id, file);
      documents.push(scoredDocument(patent, view, patent.record?.labels ?? null));
    }
  }
  return { files, documents };
}
