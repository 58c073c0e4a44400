/** An evaluation judges exactly what classifying says. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { evaluateMultilabel } from '../../core/metrics/evaluate.ts';
import { classifyPatent } from '../classification/classify.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import { quietTask } from '../task.ts';
import { realEmbedder } from '../testing/encoder.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { smallWorkspace } from '../testing/samples.ts';
import { smallClassifier } from '../testing/training.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { classifierTaxonomy, evaluateClassifier } from './evaluate.ts';

const OPTIONS = { seed: 5, resamples: 50 };
let classifier: StoredClassifier;
let documents: readonly LabelledDocument[];

beforeAll(async () => {
  classifier = await smallClassifier();
  documents = (await openWorkspace(await temporaryFolder(smallWorkspace()))).documents.slice(0, 20);
});

describe('an evaluation', () => {
  it('has the metrics of the probabilities and assignments that classifying gives', async () => {
    const embedder = await realEmbedder();
    const { labels } = classifier.description;
    const shape = { rows: documents.length, columns: labels.length };
    const cells = shape.rows * shape.columns;
    const [truth, assigned, probabilities] = [
      new Uint8Array(cells),
      new Uint8Array(cells),
      new Float64Array(cells),
    ];
    for (const [row, { patent, labels: positions }] of documents.entries()) {
      const options = { evidence: false, path: patent.source.file };
      const { prediction } = await classifyPatent(patent, classifier, embedder, options);
      for (const { id, probability, status } of prediction.labels) {
        const cell = row * shape.columns + labels.findIndex((label) => label.id === id);
        probabilities[cell] = probability;
        assigned[cell] = status === 'assigned' ? 1 : 0;
      }
      for (const position of positions) truth[row * shape.columns + position] = 1;
    }
    const groups = documents.map(({ group }) => group);
    const expected = evaluateMultilabel(
      { ...shape, data: truth },
      { ...shape, data: probabilities },
      { ...shape, data: assigned },
      { ...OPTIONS, groups },
    );
    expect(await evaluateClassifier(classifier, documents, embedder, quietTask, OPTIONS)).toEqual(expected);
  });

  it('reads corpora by the labels the classifier knows', () => {
    const { labels, index } = classifierTaxonomy(classifier);
    expect(labels.map(({ id }) => index.get(id))).toEqual(labels.map((_, position) => position));
    expect(labels.map(({ id, name }) => ({ id, name }))).toEqual(
      classifier.description.labels.map(({ id, name }) => ({ id, name })),
    );
  });
});
