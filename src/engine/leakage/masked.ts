/** Does a label survive when its name is hidden? One document, as it stands and with labels' names masked. */
import { PatentLabError } from '../../core/errors.ts';
import { maskPatent } from '../../core/leakage/mask.ts';
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import type { Patent } from '../../core/patent/model.ts';
import { viewText } from '../../core/patent/view.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { LabelPrediction } from '../../protocol/engine.ts';
import type { MaskedLabel, MaskedPrediction } from '../../protocol/leakage.ts';
import type { DocumentTarget } from '../../protocol/engine.ts';
import { classifyPatent } from '../classification/classify.ts';
import { readTarget } from '../classification/targets.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { MASK_MARK, MASK_TEXT } from '../encoder/tokens.ts';
import type { Task } from '../task.ts';

/** The document as a classifier may read it, every label's words replaced by the encoder's own mask token. */
export function maskedForEncoder(patent: Patent, matcher: TermMatcher): Patent {
  // No view reads descriptions or translations, and they are most of a patent.
  return maskPatent({ ...patent, description: [], translations: [] }, matcher, { token: MASK_TEXT });
}

/** The labels without their keywords: a name or alias tells the label, a keyword describes the invention too. */
export const namesOnly = ({ labels }: Pick<Taxonomy, 'labels'>): Pick<Taxonomy, 'labels'> => ({
  labels: labels.map((label) => ({ ...label, keywords: [] })),
});

export const masksIn = (text: string): number => text.split(MASK_MARK).length - 1;

/** @throws PatentLabError where the target cannot be read or is empty. */
export async function maskedPrediction(
  target: DocumentTarget,
  taxonomy: Taxonomy,
  classifier: StoredClassifier,
  embedder: Embedder,
  task: Task,
): Promise<MaskedPrediction> {
  const { patent, partial } = await firstPatent(target);
  const matcher = new TermMatcher(namesOnly(taxonomy));
  const masked = maskedForEncoder(patent, matcher);
  const view = partial ? 'abstract' : classifier.description.view;
  const masks = masksIn(viewText(masked, view).text) - masksIn(viewText(patent, view).text);
  const options = { evidence: false, path: target.path, partial };
  const { prediction } = await classifyPatent(patent, classifier, embedder, options, task);
  await task.checkpoint();
  const hidden = await classifyPatent(masked, classifier, embedder, options, task);
  await embedder.flush();
  const after = new Map(hidden.prediction.labels.map((label) => [label.id, label]));
  return {
    id: patent.id,
    masks,
    labels: prediction.labels
      .flatMap((before) => labelChange(before, after.get(before.id)))
      .sort((a, b) => Math.max(b.probability, b.masked) - Math.max(a.probability, a.masked)),
  };
}

function labelChange(before: LabelPrediction, after: LabelPrediction | undefined): MaskedLabel[] {
  if (!after || (before.status === 'rest' && after.status === 'rest')) return [];
  const { id, name, threshold, probability } = before;
  return [{ id, name, threshold, probability, masked: after.probability }];
}

async function firstPatent(target: DocumentTarget): Promise<{ patent: Patent; partial: boolean }> {
  for await (const outcome of readTarget(target)) {
    if (outcome.kind === 'failure') throw outcome.error;
    return { patent: outcome.patent, partial: outcome.partial };
  }
  throw new PatentLabError({
    code: 'file-empty',
    message: `${target.path} holds no document.`,
    remedy: 'Open a patent.',
    place: { file: target.path },
  });
}
