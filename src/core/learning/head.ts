/**
 * Training the head: one-vs-rest logistic regressions on [centred embedding, TF-IDF], with the label texts as
 * evidence in two ways, both linear in the embedding:
 *   - prior direction: the logit starts at  c · (lₖ − l̄)·(x − μ)  and the ridge pulls the learned weights towards it;
 *   - pseudo-documents: each label's own text is one more training document that has exactly this label.
 *
 * By cross-validation over groups: c, whether TF-IDF pays, and each label's ridge λ. The same out-of-fold logits then
 * give calibration and thresholds. Labels without a single positive keep the similarity to their text alone, scaled
 * on the labels that do have examples, and are marked zero-shot. All of it folds into one {@link LinearClassifier}.
 *
 * Recipe and constants are ours, chosen on health64 and checked on patents64 (METHODS 9 gives the starting point).
 */
import { stratifiedGroupFolds } from '../corpus/folds.ts';
import type { Compute } from '../graph/compute.ts';
import { Random } from '../random.ts';
import { calibrationOf, fitCalibration, fitScaling, type Calibration } from './calibration.ts';
import type { LinearClassifier } from './linear-classifier.ts';
import { logisticSolver, type LogisticData, type LogisticProblem } from './logistic.ts';
import type { SparseVector } from './tfidf.ts';
import { fromLogOdds, tuneThresholds, type Thresholds } from './thresholds.ts';

/** Candidate weights c of the label-text prior, and scales of the TF-IDF block (0 leaves it out). [ours] */
const PRIOR_WEIGHTS = [0, 4, 8, 12] as const;
const LEXICAL_SCALES = [0, 0.85] as const;
const USUAL_PRIOR = 8;
const USUAL_LEXICAL = 0.85;
/** Ridge λ tried for each label around the usual one. [ours] */
const RIDGES = [0.03, 0.1, 0.3] as const;
const USUAL_RIDGE = 0.1;
/** The intercept is pulled towards the log-odds of a label that 1.5 of 64 documents have. [ours] */
const INTERCEPT = { l2: 2, mean: -4 };
export const FOLDS = 5;
/** Rounds of L-BFGS: early stopping is part of the regularisation. [ours] */
const ROUNDS = 26;
/** Comparing candidates needs fewer. */
const COMPARING_ROUNDS = 16;
const TOLERANCE = 1e-3;
/** Above this many documents the first choice (c, TF-IDF) is made on two of the folds. [ours] */
const MANY_DOCUMENTS = 600;
/** Fewer labelled documents than this are not enough to validate anything: the label texts decide alone. [ours] */
export const MIN_DOCUMENTS_TO_TRAIN = 20;
/** Fewer positives than this and a label is named as having too few examples. [ours] */
export const MIN_POSITIVES = 5;
/** Log-odds of (lₖ − l̄)·(x − μ) alone: 15.8·s − 4.85, equal on two real landscapes to a tenth. [ours, measured] */
export const ZERO_SHOT = { slope: 15.8, shift: -4.85 };
/** Threshold that goes with {@link ZERO_SHOT}. [ours, measured] */
export const ZERO_SHOT_THRESHOLD = 0.15;
/** A label that was on offer and never used is rarer than its text suggests. [ours, measured] */
const NEVER_USED = 1;

export interface TrainingData {
  readonly documents: number;
  readonly labels: number;
  readonly dimension: number;
  readonly vocabulary: number;
  /** Row-major `[documents, dimension]`, L2-normalised rows. */
  readonly embeddings: Float32Array;
  /** TF-IDF, one a document. */
  readonly words: readonly SparseVector[];
  /** Label positions of each document. */
  readonly targets: readonly (readonly number[])[];
  readonly groups: readonly string[];
  /** Row-major `[labels, dimension]`: the label texts through the same encoder. */
  readonly labelEmbeddings: Float32Array;
  readonly labelWords: readonly SparseVector[];
}

