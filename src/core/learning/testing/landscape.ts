/**
 * Small technical landscapes with planted structure: every label has a direction in embedding space that its text
 * shows too, and words of its own; documents come in families that share their labels and stand close together.
 */
import type { Random } from '../../random.ts';
import type { TrainingData } from '../head.ts';
import { fitVocabulary, tfidfOfText, type Vocabulary } from '../tfidf.ts';

export interface LandscapeOptions {
  readonly documents: number;
  readonly labels: number;
  readonly dimension: number;
  /** Labels, from the last, that no document has. */
  readonly unused?: number;
  /** Largest family. */
  readonly family?: number;
  /** Length of the noise beside a label's direction of length 1. */
  readonly noise?: number;
}

export interface Landscape {
  readonly data: TrainingData;
  readonly vocabulary: Vocabulary;
  readonly texts: readonly string[];
  /** Further documents of the same kind that training does not see. */
  readonly fresh: {
    readonly embeddings: readonly Float32Array[];
    readonly texts: readonly string[];
    readonly targets: readonly (readonly number[])[];
  };
}

const FILLERS = ['device', 'method', 'comprising', 'said', 'wherein', 'first', 'second', 'element'];

/** The word that only documents of this label use, most of them. */
export const labelWord = (label: number): string => `term${String.fromCharCode(97 + label)}`;

export function landscape(random: Random, options: LandscapeOptions): Landscape {
  const { documents, labels, dimension, unused = 0, family = 3, noise = 0.8 } = options;
  const directions = Array.from({ length: labels }, () => unit(gaussians(random, dimension)));
  const used = labels - unused;

  const drawLabels = (): number[] => {
    const drawn = new Set([random.integer(used)]);
    if (random.integer(3) === 0) drawn.add(random.integer(used));
    return [...drawn].sort((a, b) => a - b);
  };
  const drawEmbedding = (targets: readonly number[]): Float32Array => {
    const total = gaussians(random, dimension).map((value) => (noise * value) / Math.sqrt(dimension));
    for (const label of targets)
      directions[label]?.forEach((value, d) => (total[d] = (total[d] ?? 0) + value));
    return unit(total);
  };
  const drawText = (targets: readonly number[]): string => {
    const words = Array.from({ length: 12 }, () => FILLERS[random.integer(FILLERS.length)] ?? '');
    for (const label of targets) if (random.integer(5) > 0) words.push(labelWord(label), labelWord(label));
    return random.shuffle(words).join(' ');
  };

  const embeddings: Float32Array[] = [];
  const texts: string[] = [];
  const targets: number[][] = [];
  const groups: string[] = [];
  for (let group = 0; embeddings.length < documents; group++) {
    const shared = drawLabels();
    for (let size = 1 + random.integer(family); size > 0 && embeddings.length < documents; size--) {
      embeddings.push(drawEmbedding(shared));
      texts.push(drawText(shared));
      targets.push(shared);
      groups.push(`family ${group}`);
    }
  }
  const freshTargets = Array.from({ length: 60 }, drawLabels);
  const vocabulary = fitVocabulary(texts);
  const labelTexts = directions.map((_, label) => `${labelWord(label)} device`);
  return {
    vocabulary,
    texts,
    data: {
      documents,
      labels,
      dimension,
      vocabulary: vocabulary.words.length,
      embeddings: flat(embeddings),
      words: texts.map((text) => tfidfOfText(text, vocabulary)),
      targets,
      groups,
      // A label's text says what it is about, but not only that.
      labelEmbeddings: flat(
        directions.map((direction) => {
          const aside = gaussians(random, dimension);
          return unit(direction.map((value, d) => value + (0.5 * (aside[d] ?? 0)) / Math.sqrt(dimension)));
        }),
      ),
      labelWords: labelTexts.map((text) => tfidfOfText(text, vocabulary)),
    },
    fresh: {
      embeddings: freshTargets.map(drawEmbedding),
      texts: freshTargets.map(drawText),
      targets: freshTargets,
    },
  };
}

/** The first documents of a landscape alone. */
export function firstDocuments(data: TrainingData, documents: number): TrainingData {
  return {
    ...data,
    documents,
    embeddings: data.embeddings.slice(0, documents * data.dimension),
    words: data.words.slice(0, documents),
    targets: data.targets.slice(0, documents),
    groups: data.groups.slice(0, documents),
  };
}

const flat = (rows: readonly Float32Array[]): Float32Array =>
  Float32Array.from(rows.flatMap((row) => [...row]));

/** Box–Muller. */
function gaussians(random: Random, count: number): Float32Array {
  return Float32Array.from(
    { length: count },
    () => Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform()),
  );
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
