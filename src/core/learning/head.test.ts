import { beforeAll, describe, expect, it } from 'vitest';
import { onnxCompute } from '../../engine/onnx/compute.ts';
import { expectAllClose } from '../graph/testing/close.ts';
import { Random } from '../random.ts';
import {
  FOLDS,
  MIN_DOCUMENTS_TO_TRAIN,
  trainHead,
  ZERO_SHOT,
  ZERO_SHOT_THRESHOLD,
  type TrainedHead,
  type TrainingData,
} from './head.ts';
import { calibrationOf, fitCalibration, fitScaling } from './calibration.ts';
import { classifierLogits, type LinearClassifier } from './linear-classifier.ts';
import { firstDocuments, labelWord, landscape, type Landscape } from './testing/landscape.ts';
import { SpyCompute, type RecordedRun } from './testing/spy-compute.ts';
import { fromLogOdds, logOdds } from './thresholds.ts';
import { tfidfOfText, type SparseVector } from './tfidf.ts';

/** Four labels with examples and one without. */
const LABELS = 5;
const UNUSED = 4;
const DOCUMENTS = 90;
const NO_WORDS: SparseVector = { indices: new Int32Array(), values: new Float32Array() };

const row = (matrix: Float32Array, at: number, width: number): Float32Array =>
  matrix.subarray(at * width, (at + 1) * width);

const documentLogits = (classifier: LinearClassifier, data: TrainingData, document: number): Float64Array =>
  classifierLogits(
    classifier,
    row(data.embeddings, document, data.dimension),
    data.words[document] ?? NO_WORDS,
  );

/** slope·(lₖ − l̄)·(x − centre) + shift for every label, from the definition. */
function similarityLogits(
  data: TrainingData,
  embedding: Float32Array,
  centre: Float64Array,
  { slope, shift }: { readonly slope: number; readonly shift: number },
): number[] {
  const mean = meanOf(data.labelEmbeddings, data.labels, data.dimension);
  return Array.from({ length: data.labels }, (_, label) => {
    let similarity = 0;
    row(data.labelEmbeddings, label, data.dimension).forEach((value, d) => {
      similarity += (value - (mean[d] ?? 0)) * ((embedding[d] ?? 0) - (centre[d] ?? 0));
    });
    return slope * similarity + shift;
  });
}

function meanOf(matrix: Float32Array, rows: number, width: number): Float64Array {
  const mean = new Float64Array(width);
  matrix.forEach((value, i) => (mean[i % width] = (mean[i % width] ?? 0) + value / rows));
  return mean;
}

/** The weight of each row in one evaluation of the objective; undefined for a run that only scores. */
function documentWeights(run: RecordedRun | undefined): Float32Array | undefined {
  const weights = run?.feeds['weight'];
  return weights instanceof Float32Array ? weights : undefined;
}

/** `o` for each row that is held out, `.` for each that is learned from. */
const heldOut = (weights: Float32Array): string =>
  Array.from(weights, (weight) => (weight === 0 ? 'o' : '.')).join('');

/** Micro-F1 of the fresh documents. */
function freshF1({ classifier, thresholds }: TrainedHead, { fresh, vocabulary }: Landscape): number {
  let [hits, wrong] = [0, 0];
  fresh.targets.forEach((targets, document) => {
    const words = tfidfOfText(fresh.texts[document] ?? '', vocabulary);
    classifierLogits(classifier, fresh.embeddings[document] ?? [], words).forEach((logit, label) => {
      const assigned = logit >= logOdds(thresholds.perLabel[label] ?? 1);
      if (assigned && targets.includes(label)) hits++;
      else if (assigned || targets.includes(label)) wrong++;
    });
  });
  return (2 * hits) / (2 * hits + wrong);
}

const world = landscape(new Random(20240613), {
  documents: DOCUMENTS,
  labels: LABELS,
  dimension: 16,
  unused: 1,
  noise: 1.2,
});
const { data, vocabulary } = world;