export interface TrainingOptions {
  readonly seed: number;
  /** Called often with the share done in [0, 1]; throw to cancel. */
  readonly onProgress?: (message: string, share: number) => void | Promise<void>;
}

export interface TrainedHead {
  readonly classifier: LinearClassifier;
  readonly thresholds: Thresholds;
  readonly positives: readonly number[];
  /** Choices made by cross-validation; absent when there was nothing to validate on. */
  readonly validation?: Validation;
}

export interface Validation {
  readonly priorWeight: number;
  readonly lexicalScale: number;
  /** λ of each label. */
  readonly ridges: readonly number[];
  readonly calibration: Calibration;
  readonly folds: number;
  /** Calibrated out-of-fold logits, row-major `[documents, labels]`. */
  readonly logits: Float64Array;
}

export async function trainHead(
  compute: Compute,
  data: TrainingData,
  options: TrainingOptions,
): Promise<TrainedHead> {
  const positives = countPositives(data);
  const groups = new Set(data.groups).size;
  if (data.documents < MIN_DOCUMENTS_TO_TRAIN || groups < FOLDS || positives.every((count) => count === 0)) {
    return zeroShotHead(data, positives);
  }
  const design = buildDesign(data);
  const folds = stratifiedGroupFolds(
    { groups: data.groups, labels: data.targets, labelCount: data.labels },
    FOLDS,
    new Random(options.seed),
  );
  const run = new Run(compute, data, design, folds, positives, options);
  const fusion = await run.chooseFusion();
  const { ridges, raw } = await run.chooseRidges(fusion);
  const foldPositives = run.positivesWithoutOwnFold();
  const targets = cellTargets(data);
  const calibration = fitCalibration(raw, foldPositives, targets);
  const scaling = zeroShotScaling(data, design, positives);
  const logits = Float64Array.from(raw, (z, cell) => {
    if ((positives[cell % data.labels] ?? 0) === 0)
      return scaling.slope * (design.similarity[cell] ?? 0) + (scaling.shifts[cell % data.labels] ?? 0);
    const { slope, shift } = calibrationOf(calibration, foldPositives[cell] ?? 0);
    return slope * z + shift;
  });
  const thresholds = tuneThresholds(logits, targets, data.documents, data.labels);
  const weights = await run.finalFit(fusion, ridges);
  await options.onProgress?.('Trained', 1);
  return {
    classifier: foldIn(data, design, weights, fusion, calibration, scaling, positives),
    thresholds,
    positives,
    validation: { ...fusion, ridges, calibration, folds: FOLDS, logits },
  };
}

interface Fusion {
  readonly priorWeight: number;
  readonly lexicalScale: number;
}

/** Rows are the documents, then the label texts as pseudo-documents. */
interface Design {
  readonly logistic: LogisticData;
  /** Mean embedding of the training documents. */
  readonly mean: Float64Array;
  /** Label embeddings less their mean, row-major `[labels, dimension]`. */
  readonly directions: Float32Array;
  /** (lₖ − l̄)·(x − μ), row-major `[documents + labels, labels]`. */
  readonly similarity: Float32Array;
}

