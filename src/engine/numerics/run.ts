/** The numerics check from documents to report (METHODS 7). */
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { PatentLabError } from '../../core/errors.ts';
import { LEVEL, RESAMPLES } from '../../core/metrics/bootstrap.ts';
import { compareSteps, type ComparedOutputs, type Comparison } from '../../core/numerics/compare.ts';
import { nonFinite } from '../../core/numerics/outputs.ts';
import { criteriaOf, verdictOf } from '../../core/numerics/verdict.ts';
import { numericsConclusion } from '../../core/numerics/words.ts';
import { viewText, type View } from '../../core/patent/view.ts';
import { Random } from '../../core/random.ts';
import {
  NUMERICS_VERSION,
  type NumericsCandidate,
  type NumericsReport,
  type NumericsSide,
} from '../../protocol/numerics.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import { runtimeVersion } from '../onnx/runtime.ts';
import type { Task } from '../task.ts';
import { seenDocuments } from '../training/seen.ts';
import { VERSION } from '../version.ts';
import type { OpenPair, OpenSide } from './candidates.ts';
import { machineFingerprint } from './machine.ts';
import { measurePair } from './measure.ts';

export interface NumericsCorpus {
  readonly documents: readonly LabelledDocument[];
  /** Ids of the labels that the documents name by position. */
  readonly labels: readonly string[];
  readonly inputs: NumericsReport['inputs'];
}

export interface NumericsOptions {
  readonly requested: NumericsCandidate;
  readonly view: View;
  readonly seed: number;
  readonly resamples?: number;
  /** Documents that are compared at most, drawn with the seed. Default: all. */
  readonly limit?: number;
  /** Only these; without it, those of the test split where there is one. */
  readonly split?: string;
}

const TEST_SPLIT = 'test';

/** @throws PatentLabError `corpus-empty`, `numerics-incomparable`, `provider-failed` and `cancelled`. */
export async function runNumerics(
  corpus: NumericsCorpus,
  classifier: StoredClassifier | undefined,
  pair: OpenPair,
  { requested, view, seed, resamples = RESAMPLES, limit, split }: NumericsOptions,
  task: Task,
): Promise<NumericsReport> {
  const started = performance.now();
  const chosen = chooseDocuments(corpus.documents, split);
  const documents = drawn(chosen.documents, limit, seed);
  if (documents.length === 0) throw nothingToCompare(split);
  const texts = documents.map(({ patent }) => viewText(patent, view).text);
  const { reference, candidate, kind } = pair;
  const encoders = { reference: reference.encoder, candidate: candidate.encoder, name: candidate.name };
  const measured = await measurePair(texts, encoders, classifier, task);
  const labels = classifier?.description.labels ?? [];
  const truth = truthOf(documents, corpus.labels, labels);
  refuseBrokenReference(pair.reference, measured.reference.outputs, documents.length);
  const outputs: ComparedOutputs = {
    documents: documents.length,
    dimension: reference.encoder.dimension,
    labels: labels.length,
    reference: measured.reference.outputs,
    candidate: measured.candidate.outputs,
    ...(classifier ? { truth: truth.cells } : {}),
    groups: documents.map(({ group }) => group),
  };
  const comparison = await compared(outputs, { seed, resamples }, task);
  const criteria = criteriaOf(comparison, kind);
  const verdict = verdictOf(criteria);
  const seen = classifier ? seenDocuments(documents, classifier.description).length : 0;
  const judged = {
    comparison,
    kind,
    criteria,
    verdict,
    candidate: candidate.name,
    reference: reference.name,
  };
  return {
    format: 'patent-lab-numerics',
    version: NUMERICS_VERSION,
    createdAt: new Date().toISOString(),
    patentLab: VERSION,
    onnxruntime: runtimeVersion(),
    machine: await machineFingerprint(),
    seconds: (performance.now() - started) / 1000,
    requested,
    kind,
    reference: sideOf(reference, measured.reference.documentsPerSecond),
    candidate: sideOf(candidate, measured.candidate.documentsPerSecond),
    classifier: classifier ? { path: classifier.folder, name: classifier.description.name } : null,
    view,
    labels: labels.map(({ id, name }) => ({ id, name })),
    documents: {
      compared: documents.length,
      available: chosen.documents.length,
      seen,
      labelled: comparison.microF1 !== null,
      ...(chosen.split === undefined ? {} : { split: chosen.split }),
    },
    comparison,
    farthest: comparison.cosine.farthest.flatMap(({ row, cosine }) => {
      const patent = documents[row]?.patent;
      return patent ? [{ id: patent.id, file: patent.source.file, span: patent.source.span, cosine }] : [];
    }),
    criteria,
    verdict,
    conclusion: numericsConclusion(judged),
    notes: [
      ...pair.notes,
      ...drawnNotes(documents.length, chosen.documents.length, seed),
      ...classifierNotes(classifier, { pair, seen, compared: documents.length, unknown: truth.unknown }),
    ],
    options: { seed, resamples, level: LEVEL },
    inputs: corpus.inputs,
  };
}

