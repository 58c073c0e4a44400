/** The families of a study with the features of its documents. */
import { fitVocabulary, tfidfOfText } from '../../core/learning/tfidf.ts';
import { hiddenLayerNetwork, linearNetwork } from '../../core/learning/training/network.ts';
import { unreachable } from '../../core/errors.ts';
import type { StudyCorpus } from '../../core/study/corpus.ts';
import type { Family } from '../../core/study/family.ts';
import { NetworkFamily } from '../../core/study/network-family.ts';
import type { StudySetting } from '../../core/study/outcomes.ts';
import { isTuned, type FamilyId, type TunedFamilyId } from '../../core/study/plan.ts';
import { steadyCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import { noTunable, TunedFamily, type Tunable } from './tuned-family.ts';

/** Units of the hidden layer. [ours] */
export const HIDDEN_UNITS = 128;

/** What a family is made from: plain data, its numbers in memory that threads share. */
export interface FamilyFeatures {
  readonly id: FamilyId;
  /** Of all documents, row-major, each row ending with a 1. */
  readonly features: Float32Array;
  readonly width: number;
  /** Of the test documents in the family's own space, row-major. */
  readonly space: Float32Array;
  /** Of a family that trains the encoder; it has no features. */
  readonly tuned?: Tunable;
}

/**
 * @param embedded all documents, row-major; empty where no family is over an encoder
 * @param tunable where a family trains the encoder
 */
export async function familyFeatures(
  ids: readonly FamilyId[],
  corpus: StudyCorpus,
  texts: readonly string[],
  embedded: Float32Array,
  tunable: Tunable | undefined,
  task: Task,
): Promise<readonly FamilyFeatures[]> {
  const made: FamilyFeatures[] = [];
  for (const id of new Set(ids)) {
    await task.checkpoint();
    if (isTuned(id)) {
      if (!tunable) throw noTunable();
      const space = rowsOf(embedded, texts.length, corpus.test);
      made.push({ id, features: new Float32Array(), width: 0, space, tuned: tunable });
      continue;
    }
    const words = id === 'tfidf-linear' ? wordFeatures(corpus, texts) : undefined;
    const values = words ?? embedded;
    const features = withOnes(values, texts.length);
    const width = features.length / texts.length;
    made.push({ id, features, width, space: rowsOf(values, texts.length, corpus.test) });
  }
  return made;
}

export function familyOf(
  { id, features, width, tuned }: FamilyFeatures,
  { corpus, targets }: StudySetting,
): Family {
  const labels = corpus.labels.length;
  if (!isTuned(id))
    return new NetworkFamily(id, steadyCompute, networkOf(id, width, labels), { features, targets });
  if (!tuned) throw noTunable();
  return new TunedFamily(id, { ...tuned, targets, labels });
}

function networkOf(
  id: Exclude<FamilyId, TunedFamilyId>,
  width: number,
  labels: number,
): ReturnType<typeof linearNetwork> {
  switch (id) {
    case 'encoder-linear':
    case 'tfidf-linear':
      return linearNetwork(width, labels);
    case 'encoder-mlp':
      return hiddenLayerNetwork(width, HIDDEN_UNITS, labels);
    default:
      return unreachable(id);
  }
}

/** Words are learned from training documents alone, real and synthetic, equally for all arms. */
function wordFeatures({ documents }: StudyCorpus, texts: readonly string[]): Float32Array {
  const vocabulary = fitVocabulary(texts.filter((_, row) => documents[row]?.role !== 'test'));
  const width = Math.max(1, vocabulary.words.length);
  const features = new Float32Array(texts.length * width);
  texts.forEach((text, row) => {
    const { indices, values } = tfidfOfText(text, vocabulary);
    indices.forEach((word, at) => (features[row * width + word] = values[at] ?? 0));
  });
  return features;
}

function withOnes(values: Float32Array, rows: number): Float32Array {
  const width = values.length / rows;
  const result = sharedFloats(rows * (width + 1));
  for (let row = 0; row < rows; row++) {
    result.set(values.subarray(row * width, (row + 1) * width), row * (width + 1));
    result[row * (width + 1) + width] = 1;
  }
  return result;
}

const sharedFloats = (length: number): Float32Array =>
  new Float32Array(new SharedArrayBuffer(length * Float32Array.BYTES_PER_ELEMENT));

function rowsOf(values: Float32Array, rows: number, wanted: Int32Array): Float32Array {
  const width = values.length / rows;
  const result = sharedFloats(wanted.length * width);
  wanted.forEach((row, at) => result.set(values.subarray(row * width, (row + 1) * width), at * width));
  return result;
}