function buildDesign(data: TrainingData): Design {
  const { documents, labels, dimension, vocabulary } = data;
  const rows = documents + labels;
  const width = dimension + vocabulary;
  const mean = meanRow(data.embeddings, documents, dimension);
  const directions = centred(
    data.labelEmbeddings,
    meanRow(data.labelEmbeddings, labels, dimension),
    dimension,
  );
  const features = new Float32Array(rows * width);
  const targets = new Float32Array(rows * labels);
  const similarity = new Float32Array(rows * labels);
  for (let row = 0; row < rows; row++) {
    const isDocument = row < documents;
    const position = isDocument ? row : row - documents;
    const source = isDocument ? data.embeddings : data.labelEmbeddings;
    for (let d = 0; d < dimension; d++) {
      features[row * width + d] = (source[position * dimension + d] as number) - (mean[d] as number);
    }
    const words = isDocument ? data.words[position] : data.labelWords[position];
    words?.indices.forEach((word, i) => {
      features[row * width + dimension + word] = words.values[i] ?? 0;
    });
    for (const label of isDocument ? (data.targets[position] ?? []) : [position])
      targets[row * labels + label] = 1;
    for (let label = 0; label < labels; label++) {
      let total = 0;
      for (let d = 0; d < dimension; d++) {
        total += (features[row * width + d] as number) * (directions[label * dimension + d] as number);
      }
      similarity[row * labels + label] = total;
    }
  }
  return {
    logistic: {
      documents: rows,
      features,
      blocks: [{ width: dimension }, { width: vocabulary }],
      targets,
      offsets: similarity,
      labels,
      intercept: INTERCEPT,
    },
    mean,
    directions,
    similarity,
  };
}

/** The fits of one training run; holds what they share. */
class Run {
  readonly #compute: Compute;
  readonly #data: TrainingData;
  readonly #design: Design;
  readonly #folds: Int32Array;
  readonly #positives: readonly number[];
  readonly #options: TrainingOptions;
  #positivesWithoutOwnFold: Float64Array | undefined;

  constructor(
    compute: Compute,
    data: TrainingData,
    design: Design,
    folds: Int32Array,
    positives: readonly number[],
    options: TrainingOptions,
  ) {
    this.#compute = compute;
    this.#data = data;
    this.#design = design;
    this.#folds = folds;
    this.#positives = positives;
    this.#options = options;
  }

  /** c and the TF-IDF scale with the lowest calibrated out-of-fold log-loss over all cells. */
  async chooseFusion(): Promise<Fusion> {
    const { labels } = this.#data;
    const candidates: readonly Fusion[] = [
      ...PRIOR_WEIGHTS.map((priorWeight) => ({ priorWeight, lexicalScale: USUAL_LEXICAL })),
      ...LEXICAL_SCALES.filter((scale) => scale !== USUAL_LEXICAL).map((lexicalScale) => ({
        priorWeight: USUAL_PRIOR,
        lexicalScale,
      })),
    ];
    const problems = candidates.flatMap((candidate) => this.#problems(candidate, () => USUAL_RIDGE));
    const folds = this.#data.documents > MANY_DOCUMENTS ? 2 : FOLDS;
    const scores = await this.#outOfFold(
      problems,
      folds,
      COMPARING_ROUNDS,
      'Weighing label texts and words',
      0,
      0.45,
    );
    const losses = candidates.map((_, candidate) => {
      const cells = this.#cells((document) => (this.#folds[document] ?? 0) < folds);
      const z = cells.map(
        ({ document, label }) => scores[document * problems.length + candidate * labels + label] ?? 0,
      );
      return this.#calibratedLosses(cells, z).reduce((total, loss) => total + loss, 0);
    });
    return (
      candidates[losses.indexOf(Math.min(...losses))] ?? {
        priorWeight: USUAL_PRIOR,
        lexicalScale: USUAL_LEXICAL,
      }
    );
  }