describe('a head trained on a small landscape', () => {
  const spy = new SpyCompute(onnxCompute);
  const progress: [string, number][] = [];
  let head: TrainedHead;

  beforeAll(async () => {
    head = await trainHead(spy, data, {
      seed: 7,
      onProgress: (message, share) => void progress.push([message, share]),
    });
  });

  const validation = () => {
    if (!head.validation) throw new Error('nothing was validated');
    return head.validation;
  };

  it('has the shape of its data', () => {
    expect(head.classifier).toMatchObject({ labels: LABELS, dimension: 16, words: data.vocabulary });
    expect(head.classifier.dense).toHaveLength(LABELS * 16);
    expect(head.classifier.lexical).toHaveLength(LABELS * data.vocabulary);
    expect(head.classifier.intercepts).toHaveLength(LABELS);
    expect(head.thresholds.perLabel).toHaveLength(LABELS);
    expect(head.positives).toEqual(
      Array.from(
        { length: LABELS },
        (_, label) => data.targets.filter((targets) => targets.includes(label)).length,
      ),
    );
    for (const weights of [head.classifier.dense, head.classifier.lexical, head.classifier.intercepts]) {
      expect(weights.every(Number.isFinite)).toBe(true);
    }
  });

  it('keeps the average training document as the centre that evidence is measured against', () => {
    expectAllClose(head.classifier.centre, meanOf(data.embeddings, DOCUMENTS, 16), 1e-6, 'centre');
  });

  it('is the same to the last bit for the same seed, and another for another', async () => {
    expect(await trainHead(onnxCompute, data, { seed: 7 })).toEqual(head);
    const other = await trainHead(onnxCompute, data, { seed: 8 });
    expect(other.validation?.logits).not.toEqual(validation().logits);
  });

  it('states what cross-validation chose, from what it had to choose from', () => {
    const { priorWeight, lexicalScale, ridges, folds } = validation();
    expect([0, 4, 8, 12]).toContain(priorWeight);
    expect([0, 0.85]).toContain(lexicalScale);
    expect(ridges).toHaveLength(LABELS);
    for (const ridge of ridges) expect([0.03, 0.1, 0.3]).toContain(ridge);
    expect(folds).toBe(FOLDS);
  });

  it('has a calibrated out-of-fold logit for every document and label, higher where the label is true', () => {
    const { logits } = validation();
    expect(logits).toHaveLength(DOCUMENTS * LABELS);
    expect(logits.every(Number.isFinite)).toBe(true);
    const cells = Array.from(logits, (logit, cell) => ({
      probability: fromLogOdds(logit),
      label: cell % LABELS,
      is: data.targets[Math.floor(cell / LABELS)]?.includes(cell % LABELS) ? 1 : 0,
    })).filter(({ label }) => label !== UNUSED);
    const mean = (numbers: number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
    const probabilities = (is: number): number[] =>
      cells.filter((cell) => cell.is === is).map(({ probability }) => probability);
    expect(mean(probabilities(1))).toBeGreaterThan(mean(probabilities(0)) + 0.4);
    // Calibrated: as many positives as the probabilities promise.
    const promised = mean(cells.map(({ probability }) => probability));
    expect(Math.abs(promised - mean(cells.map(({ is }) => is)))).toBeLessThan(0.03);
  });

  it('classifies documents that it has not seen', () => {
    expect(freshF1(head, world)).toBeGreaterThan(0.75);
  });

  it('raises the score of a document that uses the word of a label, and lowers none by its own', () => {
    expect(validation().lexicalScale).toBeGreaterThan(0);
    for (let label = 0; label < UNUSED; label++) {
      const word = vocabulary.index.get(labelWord(label)) ?? -1;
      expect(word).toBeGreaterThanOrEqual(0);
      const weight = head.classifier.lexical[label * data.vocabulary + word];
      expect(weight).toBeGreaterThan(0);
      const embedding = row(data.embeddings, 0, 16);
      const plain = classifierLogits(head.classifier, embedding, tfidfOfText('device method', vocabulary));
      const told = classifierLogits(
        head.classifier,
        embedding,
        tfidfOfText(`device method ${labelWord(label)}`, vocabulary),
      );
      expect(told[label]).toBeGreaterThan((plain[label] ?? 0) + 0.3);
    }
  });

  it('marks a label without positives, which keeps to its text alone', () => {
    expect(head.positives[UNUSED]).toBe(0);
    expect(head.thresholds.perLabel[UNUSED]).toBe(head.thresholds.global);
    const { lexical, dense } = head.classifier;
    expect([...row(lexical, UNUSED, data.vocabulary)]).toEqual(new Array<number>(data.vocabulary).fill(0));
    const labelMean = meanOf(data.labelEmbeddings, LABELS, 16);
    const direction = row(data.labelEmbeddings, UNUSED, 16).map((value, d) => value - (labelMean[d] ?? 0));
    const weights = row(dense, UNUSED, 16);
    const slope = (weights[0] ?? 0) / (direction[0] ?? 1);
    expect(slope).toBeGreaterThan(0);
    expectAllClose(
      weights,
      direction.map((value) => slope * value),
      1e-5,
      'dense weights',
    );
    // It is validated as it will be used: its out-of-fold logits are those of the classifier.
    for (let document = 0; document < DOCUMENTS; document++) {
      const logit = documentLogits(head.classifier, data, document)[UNUSED] ?? Number.NaN;
      expect(logit).toBeCloseTo(validation().logits[document * LABELS + UNUSED] ?? Number.NaN, 4);
    }
  });

  it('scores a document like the text of the label without positives higher than others', () => {
    const own =
      classifierLogits(head.classifier, row(data.labelEmbeddings, UNUSED, 16), NO_WORDS)[UNUSED] ?? 0;
    for (let document = 0; document < DOCUMENTS; document++) {
      expect(own).toBeGreaterThan(documentLogits(head.classifier, data, document)[UNUSED] ?? Infinity);
    }
  });

  it("learns from each label's text as from one more document that has this label alone", () => {
    const [first] = spy.runs.filter((run) => documentWeights(run));
    const targets = first?.feeds['y'];
    const candidates = (targets?.length ?? 0) / (DOCUMENTS + LABELS);
    expect(candidates % LABELS).toBe(0);
    for (let text = 0; text < LABELS; text++) {
      const own = targets?.slice((DOCUMENTS + text) * candidates, (DOCUMENTS + text + 1) * candidates);
      expect(own && Array.from(own, Number)).toEqual(
        Array.from({ length: candidates }, (_, problem) => (problem % LABELS === text ? 1 : 0)),
      );
    }
  });

  it('holds out whole groups, each document once in a round of folds, and never a label text', () => {
    const held = new Set<string>();
    for (const run of spy.runs) {
      const weights = documentWeights(run);
      if (!weights) continue;
      expect(weights).toHaveLength(DOCUMENTS + LABELS);
      held.add(heldOut(weights));
      expect([...weights.subarray(DOCUMENTS)]).toEqual(new Array<number>(LABELS).fill(1));
    }
    const folds = [...held].filter((pattern) => pattern.includes('o'));
    expect(folds).toHaveLength(FOLDS);
    expect(held.size).toBe(FOLDS + 1);
    const foldOf = new Map<string, number>();
    data.groups.forEach((group, document) => {
      const out = folds.flatMap((pattern, fold) => (pattern[document] === 'o' ? [fold] : []));
      expect(out).toHaveLength(1);
      const [fold = -1] = out;
      expect(foldOf.get(group) ?? fold, `${group} stands on both sides`).toBe(fold);
      foldOf.set(group, fold);
    });
  });

  it('reports how far it is, always ahead, and 1 at the end', () => {
    const shares = progress.map(([, share]) => share);
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    expect([...new Set(progress.map(([message]) => message))]).toEqual([
      'Weighing label texts and words',
      'Choosing regularisation',
      'Fitting on all documents',
      'Trained',
    ]);
  });

  it('releases everything it compiled', () => {
    expect(spy.compiled).toBeGreaterThan(0);
    expect(spy.held).toBe(0);
  });

  it.each([0, 0.1, 0.45, 0.7, 0.95, 1])(
    'stops when a report throws, %s of the way, and releases',
    async (way) => {
      const report = 1 + Math.floor(way * (progress.length - 1));
      const cancelling = new SpyCompute(onnxCompute);
      const cancelled = new Error('cancelled');
      let reports = 0;
      const run = trainHead(cancelling, data, {
        seed: 7,
        onProgress: () => {
          if (++reports === report) throw cancelled;
        },
      });
      await expect(run).rejects.toBe(cancelled);
      expect(reports).toBe(report);
      expect(cancelling.held).toBe(0);
    },
  );
});

describe('the choices of cross-validation', () => {
  const PRIORS = [0, 4, 8, 12];
  const RIDGES = [0.03, 0.1, 0.3];
  const USUAL_RIDGE = 1;

  /** Out-of-fold logits of a stage, read off what passed through the solver, `[documents][columns]`. */
  function outOfFold(spy: SpyCompute, columns: number): number[][] {
    const logits = Array.from({ length: DOCUMENTS }, () => new Array<number>(columns).fill(Number.NaN));
    let weights: Float32Array | undefined;
    for (const run of spy.runs) {
      weights = documentWeights(run) ?? weights;
      const z = run.graph === 'logits' ? run.results['z'] : undefined;
      if (!(z instanceof Float32Array) || z.length !== (DOCUMENTS + LABELS) * columns) continue;
      logits.forEach((line, document) => {
        if (weights?.[document] === 0) line.splice(0, columns, ...row(z, document, columns));
      });
    }
    return logits;
  }

  /** Positives of each cell's label among the documents of the other folds. */
  function positivesBehind(spy: SpyCompute): number[] {
    const held = spy.runs
      .flatMap((run) => documentWeights(run) ?? [])
      .filter((all) => heldOut(all).includes('o'));
    return data.targets.flatMap((_, document) => {
      const weights = held.find((all) => all[document] === 0);
      return Array.from(
        { length: LABELS },
        (_unused, label) =>
          data.targets.filter((targets, other) => weights?.[other] === 1 && targets.includes(label)).length,
      );
    });
  }

  const isTrue = data.targets.flatMap((targets) =>
    Array.from({ length: LABELS }, (_, label) => (targets.includes(label) ? 1 : 0)),
  );

  /** Calibrated logits and log-losses of all cells, from one candidate's raw logits. */
  function calibrated(raw: readonly number[], positives: readonly number[]) {
    const calibration = fitCalibration(raw, positives, isTrue);
    const logits = raw.map((z, cell) => {
      const { slope, shift } = calibrationOf(calibration, positives[cell] ?? 0);
      return slope * z + shift;
    });
    const losses = logits.map((z, cell) => Math.log1p(Math.exp(isTrue[cell] === 1 ? -z : z)));
    return { logits, losses };
  }

  const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0);

  it.each([7, 8, 9, 10])('are those of the lowest calibrated out-of-fold loss: seed %s', async (seed) => {
    const spy = new SpyCompute(onnxCompute);
    const { validation, classifier } = await trainHead(spy, data, { seed });
    const positives = positivesBehind(spy);
    const candidates = [
      ...PRIORS.map((priorWeight) => ({ priorWeight, lexicalScale: 0.85 })),
      { priorWeight: 8, lexicalScale: 0 },
    ];
    const fusionLogits = outOfFold(spy, candidates.length * LABELS);
    const fusionLosses = candidates.map((_, candidate) => {
      const raw = fusionLogits.flatMap((line) => line.slice(candidate * LABELS, (candidate + 1) * LABELS));
      return total(calibrated(raw, positives).losses);
    });
    const fusion = candidates[fusionLosses.indexOf(Math.min(...fusionLosses))];
    expect(validation).toMatchObject(fusion ?? {});

    // A label leaves the usual ridge only for a gain of more than one standard error over documents.
    const ridgeLogits = outOfFold(spy, RIDGES.length * LABELS);
    const raws = RIDGES.map((_, r) =>
      ridgeLogits.flatMap((line) => line.slice(r * LABELS, (r + 1) * LABELS)),
    );
    const losses = raws.map((raw) => calibrated(raw, positives).losses);
    const chosen = Array.from({ length: LABELS }, (_, label) => {
      const gains = losses.map((loss) =>
        data.targets.map((_unused, document) => {
          const cell = document * LABELS + label;
          return (losses[USUAL_RIDGE]?.[cell] ?? 0) - (loss[cell] ?? 0);
        }),
      );
      const clear = gains.map((gain) => {
        const mean = total(gain) / DOCUMENTS;
        return total(gain) > Math.sqrt(total(gain.map((one) => (one - mean) ** 2))) ? total(gain) : 0;
      });
      return Math.max(...clear) > 0 ? clear.indexOf(Math.max(...clear)) : USUAL_RIDGE;
    });
    expect(validation?.ridges).toEqual(chosen.map((r) => RIDGES[r]));

    // What was validated is what the chosen ridges gave, calibrated by how many positives stood behind each fold.
    const raw = isTrue.map((_, cell) => raws[chosen[cell % LABELS] ?? 0]?.[cell] ?? Number.NaN);
    const { logits } = calibrated(raw, positives);
    logits.forEach((logit, cell) => {
      if (cell % LABELS === UNUSED) return;
      expect(validation?.logits[cell]).toBeCloseTo(logit, 6);
    });

    // The label nobody uses is scaled like the others' texts are, is rarer than they (shift less 1), and over the
    // documents that all lack it no likelier than Laplace allows.
    const centre = meanOf(data.embeddings, DOCUMENTS, 16);
    const similarity = data.targets.flatMap((_, document) =>
      similarityLogits(data, row(data.embeddings, document, 16), centre, { slope: 1, shift: 0 }),
    );
    const used = isTrue.map((_, cell) => cell).filter((cell) => cell % LABELS !== UNUSED);
    const { slope, shift } = fitScaling(
      used.map((cell) => similarity[cell] ?? 0),
      used.map((cell) => isTrue[cell] ?? 0),
      [ZERO_SHOT.slope, ZERO_SHOT.shift],
    );
    const found = data.targets.map((_, document) => documentLogits(classifier, data, document)[UNUSED] ?? 0);
    const shifts = found.map((z, document) => z - slope * (similarity[document * LABELS + UNUSED] ?? 0));
    expectAllClose(shifts, new Array<number>(DOCUMENTS).fill(shifts[0] ?? 0), 1e-4, 'zero-shot shifts');
    const mean = found.reduce((sum, z) => sum + 1 / (1 + Math.exp(-z)), 0) / DOCUMENTS;
    expect(mean).toBeLessThan(1 / (DOCUMENTS + 2) + 1e-4);
    const capped = Math.abs(mean - 1 / (DOCUMENTS + 2)) < 1e-4;
    if (!capped) expect(shifts[0]).toBeCloseTo(shift - 1, 4);
  });

  it('are folded, with the calibration and the last fit, into plain weights', async () => {
    const spy = new SpyCompute(onnxCompute);
    const { classifier, validation, positives } = await trainHead(spy, data, { seed: 7 });
    if (!validation) throw new Error('nothing was validated');
    const centre = meanOf(data.embeddings, DOCUMENTS, 16);
    const labelMean = meanOf(data.labelEmbeddings, LABELS, 16);
    const width = 16 + data.vocabulary;
    const last = spy.runs.filter((run) => {
      const weights = documentWeights(run);
      return weights !== undefined && !heldOut(weights).includes('o');
    });
    expect(last.length).toBeGreaterThan(1);
    for (let label = 0; label < UNUSED; label++) {
      const { slope, shift } = calibrationOf(validation.calibration, positives[label] ?? 0);
      const direction = row(data.labelEmbeddings, label, 16).map((value, d) => value - (labelMean[d] ?? 0));
      // The fit ends at one of the points that it tried.
      const misses = last.map(({ feeds }) => {
        const learned = Array.from({ length: width }, (_, d) => Number(feeds['w']?.[label * width + d]));
        const dense = Array.from(
          direction,
          (value, d) => slope * (validation.priorWeight * value + (learned[d] ?? 0)),
        );
        const lexical = learned.slice(16).map((weight) => slope * weight);
        const offset = total(dense.map((weight, d) => weight * (centre[d] ?? 0)));
        const expected = [...dense, ...lexical, slope * Number(feeds['b']?.[label]) + shift - offset];
        const found = [
          ...row(classifier.dense, label, 16),
          ...row(classifier.lexical, label, data.vocabulary),
          classifier.intercepts[label] ?? Number.NaN,
        ];
        return Math.max(...expected.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN))));
      });
      expect(Math.min(...misses)).toBeLessThan(1e-4);
    }
  });

  it('do not see the document they are measured on: labels given by lot cannot be told', async () => {
    const random = new Random(11);
    const noise = {
      ...data,
      groups: data.groups.map((_, document) => `document ${document}`),
      targets: data.targets.map(() => [random.integer(UNUSED)]),
    };
    const head = await trainHead(onnxCompute, noise, { seed: 1 });
    let [right, pairs] = [0, 0];
    for (let label = 0; label < UNUSED; label++) {
      const scores = noise.targets.map((targets, document) => ({
        is: targets.includes(label),
        logit: head.validation?.logits[document * LABELS + label] ?? Number.NaN,
      }));
      for (const one of scores.filter(({ is }) => is)) {
        for (const other of scores.filter(({ is }) => !is)) {
          pairs++;
          right += one.logit > other.logit ? 1 : 0;
        }
      }
    }
    expect(Math.abs(right / pairs - 0.5)).toBeLessThan(0.12);
  });
});

