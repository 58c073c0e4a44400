/** Classifier folders: what is loaded is bit by bit what was saved, or an error says what is wrong with it. */
import { mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../testing/failure.ts';
import { madeUpClassifier } from '../testing/classifier.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { ENCODER } from '../testing/repository.ts';
import { readEncoderSpec, type EncoderSpec } from '../encoder/spec.ts';
import { classifierInfo } from './info.ts';
import { loadClassifier, readDescription, saveClassifier, type StoredClassifier } from './store.ts';

let encoder: EncoderSpec;
let folder: string;
let saved: StoredClassifier;

const save = (seed = 1): Promise<StoredClassifier> => {
  const { description, model, vocabulary } = madeUpClassifier(encoder, seed);
  return saveClassifier(folder, description, model, vocabulary);
};
const load = (): Promise<StoredClassifier> => loadClassifier(folder, encoder);

beforeAll(async () => {
  encoder = await readEncoderSpec(ENCODER);
});

beforeEach(async () => {
  folder = path.join(await temporaryFolder(), 'classifiers', 'default');
  saved = await save();
});

describe('a saved classifier', () => {
  it('comes back bit by bit', async () => {
    const loaded = await load();
    expect(loaded).toEqual(saved);
    expect(loaded.vocabulary.index.get('É♿')).toBe(2);
  });

  it('is four files that a person can look at, and nothing else', async () => {
    const names = (await readdir(folder)).map((name) => name.replace(/-[0-9a-f]{12}\./, '-HASH.'));
    expect(names.sort()).toEqual(['CARD.md', 'classifier.json', 'vocabulary-HASH.json', 'weights-HASH.bin']);
    expect(await readFile(path.join(folder, 'classifier.json'), 'utf8')).toContain(
      '\n  "name": "made up",\n',
    );
  });

  it('takes the place of the one before, of which nothing stays', async () => {
    const later = await save(2);
    expect(await load()).toEqual(later);
    expect(later.description.weights.sha256).not.toBe(saved.description.weights.sha256);
    expect(await readdir(folder)).toHaveLength(4);
  });

  it('survives one that is cut off while being saved over it', async () => {
    const other = madeUpClassifier(encoder, 2);
    const elsewhere = await saveClassifier(
      await temporaryFolder(),
      other.description,
      other.model,
      other.vocabulary,
    );
    // Its weights can be written, its vocabulary cannot.
    await mkdir(path.join(folder, elsewhere.description.vocabulary.file, 'in the way'), { recursive: true });
    expect((await failureOf(save(2))).code).toBe('write-failed');
    expect(await readdir(folder)).toContain(elsewhere.description.weights.file);
    expect(await load()).toEqual(saved);
  });

  it('is whole when several are saved at the same time', async () => {
    const all = await Promise.all([2, 3, 4].map(save));
    const loaded = await load();
    expect(all.map(({ description }) => description.weights.sha256)).toContain(
      loaded.description.weights.sha256,
    );
  });

  it('is described to the host as it is', () => {
    expect(classifierInfo(folder, saved.description)).toMatchObject({
      path: folder,
      name: 'made up',
      encoder: 'all-MiniLM-L6-v2 (int8)',
      labels: 3,
      documents: 15,
      few: [{ id: 'label-few', name: 'Label “few”', positives: 3 }],
      zeroShot: [{ id: 'label-zero-shot', name: 'Label “zero-shot”' }],
      notes: ['A note to read.'],
    });
  });
});

describe('the card', () => {
  it('names labels with few and with no examples, and the notes', async () => {
    const card = await readFile(path.join(folder, 'CARD.md'), 'utf8');
    expect(card).toMatch(/### Labels with too few examples\n\n- Label “few” \(label-few\): 3\n/);
    expect(card).toMatch(/### Labels without an example, judged by their text alone\n\n- Label “zero-shot”/);
    expect(card).toContain('- A note to read.');
    expect(card).toContain('| Label “trained” | 12 | 30.0 % | trained |');
  });

  it('says that nothing was measured when nothing was', async () => {
    const card = await readFile(path.join(folder, 'CARD.md'), 'utf8');
    expect(card).toContain('Nothing was validated');
    expect(card).toContain('Treat every probability as a suggestion.');
  });
});

describe('a classifier that is not what it was', () => {
  const file = (name: string): string => path.join(folder, name);
  const edit = async (change: (text: string) => string): Promise<void> =>
    writeFile(file('classifier.json'), change(await readFile(file('classifier.json'), 'utf8')));
  const weights = (): string => file(saved.description.weights.file);
  const vocabulary = (): string => file(saved.description.vocabulary.file);

  async function flipByte(of: string, at: number): Promise<void> {
    const content = await readFile(of);
    content[at] = (content[at] ?? 0) ^ 1;
    await writeFile(of, content);
  }

  const DAMAGES: readonly (readonly [string, string, () => Promise<unknown>])[] = [
    ['there is no folder', 'classifier-missing', () => rm(folder, { recursive: true })],
    ['there is no description', 'classifier-missing', () => rm(file('classifier.json'))],
    ['the description is cut off', 'classifier-invalid', () => edit((text) => text.slice(0, -20))],
    ['the description is empty', 'classifier-invalid', () => edit(() => '')],
    [
      'the description is of another version',
      'classifier-invalid',
      () => edit((text) => text.replace('"version": 1', '"version": 2')),
    ],
    [
      'the description names files elsewhere',
      'classifier-invalid',
      () => edit((text) => text.replace('"weights-', '"../../weights-')),
    ],
    [
      'the description has a label less',
      'classifier-invalid',
      () => edit((text) => text.replace(/"labels": \[\s*\{[^}]*\},/, '"labels": [')),
    ],
    [
      'the description has a threshold that is no probability',
      'classifier-invalid',
      () => edit((text) => text.replace('"threshold": 0.3', '"threshold": 3')),
    ],
    [
      'it is of another encoder',
      'classifier-encoder-mismatch',
      () => edit((text) => text.replace(encoder.sha256, '0'.repeat(64))),
    ],
    ['the weights are missing', 'classifier-invalid', () => rm(weights())],
    ['the weights are cut off', 'classifier-weights-mismatch', () => truncate(weights(), 1000)],
    ['the weights are empty', 'classifier-weights-mismatch', () => truncate(weights(), 0)],
    ['one bit of the weights changed', 'classifier-weights-mismatch', () => flipByte(weights(), 2000)],
    [
      'the weights are others, hash and all',
      'classifier-weights-mismatch',
      () => edit((text) => text.replace(saved.description.weights.sha256, '0'.repeat(64))),
    ],
    ['the vocabulary is missing', 'classifier-invalid', () => rm(vocabulary())],
    ['the vocabulary is cut off', 'classifier-weights-mismatch', () => truncate(vocabulary(), 10)],
    ['one letter of the vocabulary changed', 'classifier-weights-mismatch', () => flipByte(vocabulary(), 12)],
  ];

  it.each(DAMAGES)('is refused, with file and remedy, when %s', async (_what, code, damage) => {
    await damage();
    const failure = await failureOf(load());
    expect(failure.code).toBe(code);
    expect(failure.place?.file).toContain(folder);
    expect(failure.remedy).toMatch(/[Tt]rain/);
  });

  it('names the encoder it was trained with', async () => {
    const other = { ...encoder, sha256: '1'.repeat(64), precision: 'fp32' as const };
    const failure = await failureOf(loadClassifier(folder, other));
    expect(failure.code).toBe('classifier-encoder-mismatch');
    expect(failure.message).toContain('int8');
    expect(failure.message).toContain('all-MiniLM-L6-v2 (fp32)');
    expect(await readDescription(folder)).toEqual(saved.description);
  });
});
