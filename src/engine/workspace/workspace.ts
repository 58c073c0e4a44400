/** A workspace as it stands on disk: its taxonomy, labelled documents and decisions, with every problem named. */
import path from 'node:path';
import { findDecision, decisionKey } from '../../core/corpus/decision-keys.ts';
import { parseDecisions, type DocumentDecision } from '../../core/corpus/decisions.ts';
import { linkGroups, type LabelledDocument } from '../../core/corpus/labelled.ts';
import { counts } from '../../core/corpus/synthetic-review.ts';
import { parseTaxonomy, type Taxonomy } from '../../core/corpus/taxonomy.ts';
import { workspaceConfigSchema, type WorkspaceConfig } from '../../core/corpus/workspace-config.ts';
import { DECISIONS_FILE, STATE_FOLDER, WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { PatentLabError } from '../../core/errors.ts';
import { parseJson } from '../../core/json.ts';
import type { ReadingOptions } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';
import { expandPath, globFiles } from '../files/read-documents.ts';
import {
  knownLabels,
  labelled,
  readIfThere,
  readLabelledDocuments,
  readRecords,
  type Tables,
} from './records.ts';
import { readSynthetic, withSynthetic, type SyntheticDocument } from './synthetic.ts';

export interface Workspace {
  readonly root: string;
  readonly config: WorkspaceConfig;
  readonly taxonomy: Taxonomy | undefined;
  readonly taxonomyFile: string;
  readonly corpusFiles: readonly string[];
  /** Labelled documents: real ones, and the synthetic ones that the configuration lets count. */
  readonly documents: readonly LabelledDocument[];
  /** Every synthetic document of the synthetic folder, whether it counts or not. */
  readonly synthetic: readonly SyntheticDocument[];
  readonly decisions: ReadonlyMap<string, DocumentDecision>;
  readonly problems: readonly PatentLabError[];
}

export const classifierFolder = (workspace: Pick<Workspace, 'root' | 'config'>): string =>
  path.join(workspace.root, STATE_FOLDER, 'classifiers', workspace.config.classifier);

export const cacheFolder = (root: string): string => path.join(root, STATE_FOLDER, 'cache');

/** Everything labelled but what the analyst set aside for testing. */
export const trainingDocuments = (workspace: Pick<Workspace, 'documents'>): readonly LabelledDocument[] =>
  workspace.documents.filter((document) => document.split !== 'test');

/** Files that are named one by one, in place of what the configuration says. */
export interface NamedFiles {
  readonly taxonomy: string;
  /** Files, archives or folders of labelled documents. */
  readonly corpora: readonly string[];
}

/**
 * Reads everything a training run needs. Only an unreadable configuration or taxonomy throws, and a named file that is
 * not there.
 */
export async function openWorkspace(root: string, named?: NamedFiles): Promise<Workspace> {
  const problems: PatentLabError[] = [];
  const config = await readConfig(root);
  const taxonomyFile = path.resolve(root, named?.taxonomy ?? config.taxonomy);
  const taxonomyText = await readIfThere(taxonomyFile);
  const taxonomy = taxonomyText === undefined ? undefined : parseTaxonomy(taxonomyText, taxonomyFile);
  const corpusFiles = named
    ? (await Promise.all(named.corpora.map(expandPath))).flat()
    : await globFiles(root, config.corpora);

  const decisionsFile = path.join(root, DECISIONS_FILE);
  const decided = parseDecisions((await readIfThere(decisionsFile)) ?? '', decisionsFile);
  problems.push(...decided.problems);

  const synthetic = taxonomy ? await readSynthetic(root, config, taxonomy, problems) : [];
  const counted = synthetic.filter(({ verdict }) => counts(config.syntheticUse, verdict));
  const documents = taxonomy
    ? await readLabelledDocuments(corpusFiles, taxonomy, problems, config)
        .then((fromCorpora) =>
          applyDecisions(decisionsFile, fromCorpora, decided.byId, taxonomy, problems, config),
        )
        .then((real) => (counted.length === 0 ? real : withSynthetic(real, counted, problems)))
    : [];
  const { byId: decisions } = decided;
  return {
    root,
    config,
    taxonomy,
    taxonomyFile,
    corpusFiles,
    documents,
    synthetic,
    decisions,
    problems,
  };
}

export async function readConfig(root: string): Promise<WorkspaceConfig> {
  const file = path.join(root, WORKSPACE_CONFIG_FILE);
  const text = await readIfThere(file);
  if (text === undefined) return workspaceConfigSchema.parse({});
  const remedy = 'Correct patent-lab.json, or delete it to use the defaults.';
  const { value, place } = parseJson(text, workspaceConfigSchema, { file, code: 'settings-invalid', remedy });
  // It names a folder that training writes to: a workspace must not be able to point elsewhere.
  if (/^\.*$|[/\\:]/.test(value.classifier)) {
    throw new PatentLabError({
      code: 'settings-invalid',
      message: `${file}: classifier: "${value.classifier}" is no plain folder name.`,
      remedy,
      place: { file, ...place(['classifier']) },
    });
  }
  return value;
}

/** Decisions win over corpora; a decided document that is in no corpus is read from its own file. */
async function applyDecisions(
  file: string,
  documents: readonly LabelledDocument[],
  decisions: ReadonlyMap<string, DocumentDecision>,
  taxonomy: Taxonomy,
  problems: PatentLabError[],
  { tables }: Tables,
): Promise<readonly LabelledDocument[]> {
  const decided = (patent: Patent, decision: DocumentDecision): readonly number[] | undefined =>
    knownLabels(patent, decision.labels, taxonomy, problems, { file });
  const root = path.dirname(file);
  const met = new Set<DocumentDecision>();
  const result = documents.flatMap((document) => {
    const { id, source } = document.patent;
    const decision = findDecision(decisions, id, workspacePath(root, source.file));
    if (!decision) return document;
    met.add(decision);
    const labels = decided(document.patent, decision);
    return labels && isLabelled(decision) ? { ...document, labels } : [];
  });
  for (const decision of decisions.values()) {
    if (met.has(decision)) continue;
    const patent = await findPatent(root, decision, tables);
    const labels = patent && decided(patent, decision);
    if (!patent) problems.push(lostDocument(decision, file));
    else if (labels && isLabelled(decision)) result.push(labelled(patent, labels));
  }
  return linkGroups(result);
}

/** Rejections alone say what a document is not; that is no label set to train on. */
const isLabelled = ({ labels, rejected }: DocumentDecision): boolean =>
  labels.length > 0 || rejected === undefined;

/** As `labels.jsonl` writes paths: relative to the workspace, with forward slashes. */
export const workspacePath = (root: string, file: string): string =>
  path.relative(root, path.resolve(root, file)).split(path.sep).join('/');

/**
 * Whether a patent is the one of this id in this file. As with decisions, a publication number says it wherever the
 * patent stands; any other id may be a mere file name.
 */
export function sameDocument(root: string, id: string, file: string): (patent: Patent) => boolean {
  const key = decisionKey(id, workspacePath(root, file));
  return (patent) => patent.id === id && decisionKey(id, workspacePath(root, patent.source.file)) === key;
}

async function findPatent(
  root: string,
  { id, path: place }: DocumentDecision,
  tables: ReadingOptions['tables'],
): Promise<Patent | undefined> {
  if (place === undefined) return undefined;
  for (const outcome of await readRecords(path.resolve(root, place), tables)) {
    if (outcome.kind === 'patent' && outcome.patent.id === id) return outcome.patent;
  }
  return undefined;
}

const lostDocument = ({ id, path: place }: DocumentDecision, file: string): PatentLabError =>
  new PatentLabError({
    code: 'file-not-found',
    message: `The decided document ${id} is ${place === undefined ? 'in no corpus' : `no longer at ${place}`}; its labels are kept but not trained on.`,
    remedy: 'Move the file back, or correct "path" in labels.jsonl.',
    place: { file },
  });

export const noTaxonomy = ({ taxonomyFile }: Pick<Workspace, 'taxonomyFile'>): PatentLabError =>
  new PatentLabError({
    code: 'taxonomy-missing',
    message: `There is no taxonomy at ${taxonomyFile}.`,
    remedy: 'Create one with "Patent Lab: Create Workspace Files", or name yours in patent-lab.json.',
    place: { file: taxonomyFile },
  });