  /**
   * Each label's λ: another than the usual one only where its out-of-fold log-loss is lower by more than a standard
   * error over documents (the one-standard-error rule keeps noise from choosing).
   */
  async chooseRidges(fusion: Fusion): Promise<{ ridges: readonly number[]; raw: Float64Array }> {
    const { documents, labels } = this.#data;
    const problems = RIDGES.flatMap((ridge) => this.#problems(fusion, () => ridge));
    const scores = await this.#outOfFold(problems, FOLDS, ROUNDS, 'Choosing regularisation', 0.45, 0.4);
    const cells = this.#cells(() => true);
    const logits = RIDGES.map((_, r) =>
      cells.map(({ document, label }) => scores[document * problems.length + r * labels + label] ?? 0),
    );
    const losses = logits.map((z) => this.#calibratedLosses(cells, z));
    const usual = RIDGES.indexOf(USUAL_RIDGE);
    const chosen = Array.from({ length: labels }, (_, label) => {
      let best = usual;
      let bestGain = 0;
      losses.forEach((loss, r) => {
        const gains = Array.from(
          { length: documents },
          (_unused, document) =>
            (losses[usual]?.[document * labels + label] ?? 0) - (loss[document * labels + label] ?? 0),
        );
        const total = gains.reduce((sum, gain) => sum + gain, 0);
        const mean = total / documents;
        const spread = Math.sqrt(gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0));
        if (total > spread && total > bestGain) [best, bestGain] = [r, total];
      });
      return best;
    });
    return {
      ridges: chosen.map((r) => RIDGES[r] ?? USUAL_RIDGE),
      raw: Float64Array.from(cells, ({ label }, cell) => logits[chosen[label] ?? usual]?.[cell] ?? 0),
    };
  }

  /** Weights on all documents, `[labels, features + 1]`. */
  async finalFit(fusion: Fusion, ridges: readonly number[]): Promise<Float64Array> {
    const problems = this.#problems(fusion, (label) => ridges[label] ?? USUAL_RIDGE);
    const solver = await logisticSolver(this.#compute, this.#design.logistic, problems);
    try {
      const all = new Float32Array(this.#design.logistic.documents).fill(1);
      const { parameters } = await solver.fit(all, this.#rounds('Fitting on all documents', 0.85, 0.15));
      return parameters;
    } finally {
      await solver.release();
    }
  }

  /** Training positives behind each cell's out-of-fold logit, row-major `[documents, labels]`. */
  positivesWithoutOwnFold(): Float64Array {
    this.#positivesWithoutOwnFold ??= this.#countWithoutOwnFold();
    return this.#positivesWithoutOwnFold;
  }

  #countWithoutOwnFold(): Float64Array {
    const { documents, labels, targets } = this.#data;
    const inFold = new Float64Array(FOLDS * labels);
    targets.forEach((list, document) => {
      for (const label of list) {
        const cell = (this.#folds[document] ?? 0) * labels + label;
        inFold[cell] = (inFold[cell] ?? 0) + 1;
      }
    });
    return Float64Array.from({ length: documents * labels }, (_, cell) => {
      const fold = this.#folds[Math.floor(cell / labels)] ?? 0;
      return (this.#positives[cell % labels] ?? 0) - (inFold[fold * labels + (cell % labels)] ?? 0);
    });
  }

  #problems(fusion: Fusion, ridge: (label: number) => number): readonly LogisticProblem[] {
    return Array.from({ length: this.#data.labels }, (_, label) => ({
      label,
      prior: fusion.priorWeight,
      scales: [1, fusion.lexicalScale],
      l2: ridge(label),
    }));
  }

  /** Logits of held-out documents, row-major `[documents, problems]`; documents of later folds stay 0. */
  async #outOfFold(
    problems: readonly LogisticProblem[],
    folds: number,
    rounds: number,
    message: string,
    from: number,
    share: number,
  ): Promise<Float32Array> {
    const { documents } = this.#data;
    const scores = new Float32Array(documents * problems.length);
    const solver = await logisticSolver(this.#compute, this.#design.logistic, problems);
    try {
      for (let fold = 0; fold < folds; fold++) {
        const weights = new Float32Array(this.#design.logistic.documents).fill(1);
        for (let document = 0; document < documents; document++) {
          if (this.#folds[document] === fold) weights[document] = 0;
        }
        const progress = this.#rounds(message, from + (share * fold) / folds, share / folds, rounds);
        const all = await solver.fitScores(weights, progress);
        for (let document = 0; document < documents; document++) {
          if (this.#folds[document] !== fold) continue;
          const row = document * problems.length;
          scores.set(all.subarray(row, row + problems.length), row);
        }
      }
    } finally {
      await solver.release();
    }
    return scores;
  }

  #rounds(
    message: string,
    from: number,
    share: number,
    rounds = ROUNDS,
  ): { maxRounds: number; tolerance: number; onRound: (round: number) => void | Promise<void> } {
    return {
      maxRounds: rounds,
      tolerance: TOLERANCE,
      onRound: (round) => this.#options.onProgress?.(message, from + (share * round) / rounds),
    };
  }

  #cells(wanted: (document: number) => boolean): readonly { document: number; label: number }[] {
    const { documents, labels } = this.#data;
    const cells: { document: number; label: number }[] = [];
    for (let document = 0; document < documents; document++) {
      if (!wanted(document)) continue;
      for (let label = 0; label < labels; label++) cells.push({ document, label });
    }
    return cells;
  }

  #calibratedLosses(
    cells: readonly { document: number; label: number }[],
    z: readonly number[],
  ): readonly number[] {
    const counts = this.positivesWithoutOwnFold();
    const positives = cells.map(({ document, label }) => counts[document * this.#data.labels + label] ?? 0);
    const targets = cells.map(({ document, label }) =>
      this.#data.targets[document]?.includes(label) ? 1 : 0,
    );
    const calibration = fitCalibration(z, positives, targets);
    return z.map((logit, cell) => {
      const { slope, shift } = calibrationOf(calibration, positives[cell] ?? 0);
      const calibrated = slope * logit + shift;
      return (
        Math.max(calibrated, 0) +
        Math.log1p(Math.exp(-Math.abs(calibrated))) -
        (targets[cell] ?? 0) * calibrated
      );
    });
  }
}

/** Folds centring, prior, learned weights and calibration into plain weights on embedding and TF-IDF. */
function foldIn(
  data: TrainingData,
  design: Design,
  weights: Float64Array,
  fusion: Fusion,
  calibration: Calibration,
  scaling: ZeroShotScaling,
  positives: readonly number[],
): LinearClassifier {
  const { labels, dimension, vocabulary } = data;
  const stride = dimension + vocabulary + 1;
  const classifier = emptyClassifier(data, design.mean);
  for (let label = 0; label < labels; label++) {
    const count = positives[label] ?? 0;
    const trained = count > 0;
    const { slope, shift } = trained
      ? calibrationOf(calibration, count)
      : { slope: scaling.slope, shift: scaling.shifts[label] ?? 0 };
    const prior = trained ? fusion.priorWeight : 1;
    let intercept = trained ? slope * (weights[label * stride + stride - 1] as number) + shift : shift;
    for (let d = 0; d < dimension; d++) {
      const learned = trained ? (weights[label * stride + d] as number) : 0;
      const weight = slope * (prior * (design.directions[label * dimension + d] as number) + learned);
      classifier.dense[label * dimension + d] = weight;
      intercept -= weight * (design.mean[d] as number);
    }
    for (let word = 0; trained && word < vocabulary; word++) {
      classifier.lexical[label * vocabulary + word] =
        slope * fusion.lexicalScale * (weights[label * stride + dimension + word] as number);
    }
    classifier.intercepts[label] = intercept;
  }
  return classifier;
}

/** Without enough labelled documents: similarity to the label texts, at odds that held on two real landscapes. */
function zeroShotHead(data: TrainingData, positives: readonly number[]): TrainedHead {
  const { labels, dimension } = data;
  const mean = meanRow(data.labelEmbeddings, labels, dimension);
  const directions = centred(data.labelEmbeddings, mean, dimension);
  // The documents' own mean, where there are some; else the label texts' is the best guess at where they lie.
  const centre =
    data.documents >= MIN_DOCUMENTS_TO_TRAIN ? meanRow(data.embeddings, data.documents, dimension) : mean;
  const classifier = emptyClassifier(data, centre);
  for (let label = 0; label < labels; label++) {
    let intercept = ZERO_SHOT.shift;
    for (let d = 0; d < dimension; d++) {
      const weight = ZERO_SHOT.slope * (directions[label * dimension + d] as number);
      classifier.dense[label * dimension + d] = weight;
      intercept -= weight * (centre[d] as number);
    }
    classifier.intercepts[label] = intercept;
  }
  return {
    classifier,
    thresholds: {
      global: ZERO_SHOT_THRESHOLD,
      perLabel: new Float64Array(labels).fill(ZERO_SHOT_THRESHOLD),
    },
    positives,
  };
}

interface ZeroShotScaling {
  readonly slope: number;
  /** One a label. */
  readonly shifts: Float64Array;
}

/**
 * Log-odds of the similarity to a label's text, fitted on the labels that have examples. Those are the frequent ones,
 * so a label that none of N documents has is held to a mean probability of 1 / (N + 2) over them (Laplace): otherwise
 * two labels used often would make sixty unused ones look likely.
 */
function zeroShotScaling(data: TrainingData, design: Design, positives: readonly number[]): ZeroShotScaling {
  const scores: number[] = [];
  const targets: number[] = [];
  for (let document = 0; document < data.documents; document++) {
    for (let label = 0; label < data.labels; label++) {
      if ((positives[label] ?? 0) === 0) continue;
      scores.push(design.similarity[document * data.labels + label] ?? 0);
      targets.push(data.targets[document]?.includes(label) ? 1 : 0);
    }
  }
  const fitted = fitScaling(scores, targets, [ZERO_SHOT.slope, ZERO_SHOT.shift]);
  // With very few labels in use the fit may find that similarity speaks against a label; it never does.
  const slope = fitted.slope > 0 ? fitted.slope : ZERO_SHOT.slope;
  const usual = (fitted.slope > 0 ? fitted.shift : ZERO_SHOT.shift) - NEVER_USED;
  const ceiling = 1 / (data.documents + 2);
  const shifts = Float64Array.from({ length: data.labels }, (_, label) => {
    const scaled = Array.from(
      { length: data.documents },
      (_unused, document) => slope * (design.similarity[document * data.labels + label] ?? 0),
    );
    return Math.min(usual, shiftToMean(scaled, ceiling));
  });
  return { slope, shifts };
}

/** The shift at which the mean probability over these logits is `mean`, by bisection. */
function shiftToMean(logits: readonly number[], mean: number): number {
  let [low, high] = [-60, 60];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    const total = logits.reduce((sum, logit) => sum + fromLogOdds(logit + middle), 0);
    if (total / logits.length > mean) high = middle;
    else low = middle;
  }
  return low;
}

function countPositives(data: TrainingData): readonly number[] {
  const counts = new Array<number>(data.labels).fill(0);
  for (const list of data.targets) for (const label of list) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}

function cellTargets(data: TrainingData): Uint8Array {
  const cells = new Uint8Array(data.documents * data.labels);
  data.targets.forEach((list, document) => {
    for (const label of list) cells[document * data.labels + label] = 1;
  });
  return cells;
}

function emptyClassifier(
  { labels, dimension, vocabulary }: TrainingData,
  centre: Float64Array,
): LinearClassifier {
  return {
    labels,
    dimension,
    words: vocabulary,
    dense: new Float32Array(labels * dimension),
    lexical: new Float32Array(labels * vocabulary),
    intercepts: new Float32Array(labels),
    centre: Float32Array.from(centre),
  };
}

function meanRow(matrix: Float32Array, rows: number, width: number): Float64Array {
  const mean = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < width; d++)
      mean[d] = (mean[d] as number) + (matrix[row * width + d] as number) / rows;
  }
  return mean;
}

function centred(matrix: Float32Array, mean: Float64Array, width: number): Float32Array {
  return matrix.map((value, i) => value - (mean[i % width] as number));
}
