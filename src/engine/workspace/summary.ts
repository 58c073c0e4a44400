/** The workspace as the Taxonomy view and the status bar show it. */
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { ErrorReport } from '../../core/errors.ts';
import type { LabelSummary, WorkspaceSummary } from '../../protocol/engine.ts';
import type { ClassifierDescription } from '../classifier/format.ts';
import { classifierInfo } from '../classifier/info.ts';
import { taxonomyHash } from '../training/train-classifier.ts';
import { classifierFolder, trainingDocuments, type Workspace } from './workspace.ts';

/** Documents a label should have before one stops looking for more. [ours] */
export const DEFAULT_TARGET_COUNT = 20;

export function summarise(
  workspace: Workspace,
  classifier: ClassifierDescription | ErrorReport | undefined,
  targetCount = DEFAULT_TARGET_COUNT,
): WorkspaceSummary {
  const { taxonomy, documents, decisions } = workspace;
  const problems = workspace.problems.map((problem) => problem.report());
  const description = classifier && 'format' in classifier ? classifier : undefined;
  if (classifier && 'code' in classifier) problems.push(classifier);
  const decisionsSinceTraining = description
    ? [...decisions.values()].filter((decision) => decision.at >= description.trainedAt).length
    : decisions.size;
  if (taxonomy && description)
    problems.push(...staleness(workspace, taxonomy, description, decisionsSinceTraining));
  return {
    root: workspace.root,
    ...(taxonomy
      ? {
          taxonomy: {
            path: workspace.taxonomyFile,
            name: taxonomy.name,
            labels: labelSummaries(workspace, targetCount),
          },
        }
      : {}),
    documents: documents.length,
    corpusFiles: workspace.corpusFiles,
    decisions: decisions.size,
    ...(description ? { classifier: classifierInfo(classifierFolder(workspace), description) } : {}),
    family: workspace.config.training.family,
    decisionsSinceTraining,
    problems,
  };
}

/** What changed since the classifier was trained, beside decisions (those have a hint of their own). */
function staleness(
  workspace: Workspace,
  taxonomy: Taxonomy,
  description: ClassifierDescription,
  decisionsSinceTraining: number,
): readonly ErrorReport[] {
  const remedy = 'Train again so that predictions follow the workspace as it is now.';
  const place = { file: workspace.taxonomyFile };
  const reports: ErrorReport[] = [];
  if (description.taxonomy.sha256 !== taxonomyHash(taxonomy)) {
    const message = 'The taxonomy changed after the classifier was trained.';
    reports.push({ code: 'classifier-stale', message, remedy, place });
  }
  const documents = trainingDocuments(workspace).length;
  if (decisionsSinceTraining === 0 && documents !== description.training.documents) {
    const message = `The workspace has ${documents} labelled documents; the classifier was trained on ${description.training.documents}.`;
    reports.push({ code: 'classifier-stale', message, remedy, place });
  }
  return reports;
}

function labelSummaries({ taxonomy, documents }: Workspace, targetCount: number): readonly LabelSummary[] {
  const labels = taxonomy?.labels ?? [];
  const counts = new Array<number>(labels.length).fill(0);
  const synthetic = new Array<number>(labels.length).fill(0);
  for (const document of documents) {
    for (const label of document.labels) {
      counts[label] = (counts[label] ?? 0) + 1;
      if (document.provenance === 'synthetic') synthetic[label] = (synthetic[label] ?? 0) + 1;
    }
  }
  return labels.map((label, position) => {
    const count = counts[position] ?? 0;
    return {
      id: label.id,
      name: label.name,
      ...(label.description === undefined ? {} : { description: label.description }),
      ...(label.parent === undefined ? {} : { parent: label.parent }),
      aliases: label.aliases ?? [],
      keywords: label.keywords ?? [],
      count,
      synthetic: synthetic[position] ?? 0,
      deficit: Math.max(0, targetCount - count),
    };
  });
}
