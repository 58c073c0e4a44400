/**
 * What a run works with, read from a workspace: labels, real documents to show and to compare with, and the synthetic
 * ones that are there. Documents of the test split are compared with and never shown.
 */
import type { Label } from '../../core/corpus/taxonomy.ts';
import type { ExemplarCandidate } from '../../core/generation/exemplars.ts';
import type { LabelCounted } from '../../core/generation/deficits.ts';
import { draftText } from '../../core/generation/answer/draft.ts';
import type { ShownDocument } from '../../core/generation/prompt.ts';
import type { Patent } from '../../core/patent/model.ts';
import { viewText } from '../../core/patent/view.ts';
import { TEST_SPLIT } from '../leakage/compared.ts';
import {
  noTaxonomy,
  openWorkspace,
  trainingDocuments,
  type NamedFiles,
  type Workspace,
} from '../workspace/workspace.ts';
import type { ComparedText } from './checks/draft-checks.ts';

export interface Material {
  readonly workspace: Workspace;
  readonly labels: readonly Label[];
  readonly labelIds: readonly string[];
  /** Positions by id. */
  readonly index: ReadonlyMap<string, number>;
  /** Real training documents that have labels, as examples and seeds. */
  readonly candidates: readonly ExemplarCandidate[];
  readonly shown: ReadonlyMap<string, ShownDocument>;
  /** All real documents, those of the test split included. */
  readonly compared: readonly ComparedText[];
  /** Training documents that count, synthetic ones among them. */
  readonly counted: readonly LabelCounted[];
}

/** @param named in place of the taxonomy and the corpora that the workspace says */
export async function readMaterial(root: string, named?: NamedFiles): Promise<Material> {
  const workspace = await openWorkspace(root, named);
  const { taxonomy, documents } = workspace;
  if (!taxonomy) throw noTaxonomy(workspace);
  const training = trainingDocuments(workspace);
  // Not what shares a family with a test document either (METHODS 2).
  const tested = new Set(documents.filter(({ split }) => split === TEST_SPLIT).map(({ group }) => group));
  const real = training.filter(
    ({ provenance, labels, group }) => provenance === 'real' && labels.length > 0 && !tested.has(group),
  );
  return {
    workspace,
    labels: taxonomy.labels,
    labelIds: taxonomy.labels.map(({ id }) => id),
    index: taxonomy.index,
    candidates: real.map(({ patent, labels, group }) => ({
      id: patent.id,
      labels,
      group,
      text: viewText(patent, 'TA').text,
    })),
    shown: new Map(real.map(({ patent }) => [patent.id, shownDocument(patent)])),
    compared: documents
      .filter(({ provenance }) => provenance !== 'synthetic')
      .map(({ patent, split }) => ({
        id: patent.id,
        text: viewText(patent, 'TAC').text,
        isTest: split === TEST_SPLIT,
      })),
    counted: training.map(({ labels, provenance }) => ({ labels, synthetic: provenance === 'synthetic' })),
  };
}

export const shownDocument = (patent: Patent): ShownDocument => ({
  id: patent.id,
  title: patent.title?.text ?? '',
  abstract: patent.abstract?.text ?? '',
  claims: patent.claims.map(({ text }) => text),
});

/** The text that checks compare, of a document as a prompt shows it. */
export const comparedText = (document: ShownDocument): string => draftText({ ...document, description: '' });
