/** A classifier as the host and the views see it. */
import type { ClassifierInfo } from '../../protocol/engine.ts';
import { encoderName } from '../encoder/spec.ts';
import type { ClassifierDescription } from './format.ts';

export function classifierInfo(folder: string, description: ClassifierDescription): ClassifierInfo {
  const { labels, encoder, metrics } = description;
  return {
    path: folder,
    name: description.name,
    trainedAt: description.trainedAt,
    encoder: encoderName(encoder),
    view: description.view,
    labels: labels.length,
    documents: description.training.documents,
    ...(metrics ? { metrics } : {}),
    few: labels
      .filter((label) => label.basis === 'few')
      .map(({ id, name, positives }) => ({ id, name, positives })),
    zeroShot: labels.filter((label) => label.basis === 'zero-shot').map(({ id, name }) => ({ id, name })),
    notes: description.notes,
  };
}