describe('where the words say nothing', () => {
  it('nothing is learned from a vocabulary of no words', async () => {
    const wordless = {
      ...data,
      vocabulary: 0,
      words: data.words.map(() => NO_WORDS),
      labelWords: data.labelWords.map(() => NO_WORDS),
    };
    const head = await trainHead(onnxCompute, wordless, { seed: 1 });
    expect(head.classifier.lexical).toHaveLength(0);
    expect(head.validation?.logits.every(Number.isFinite)).toBe(true);
    expect(head.classifier.dense.every(Number.isFinite)).toBe(true);
  });
});

describe('above 600 documents', () => {
  it('the first choice is made on two of the folds', async () => {
    const spy = new SpyCompute(onnxCompute);
    const large = landscape(new Random(3), { documents: 601, labels: 2, dimension: 4 });
    const stages = new Map<string, Set<string>>();
    const head = await trainHead(spy, large.data, {
      seed: 1,
      onProgress: (message) => {
        const weights = documentWeights(spy.runs.at(-1));
        if (weights) stages.set(message, (stages.get(message) ?? new Set()).add(heldOut(weights)));
      },
    });
    expect(stages.get('Weighing label texts and words')?.size).toBe(2);
    expect(stages.get('Choosing regularisation')?.size).toBe(FOLDS);
    expect(head.validation?.logits).toHaveLength(601 * 2);
  });
});