function chooseDocuments(
  documents: readonly LabelledDocument[],
  split: string | undefined,
): { readonly documents: readonly LabelledDocument[]; readonly split?: string } {
  const wanted = split ?? TEST_SPLIT;
  const ofSplit = documents.filter((document) => document.split === wanted);
  if (split !== undefined || ofSplit.length > 0) return { documents: ofSplit, split: wanted };
  return { documents };
}

/** In the order of the corpus. */
function drawn(
  documents: readonly LabelledDocument[],
  limit: number | undefined,
  seed: number,
): readonly LabelledDocument[] {
  if (limit === undefined || documents.length <= limit) return documents;
  const random = new Random(seed);
  const rows = documents.map((_, row) => ({ row, at: random.uniform() }));
  const kept = new Set(
    rows
      .sort((a, b) => a.at - b.at)
      .slice(0, limit)
      .map(({ row }) => row),
  );
  return documents.filter((_, row) => kept.has(row));
}

/** Labels by the classifier's positions; those that it does not have count for nothing. */
function truthOf(
  documents: readonly LabelledDocument[],
  ids: readonly string[],
  labels: readonly { readonly id: string }[],
): { readonly cells: Uint8Array; readonly unknown: ReadonlySet<string> } {
  const positions = new Map(labels.map(({ id }, position) => [id, position]));
  const cells = new Uint8Array(documents.length * labels.length);
  const unknown = new Set<string>();
  documents.forEach((document, row) => {
    for (const label of document.labels) {
      const id = ids[label] ?? '';
      const position = positions.get(id);
      if (position === undefined) unknown.add(id);
      else cells[row * labels.length + position] = 1;
    }
  });
  return { cells, unknown };
}

async function compared(
  outputs: ComparedOutputs,
  options: { readonly seed: number; readonly resamples: number },
  task: Task,
): Promise<Comparison> {
  const steps = compareSteps(outputs, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const { done, total } = step.value;
    if (done % 50 === 0) task.progress('Comparing', done, total);
    await task.checkpoint();
  }
}

const sideOf = ({ encoder, provider, name }: OpenSide, documentsPerSecond: number): NumericsSide => ({
  name,
  encoder: encoder.spec.id,
  precision: encoder.spec.precision,
  provider,
  sha256: encoder.spec.sha256,
  documentsPerSecond,
});

const drawnNotes = (compared: number, available: number, seed: number): readonly string[] =>
  compared < available
    ? [`${compared} of ${available} documents were compared, drawn with seed ${seed}.`]
    : [];

interface Circumstances {
  readonly pair: OpenPair;
  readonly seen: number;
  readonly compared: number;
  /** Labels of the documents that the classifier does not have. */
  readonly unknown: ReadonlySet<string>;
}

function classifierNotes(
  classifier: StoredClassifier | undefined,
  { pair, seen, compared, unknown }: Circumstances,
): readonly string[] {
  if (!classifier) {
    return [
      'There is no classifier, so embeddings were compared and nothing is said about labels. Train one and check again.',
    ];
  }
  const notes: string[] = [];
  if (seen > 0) {
    notes.push(
      `The classifier was trained on ${seen} of the ${compared} documents: both micro-F1 flatter it; their difference is what counts here.`,
    );
  }
  if (classifier.description.encoder.sha256 !== pair.reference.encoder.spec.sha256) {
    notes.push(
      'The classifier was not trained on embeddings of the reference, so the reference is at a disadvantage in micro-F1.',
    );
  }
  if (unknown.size > 0) {
    notes.push(
      `The classifier does not have ${[...unknown].map((id) => `“${id}”`).join(', ')}: not counted.`,
    );
  }
  return notes;
}

const nothingToCompare = (split: string | undefined): PatentLabError =>
  new PatentLabError({
    code: 'corpus-empty',
    message: `There is no document${split === undefined ? '' : ` of split "${split}"`} to compare on.`,
    remedy: 'Add labelled documents to the folder corpus, or name another corpus or split.',
  });

function refuseBrokenReference(
  { name }: OpenSide,
  outputs: ComparedOutputs['reference'],
  documents: number,
): void {
  const { nan, infinite } = nonFinite(outputs, documents);
  if (nan + infinite === 0) return;
  throw new PatentLabError({
    code: 'numerics-incomparable',
    message: `The reference itself, ${name}, gives ${nan + infinite} numbers that are not finite: nothing can be held against it.`,
    remedy: 'Check that its model is complete, or name another reference.',
  });
}
