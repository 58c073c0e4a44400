/** A workspace as it stands on disk: its taxonomy, labelled documents and decisions, with every problem named. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { decisionKey, findDecision } from '../../core/corpus/decision-keys.ts';
import { parseDecisions, type DocumentDecision } from '../../core/corpus/decisions.ts';
import { groupOf, linkGroups, type LabelledDocument } from '../../core/corpus/labelled.ts';
import { parseTaxonomy, type Taxonomy } from '../../core/corpus/taxonomy.ts';
import { workspaceConfigSchema, type WorkspaceConfig } from '../../core/corpus/workspace-config.ts';
import { DECISIONS_FILE, STATE_FOLDER, WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { PatentLabError, type Place } from '../../core/errors.ts';
import { parseJson } from '../../core/json.ts';
import type { ReadingOptions } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';
import { readError } from '../files/errors.ts';
import { globFiles, readFileDocuments } from '../files/read-documents.ts';
import { sourceStamp } from '../files/source.ts';
import { Recent } from './recent.ts';

export interface Workspace {
  readonly root: string;
  readonly config: WorkspaceConfig;
  readonly taxonomy: Taxonomy | undefined;
  readonly taxonomyFile: string;
  readonly corpusFiles: readonly string[];
  readonly documents: readonly LabelledDocument[];
  readonly decisions: ReadonlyMap<string, DocumentDecision>;
  readonly problems: readonly PatentLabError[];
}

export const classifierFolder = (workspace: Pick<Workspace, 'root' | 'config'>): string =>
  path.join(workspace.root, STATE_FOLDER, 'classifiers', workspace.config.classifier);

export const cacheFolder = (root: string): string => path.join(root, STATE_FOLDER, 'cache');

/** Everything labelled but what the analyst set aside for testing. */
export const trainingDocuments = (workspace: Pick<Workspace, 'documents'>): readonly LabelledDocument[] =>
  workspace.documents.filter((document) => document.split !== 'test');

/** Reads everything a training run needs. Only an unreadable configuration or taxonomy throws. */
export async function openWorkspace(root: string): Promise<Workspace> {
  const problems: PatentLabError[] = [];
  const config = await readConfig(root);
  const taxonomyFile = path.resolve(root, config.taxonomy);
  const taxonomyText = await readIfThere(taxonomyFile);
  const taxonomy = taxonomyText === undefined ? undefined : parseTaxonomy(taxonomyText, taxonomyFile);
  const corpusFiles = await globFiles(root, config.corpora);

  const decisionsFile = path.join(root, DECISIONS_FILE);
  const decided = parseDecisions((await readIfThere(decisionsFile)) ?? '', decisionsFile);
  problems.push(...decided.problems);

  const documents = taxonomy
    ? await readLabelledDocuments(corpusFiles, taxonomy, problems, config).then((fromCorpora) =>
        applyDecisions(decisionsFile, fromCorpora, decided.byId, taxonomy, problems, config),
      )
    : [];
  return { root, config, taxonomy, taxonomyFile, corpusFiles, documents, decisions: decided.byId, problems };
}

async function readConfig(root: string): Promise<WorkspaceConfig> {
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

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    const error = readError(file, cause);
    if (error.code === 'file-not-found') return undefined;
    throw error;
  }
}

/** What a workspace's configuration says about reading its files. */
type Tables = Pick<ReadingOptions, 'tables'>;

/** Corpus records that state labels; those without a `labels` field are unlabelled and not training data. */
export async function readLabelledDocuments(
  files: readonly string[],
  taxonomy: Taxonomy,
  problems: PatentLabError[],
  { tables }: Tables = {},
): Promise<readonly LabelledDocument[]> {
  const documents: LabelledDocument[] = [];
  const places = new Map<string, string>();
  for (const file of files) {
    for (const outcome of await readRecords(file, tables)) {
      if (outcome.kind === 'failure') {
        problems.push(outcome.error);
        continue;
      }
      const { patent } = outcome;
      const labels = patent.record?.labels;
      if (labels === undefined) continue;
      const before = places.get(patent.id);
      if (before !== undefined) {
        problems.push(duplicateId(patent, before));
        continue;
      }
      places.set(patent.id, file);
      const known = knownLabels(patent, labels, taxonomy, problems);
      if (known) documents.push(labelled(patent, known));
    }
  }
  return linkGroups(documents);
}

type Records = readonly (
  | { readonly kind: 'patent'; readonly patent: Patent }
  | { readonly kind: 'failure'; readonly error: PatentLabError }
)[];

/**
 * Files are read again only when they, or what their columns mean, changed. Bounded: 64 files, and 200 million characters of text. [ours]
 */
const parsedFiles = new Recent<{ readonly stamp: string; readonly records: Records }>({
  entries: 64,
  weight: 200_000_000,
});

async function readRecords(file: string, tables: ReadingOptions['tables'] = []): Promise<Records> {
  const stamp = `${await sourceStamp(file)} ${JSON.stringify(tables)}`;
  const known = parsedFiles.get(file);
  if (known && known.stamp === stamp) return known.records;
  const records = [];
  let length = 0;
  for await (const outcome of readFileDocuments(file, file, { tables })) {
    records.push(outcome);
    if (outcome.kind === 'patent')
      length += outcome.patent.source.span.end - outcome.patent.source.span.start;
  }
  parsedFiles.set(file, { stamp, records }, length);
  return records;
}

function labelled(patent: Patent, labels: readonly number[]): LabelledDocument {
  const split = patent.record?.split;
  return {
    patent,
    labels,
    group: groupOf(patent),
    provenance: patent.record?.provenance ?? 'real',
    ...(split === undefined ? {} : { split }),
  };
}

/**
 * Positions of the labels, the unknown ones reported. Undefined when every label is unknown: such a document says
 * nothing about ours and must not become a negative for all.
 */
function knownLabels(
  patent: Patent,
  labels: readonly string[],
  taxonomy: Taxonomy,
  problems: PatentLabError[],
  place: Place = { file: patent.source.file, offset: patent.source.span.start },
): readonly number[] | undefined {
  const unknown = labels.filter((label) => !taxonomy.index.has(label));
  if (unknown.length > 0) {
    problems.push(
      new PatentLabError({
        code: 'labels-unknown',
        message: `${patent.id} has labels that the taxonomy lacks: ${unknown.join(', ')}.`,
        remedy: `Add them to the taxonomy or correct the record; ${unknown.length < labels.length ? 'its other labels were read' : 'until then it is left out'}.`,
        place,
      }),
    );
  }
  const known = new Set(labels.flatMap((label) => taxonomy.index.get(label) ?? []));
  if (known.size === 0 && labels.length > 0) return undefined;
  return [...known].sort((a, b) => a - b);
}

const duplicateId = (patent: Patent, before: string): PatentLabError =>
  new PatentLabError({
    code: 'record-duplicate',
    message: `The id ${patent.id} occurs again (first in ${before}); the later record was left out.`,
    remedy: 'Give every record an id of its own.',
    place: { file: patent.source.file, offset: patent.source.span.start },
  });

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
