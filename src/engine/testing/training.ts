/** A classifier trained on the small sample workspace, once a test file. */
import path from 'node:path';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { View } from '../../core/patent/view.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { quietTask } from '../task.ts';
import { trainClassifier } from '../training/train-classifier.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { realEmbedder } from './encoder.ts';
import { temporaryFolder } from './folder.ts';
import { smallWorkspace } from './samples.ts';

export interface TrainingChanges {
  readonly view?: View;
  readonly documents?: readonly LabelledDocument[];
  /** The built-in encoder's by default. */
  readonly embedder?: Embedder;
}

export async function smallClassifier({
  embedder,
  ...changes
}: TrainingChanges = {}): Promise<StoredClassifier> {
  const root = await temporaryFolder(smallWorkspace());
  const { taxonomy, documents } = await openWorkspace(root);
  if (!taxonomy) throw new Error('the small workspace has a taxonomy');
  const request = { taxonomy, documents, view: 'TAC', seed: 1, name: 'small', ...changes } as const;
  return trainClassifier(
    { ...request, folder: path.join(root, 'classifier') },
    embedder ?? (await realEmbedder()),
    quietTask,
  );
}
