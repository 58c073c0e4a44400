/** What an audit reads: the labelled documents of a workspace or of corpus files, with the hashes of all of it. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { PatentLabError } from '../../core/errors.ts';
import { CLASSIFIER_FILE } from '../classifier/format.ts';
import type { Engine } from '../engine.ts';
import { expandPath } from '../files/read-documents.ts';
import type { Task } from '../task.ts';
import { readLabelledDocuments } from '../workspace/records.ts';
import { classifierFolder, noTaxonomy, workspacePath, type Workspace } from '../workspace/workspace.ts';
import type { AuditedClassifier, AuditedCorpus } from './audit.ts';
import type { Side } from './compared.ts';
import { hashInputs, workspaceFiles } from './inputs.ts';

/** The classifier of a folder, and the embeddings that are cached with `root`. */
export async function auditedClassifier(
  engine: Engine,
  folder: string,
  root: string,
): Promise<AuditedClassifier> {
  const classifier = await engine.classifier(folder);
  return { classifier, embedder: await engine.embedderOf(classifier, root) };
}

/** The workspace's own classifier, if it has one. */
export async function workspaceClassifier(
  engine: Engine,
  workspace: Workspace,
): Promise<AuditedClassifier | undefined> {
  const folder = classifierFolder(workspace);
  return existsSync(path.join(folder, CLASSIFIER_FILE))
    ? auditedClassifier(engine, folder, workspace.root)
    : undefined;
}

/** @throws PatentLabError `taxonomy-missing`. */
export async function workspaceCorpus(
  workspace: Workspace,
  audited: AuditedClassifier | undefined,
  task: Task,
): Promise<AuditedCorpus> {
  const { root, taxonomy, taxonomyFile, documents } = workspace;
  if (!taxonomy) throw noTaxonomy(workspace);
  const shown = (file: string): string => {
    const inside = workspacePath(root, file);
    return inside.startsWith('../') ? file : inside;
  };
  const inputs = await hashInputs([...workspaceFiles(workspace), ...weightsOf(audited)], shown, task);
  return { taxonomy, taxonomyFile: shown(taxonomyFile), documents, inputs };
}

export interface CorpusFile {
  readonly path: string;
  /** The side its documents are on, whatever their records state. */
  readonly side?: Side;
}

/** @param problems takes what could not be taken over. */
export async function filesCorpus(
  taxonomy: Taxonomy,
  taxonomyFile: string,
  sources: readonly CorpusFile[],
  audited: AuditedClassifier | undefined,
  problems: PatentLabError[],
  task: Task,
): Promise<AuditedCorpus> {
  const sides = new Map<string, Side | undefined>();
  for (const { path: source, side } of sources) {
    for (const file of await expandPath(source)) sides.set(file, side);
  }
  const files = [...sides.keys()];
  const read = await readLabelledDocuments(files, taxonomy, problems);
  const documents = read.map((document) => onSide(document, sides));
  const inputs = await hashInputs([taxonomyFile, ...files, ...weightsOf(audited)], (file) => file, task);
  return { taxonomy, taxonomyFile, documents, inputs };
}

function onSide(document: LabelledDocument, sides: ReadonlyMap<string, Side | undefined>): LabelledDocument {
  const side = sides.get(document.patent.source.file);
  return side === undefined ? document : { ...document, split: side };
}

const weightsOf = (audited: AuditedClassifier | undefined): readonly string[] =>
  audited ? [path.join(audited.classifier.folder, CLASSIFIER_FILE)] : [];