describe('without enough to learn from', () => {
  const few = firstDocuments(data, MIN_DOCUMENTS_TO_TRAIN - 1);
  const labelMean = meanOf(data.labelEmbeddings, LABELS, 16);

  it.each<{ what: string; training: TrainingData; centre: Float64Array }>([
    { what: 'no documents', training: firstDocuments(data, 0), centre: labelMean },
    { what: 'fewer than 20 documents', training: few, centre: labelMean },
    {
      what: 'fewer groups than folds',
      training: { ...data, groups: data.groups.map((_, document) => `group ${document % (FOLDS - 1)}`) },
      centre: meanOf(data.embeddings, DOCUMENTS, 16),
    },
    {
      what: 'no positives',
      training: { ...data, targets: data.targets.map(() => []) },
      centre: meanOf(data.embeddings, DOCUMENTS, 16),
    },
  ])('the label texts decide alone: $what', async ({ training, centre }) => {
    const spy = new SpyCompute(onnxCompute);
    const head = await trainHead(spy, training, { seed: 1 });
    expect(spy.compiled).toBe(0);
    expect(head.validation).toBeUndefined();
    expect(head.thresholds).toEqual({
      global: ZERO_SHOT_THRESHOLD,
      perLabel: new Float64Array(LABELS).fill(ZERO_SHOT_THRESHOLD),
    });
    expect(head.classifier.lexical.every((weight) => weight === 0)).toBe(true);
    expectAllClose(head.classifier.centre, centre, 1e-6, 'centre');
    for (let document = 0; document < 10; document++) {
      const embedding = row(data.embeddings, document, 16);
      expectAllClose(
        classifierLogits(head.classifier, embedding, data.words[document] ?? NO_WORDS),
        similarityLogits(data, embedding, centre, ZERO_SHOT),
        1e-5,
        'logits',
      );
    }
  });

  it('the label texts find a good part of the labels, if fewer than training does', async () => {
    const zeroShot = await trainHead(onnxCompute, few, { seed: 1 });
    const trained = await trainHead(onnxCompute, data, { seed: 1 });
    expect(freshF1(zeroShot, world)).toBeGreaterThan(0.4);
    expect(freshF1(trained, world)).toBeGreaterThan(freshF1(zeroShot, world));
  });

  it('a head is trained from 20 documents on', async () => {
    const enough = await trainHead(onnxCompute, firstDocuments(data, MIN_DOCUMENTS_TO_TRAIN), { seed: 1 });
    expect(enough.validation?.logits).toHaveLength(MIN_DOCUMENTS_TO_TRAIN * LABELS);
  });
});
