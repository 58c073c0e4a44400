/**
 * Fidelity of synthetic documents (METHODS 3), end to end: encodes both sides, finds out what is known of each document,
 * scores all of them and every part, and makes the report. Embeddings are cached as they are made, so that a run that
 * was stopped goes on where it was.
 */
import { PatentLabError } from '../../core/errors.ts';
import { factsOf, prepareReal, type Facts, type FidelitySet } from '../../core/fidelity/facts.ts';
import { gainCorrelations, gainSentences, type GainCell } from '../../core/fidelity/gains.ts';
import { histogram } from '../../core/fidelity/histogram.ts';
import { LEVEL, NEIGHBOURS, PERMUTATIONS, SPLITS } from '../../core/fidelity/limits.ts';
import { pacedBy, type Pause } from '../../core/fidelity/pace.ts';
import { EMPTY, uniqueOf } from '../../core/fidelity/unique.ts';
import { reusing } from '../../core/graph/reuse.ts';
import { VIEW_NAMES, type View } from '../../core/patent/view.ts';
import { wordHashes } from '../../core/text/words.ts';
import { FIDELITY_VERSION, type Distribution, type FidelityReport } from '../../protocol/fidelity.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { encoderName } from '../encoder/spec.ts';
import { onnxCompute } from '../onnx/compute.ts';
import { runtimeVersion } from '../onnx/runtime.ts';
import type { Task } from '../task.ts';
import { VERSION } from '../version.ts';
import { assignmentsOf, type Judge, type Judged } from './assignments.ts';
import { fidelityCells } from './cells.ts';
import type { FidelityCorpus } from './corpus.ts';
import { encodedSet, type ScoredDocument } from './documents.ts';
import { fidelityMap } from './map.ts';
import { documentRows, worstRows } from './rows.ts';

export interface FidelityOptions {
  readonly seed: number;
  readonly view: View;
  readonly permutations?: number;
  /** Measured by studies. */
  readonly gains?: readonly GainCell[];
}

export interface FidelityClassifier extends Judge {
  readonly folder: string;
}

/** @throws PatentLabError `corpus-empty` where one side has no document, `embeddings-invalid`, and `cancelled`. */
export async function scoreFidelity(
  corpus: FidelityCorpus,
  classifier: FidelityClassifier | undefined,
  embedder: Embedder,
  { seed, view, permutations = PERMUTATIONS, gains = [] }: FidelityOptions,
  task: Task,
): Promise<FidelityReport> {
  const started = performance.now();
  if (corpus.real.length === 0) throw nothing('real');
  if (corpus.synthetic.length === 0) throw nothing('synthetic');
  const pause = (): Promise<void> => task.checkpoint();
  const real = await encodedSet(corpus.real, embedder, task, 'Encoding real documents');
  const synthetic = await encodedSet(corpus.synthetic, embedder, task, 'Encoding synthetic documents');
  task.progress('Comparing documents');
  const prepared = await prepareReal(onnxCompute, real, pause);
  const facts = await factsOf(onnxCompute, prepared, synthetic, pause);
  const judged = classifier && (await assignmentsOf(corpus.synthetic, classifier, task));
  const { assignments } = judged ?? {};
  const data = { real, synthetic, facts, ...(assignments ? { assignments } : {}) };
  const cells = await reusing(onnxCompute, (compute) =>
    fidelityCells(compute, corpus, data, { seed, permutations, pause }, task),
  );
  const rows = documentRows({
    real: corpus.real,
    synthetic: corpus.synthetic,
    facts,
    ...(assignments ? { assignments } : {}),
  });
  return {
    format: 'patent-lab-fidelity',
    version: FIDELITY_VERSION,
    createdAt: new Date().toISOString(),
    patentLab: VERSION,
    onnxruntime: runtimeVersion(),
    seconds: (performance.now() - started) / 1000,
    subject: corpus.subject,
    scope: corpus.scope,
    ...(corpus.taxonomy ? { taxonomy: corpus.taxonomy.file } : {}),
    view,
    encoder: encoderName(embedder.encoder.spec),
    classifier: classifier ? { path: classifier.folder, name: classifier.classifier.description.name } : null,
    cells,
    gains: gains.length > 0 ? gainSentences(gainCorrelations(gains), 'MMD²') : [],
    documents: worstRows(rows),
    map: await mapOf(corpus, real, synthetic, facts, seed, task),
    distributions: await distributionsOf(corpus, facts, pause),
    notes: notesOf(corpus, facts, view, classifier, judged),
    options: { seed, permutations, splits: SPLITS, k: NEIGHBOURS, level: LEVEL },
    inputs: corpus.inputs,
  };
}

