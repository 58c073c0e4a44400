/**
 * A workspace that stays open between requests: it is read again only when one of its files changed. The file of verdicts
 * is none of them, so that a person who judges thousands of outputs does not wait for all of them after each one; what
 * depends on verdicts is left out here.
 */
import path from 'node:path';
import { DECISIONS_FILE, WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { WorkspaceConfig } from '../../core/corpus/workspace-config.ts';
import { PatentLabError } from '../../core/errors.ts';
import type { Patent } from '../../core/patent/model.ts';
import { globFiles } from '../files/read-documents.ts';
import { sourceStamp } from '../files/source.ts';
import { Recent } from './recent.ts';
import { syntheticFiles, type SyntheticDocument } from './synthetic.ts';
import { openWorkspace, readConfig } from './workspace.ts';

export type UnjudgedDocument = Omit<SyntheticDocument, 'verdict'>;

export interface StandingWorkspace {
  readonly root: string;
  readonly config: WorkspaceConfig;
  readonly taxonomy: Taxonomy | undefined;
  /** By id. */
  readonly synthetic: ReadonlyMap<string, UnjudgedDocument>;
  /** Labelled real documents by id. */
  readonly real: ReadonlyMap<string, Patent>;
}

interface Opened {
  readonly stamp: string;
  readonly workspace: Promise<StandingWorkspace>;
}

/** Roots of one window are few; what they read is kept by the reader of records anyway. [ours] */
const opened = new Recent<Opened>({ entries: 4, weight: 4 });

/** Throws what opening the workspace throws. Costs a look at each file, whatever they hold. */
export async function standingWorkspace(root: string): Promise<StandingWorkspace> {
  const config = await readConfig(root);
  const stamp = await stampOf(root, config);
  const known = opened.get(root);
  if (known?.stamp === stamp) return known.workspace;
  const workspace = read(root);
  opened.set(root, { stamp, workspace }, 1);
  // What failed is tried again, though no file changed.
  workspace.catch(() => opened.set(root, { stamp: '', workspace }, 1));
  return workspace;
}

async function read(root: string): Promise<StandingWorkspace> {
  const { config, taxonomy, synthetic, documents } = await openWorkspace(root);
  const real = documents.filter(({ provenance }) => provenance !== 'synthetic');
  return {
    root,
    config,
    taxonomy,
    synthetic: new Map(synthetic.map((document) => [document.patent.id, document])),
    real: new Map(real.map(({ patent }) => [patent.id, patent])),
  };
}

async function stampOf(root: string, config: WorkspaceConfig): Promise<string> {
  const [corpora, synthetic] = await Promise.all([
    globFiles(root, config.corpora),
    syntheticFiles(root, config),
  ]);
  const single = [WORKSPACE_CONFIG_FILE, config.taxonomy, DECISIONS_FILE].map((file) =>
    path.resolve(root, file),
  );
  const files = [...single, ...corpora, ...synthetic];
  const stamps = await Promise.all(files.map(async (file) => [file, await sourceStamp(file)]));
  return JSON.stringify(stamps);
}

/** Throws `generation-document-missing` where the workspace has no synthetic document of this id. */
export function findSynthetic(
  { synthetic, root }: Pick<StandingWorkspace, 'synthetic' | 'root'>,
  id: string,
): UnjudgedDocument {
  const document = synthetic.get(id);
  if (!document)
    throw new PatentLabError({
      code: 'generation-document-missing',
      message: `There is no synthetic document ${id} in ${root} (any more).`,
      remedy: 'Open the review anew.',
    });
  return document;
}
