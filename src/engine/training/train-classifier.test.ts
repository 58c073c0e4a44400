/** Training: repeatable, cancellable at any time, honest about what it had to learn from. */
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import { readText } from '../../core/patent/formats.ts';
import { classifyPatent } from '../classification/classify.ts';
import { loadClassifier, type StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { makeTask, quietTask, type Task } from '../task.ts';
import { freshEmbedder, realEmbedder } from '../testing/encoder.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { FEW_LABEL, smallWorkspace, ZERO_SHOT_LABEL } from '../testing/samples.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { taxonomyHash, trainClassifier, type TrainingRequest } from './train-classifier.ts';

let taxonomy: Taxonomy;
let documents: readonly LabelledDocument[];
let embedder: Embedder;

beforeAll(async () => {
  const workspace = await openWorkspace(await temporaryFolder(smallWorkspace()));
  if (!workspace.taxonomy) throw new Error('the small workspace has a taxonomy');
  ({ taxonomy, documents } = workspace as { taxonomy: Taxonomy; documents: readonly LabelledDocument[] });
  embedder = await realEmbedder();
});

async function request(changes: Partial<TrainingRequest> = {}): Promise<TrainingRequest> {
  const folder = path.join(await temporaryFolder(), 'classifier');
  return { taxonomy, documents, view: 'TAC', seed: 1, folder, name: 'small', ...changes };
}

const train = async (changes: Partial<TrainingRequest> = {}): Promise<StoredClassifier> =>
  trainClassifier(await request(changes), embedder, quietTask);

/** Label ids of a text, most probable first. */
async function ranking(classifier: StoredClassifier, text: string): Promise<string[]> {
  const [outcome] = readText(text, 'text.txt');
  if (outcome?.kind !== 'patent') throw new Error('expected a patent');
  const options = { evidence: false, path: 'text.txt' };
  const { prediction } = await classifyPatent(outcome.patent, classifier, embedder, options);
  return prediction.labels.map(({ id }) => id);
}
const COCHLEAR = `Electrode array for the cochlea

Abstract

An implantable electrode array for insertion in the cochlea stimulates the auditory nerve of a deaf person.
`;

describe('a trained classifier', () => {
  let classifier: StoredClassifier;
  beforeAll(async () => {
    classifier = await train();
  });

  it('is the same again, bit by bit, with the same seed', async () => {
    const again = await train();
    expect(again.model).toEqual(classifier.model);
    expect(again.description.weights.sha256).toBe(classifier.description.weights.sha256);
    expect(again.description.labels).toEqual(classifier.description.labels);
    expect(again.description.metrics).toEqual(classifier.description.metrics);
    expect(again.description.training.sha256).toBe(classifier.description.training.sha256);
  });

  it('is what its folder holds', async () => {
    expect(await loadClassifier(classifier.folder, embedder.encoder.spec)).toEqual(classifier);
  });

  it('counts its examples and says what each label rests on', () => {
    const { labels, training } = classifier.description;
    for (const [position, { id, positives, basis, threshold }] of labels.entries()) {
      expect(id).toBe(taxonomy.labels[position]?.id);
      expect(positives).toBe(documents.filter((document) => document.labels.includes(position)).length);
      expect(basis).toBe(id === ZERO_SHOT_LABEL ? 'zero-shot' : id === FEW_LABEL ? 'few' : 'trained');
      expect(threshold).toBeGreaterThan(0.01);
      expect(threshold).toBeLessThan(0.9);
    }
    expect(training).toMatchObject({ documents: documents.length, synthetic: 0, seed: 1, folds: 5 });
    expect(training.groups).toBe(new Set(documents.map(({ group }) => group)).size);
  });

  it('has measured itself on documents it had not seen', () => {
    const { metrics } = classifier.description;
    for (const { value, low, high } of Object.values(metrics ?? {})) {
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
      expect(low).toBeGreaterThanOrEqual(0);
      expect(high).toBeLessThanOrEqual(1);
    }
    // Far above chance, and not the perfect score of a classifier that is measured on what it has seen.
    expect(metrics?.microAP.value).toBeGreaterThan(0.6);
    expect(metrics?.microF1.value).toBeLessThan(0.999);
  });

  it('has learned something', async () => {
    expect((await ranking(classifier, COCHLEAR))[0]).toBe('cochlear-implant');
  });

  it('says in its card and its notes what a person should know', async () => {
    const card = await readFile(path.join(classifier.folder, 'CARD.md'), 'utf8');
    expect(card).toMatch(/too few examples\n\n- .*\(tactile-graphics\): 2/);
    expect(card).toMatch(/judged by their text alone\n\n- .*\(mobility\)/);
    expect(card).toContain('out-of-fold');
    const count = documents.length;
    expect(classifier.description.notes.join('\n')).toContain(
      `${count} of ${count} labelled documents have no claims`,
    );
    expect(card).toContain(classifier.description.notes[0]);
  });

  it('is another with another taxonomy text, and the hash tells', () => {
    const [first, ...others] = taxonomy.labels;
    if (!first) throw new Error('there are labels');
    const hash = taxonomyHash(taxonomy);
    expect(classifier.description.taxonomy.sha256).toBe(hash);
    expect(taxonomyHash({ ...taxonomy, labels: [{ ...first, description: 'Other' }, ...others] })).not.toBe(
      hash,
    );
    expect(taxonomyHash({ ...taxonomy, labels: [...others, first] })).not.toBe(hash);
    expect(taxonomyHash({ ...taxonomy, labels: [{ ...first, keywords: ['other'] }, ...others] })).toBe(hash);
  });
});

describe('too little to learn from', () => {
  it('gives a zero-shot classifier without a single document', async () => {
    const classifier = await train({ documents: [] });
    const { description } = classifier;
    expect(description.metrics).toBeUndefined();
    expect(description.labels.every(({ basis, positives }) => basis === 'zero-shot' && positives === 0)).toBe(
      true,
    );
    expect(description.notes[0]).toMatch(
      /^There are 0 labelled documents; from 20 on .* nothing is validated\.$/,
    );
    expect(await loadClassifier(classifier.folder, embedder.encoder.spec)).toEqual(classifier);
    expect((await ranking(classifier, COCHLEAR))[0]).toBe('cochlear-implant');
  });

  it('counts the documents there are', async () => {
    const { description } = await train({ documents: documents.slice(0, 7) });
    expect(description.notes[0]).toContain('There are 7 labelled documents');
    expect(description.training).toMatchObject({ documents: 7 });
    expect(description.training.folds).toBeUndefined();
    expect(description.labels.every(({ basis }) => basis === 'zero-shot')).toBe(true);
  });

  it('is many documents of few groups too', async () => {
    const { description } = await train({
      documents: documents.map((document) => ({ ...document, group: 'one' })),
    });
    expect(description.metrics).toBeUndefined();
  });

  it('works for a single label', async () => {
    const [label] = taxonomy.labels;
    if (!label) throw new Error('there are labels');
    const single = { name: 'single', labels: [label], index: new Map([[label.id, 0]]) };
    const classifier = await train({
      taxonomy: single,
      documents: documents.map((document) => ({
        ...document,
        labels: document.labels.filter((n) => n === 0),
      })),
    });
    expect(classifier.description.labels).toHaveLength(1);
    expect(await ranking(classifier, COCHLEAR)).toEqual([label.id]);
  });

  it('is said of a view that the documents do not have', async () => {
    const count = documents.length;
    const { notes } = (await train({ view: 'first-claim' })).description;
    expect(notes.join('\n')).toContain(
      `${count} of ${count} labelled documents have nothing of what is read (first claim)`,
    );
  });
});

describe('a cancelled training', () => {
  /** A task that is cancelled as soon as `when` holds; counts what still happens afterwards. */
  function cancelling(when: (message: string, done: number) => boolean): { task: Task; seen: string[] } {
    const seen: string[] = [];
    let stop = false;
    const task = makeTask(
      (message, done = 0) => {
        seen.push(message);
        stop ||= when(message, done);
      },
      () => stop,
    );
    return { task, seen };
  }

  it('stops while it encodes, and what was encoded is not lost', async () => {
    const cache = await temporaryFolder();
    const asked = await request();
    const { task, seen } = cancelling(
      (message, done) => message === 'Encoding labelled documents' && done >= 8,
    );
    const failure = await failureOf(trainClassifier(asked, await freshEmbedder(cache), task));
    expect(failure.code).toBe('cancelled');
    expect(seen.filter((message) => message === 'Encoding labelled documents')).toHaveLength(2);
    expect(existsSync(asked.folder)).toBe(false);
    const [file] = await readdir(cache);
    const { size } = await stat(path.join(cache, file ?? ''));
    expect(size / (4 + 32 + 4 * 384 + 4)).toBe(taxonomy.labels.length + 8 + 1);
  });

  it.each(['Weighing label texts and words', 'Choosing regularisation', 'Fitting on all documents'])(
    'stops in the round in which it was cancelled: %s',
    async (phase) => {
      const asked = await request();
      const { task, seen } = cancelling((message) => message === phase);
      const failure = await failureOf(trainClassifier(asked, embedder, task));
      expect(failure.code).toBe('cancelled');
      expect(seen.filter((message) => message === phase)).toHaveLength(1);
      expect(seen).not.toContain('Measuring');
      expect(existsSync(asked.folder)).toBe(false);
    },
  );

  it('leaves the classifier that was there', async () => {
    const before = await train({ documents: [] });
    const asked = await request({ folder: before.folder });
    const { task } = cancelling((message) => message === 'Fitting on all documents');
    await failureOf(trainClassifier(asked, embedder, task));
    expect(await loadClassifier(before.folder, embedder.encoder.spec)).toEqual(before);
  });
});