/** Documents whose words are counted between two chances for other work. */
const DOCUMENTS_AT_ONCE = 256;

const mapOf = (
  corpus: FidelityCorpus,
  real: FidelitySet,
  synthetic: FidelitySet,
  facts: Facts,
  seed: number,
  task: Task,
): Promise<FidelityReport['map']> =>
  fidelityMap(
    {
      documents: corpus.real,
      embeddings: real.embeddings,
      rows: uniqueOf([...corpus.real.keys()], facts.realFirst),
    },
    {
      documents: corpus.synthetic,
      embeddings: synthetic.embeddings,
      rows: uniqueOf([...corpus.synthetic.keys()], facts.syntheticFirst),
    },
    seed,
    task,
  );

async function distributionsOf(
  { real, synthetic }: FidelityCorpus,
  facts: Facts,
  pause: Pause,
): Promise<readonly Distribution[]> {
  const words = async (documents: readonly ScoredDocument[], first: Int32Array): Promise<number[]> => {
    const paced = pacedBy(pause, DOCUMENTS_AT_ONCE);
    const counts: number[] = [];
    for (const row of uniqueOf([...documents.keys()], first)) {
      await paced(1);
      counts.push(wordHashes(documents[row]?.text ?? '').count);
    }
    return counts;
  };
  const length = histogram(await words(real, facts.realFirst), await words(synthetic, facts.syntheticFirst));
  const nearest = histogram(
    facts.real.flatMap(({ nearest: distance }, row) =>
      facts.realFirst[row] === row ? (distance ?? []) : [],
    ),
    facts.synthetic.flatMap(({ nearest: near }, row) =>
      facts.syntheticFirst[row] === row ? (near?.distance ?? []) : [],
    ),
  );
  return [
    ...(length ? [{ kind: 'length' as const, ...length }] : []),
    ...(nearest ? [{ kind: 'nearest' as const, ...nearest }] : []),
  ];
}

function notesOf(
  corpus: FidelityCorpus,
  facts: Facts,
  view: View,
  classifier: FidelityClassifier | undefined,
  judged: Judged | undefined,
): readonly string[] {
  const count = (values: Int32Array, holds: (first: number, row: number) => boolean): number =>
    values.reduce((total, first, row) => total + (holds(first, row) ? 1 : 0), 0);
  const repeated = (values: Int32Array): number =>
    count(values, (first, row) => first !== EMPTY && first !== row);
  const empty = count(facts.realFirst, isEmpty) + count(facts.syntheticFirst, isEmpty);
  const copies = repeated(facts.syntheticFirst);
  const realCopies = repeated(facts.realFirst);
  const taken = facts.synthetic.filter(({ sameAs }) => sameAs !== undefined).length;
  return [
    `Compared were the ${VIEW_NAMES[view]} of each document, different texts only.`,
    ...(realCopies > 0 ? [`${realCopies} real documents repeat the words of another one.`] : []),
    ...(copies > 0 ? [`${copies} synthetic documents repeat the words of an earlier one.`] : []),
    ...(taken > 0 ? [`${taken} synthetic documents have the words of a real one.`] : []),
    ...(empty > 0 ? [`${empty} documents have no words there and are in no score.`] : []),
    ...(classifier ? [] : ['There is no classifier, so that label fidelity is not measured.']),
    ...(judged && judged.seen > 0
      ? [`The classifier has seen ${judged.seen} of the synthetic documents; it does not judge them.`]
      : []),
    ...corpus.notes,
  ];
}

const isEmpty = (first: number): boolean => first === EMPTY;

const nothing = (what: 'real' | 'synthetic'): PatentLabError =>
  new PatentLabError({
    code: 'corpus-empty',
    message: `There is no ${what} document to compare.`,
    remedy:
      what === 'real'
        ? 'Add labelled documents to the corpora of the workspace, or name a file of them.'
        : 'Generate some, or name a file of them.',
  });
