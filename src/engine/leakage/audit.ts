/**
 * The leakage audit (METHODS 4): how often labels' words stand in real and synthetic texts, what a classifier owes to
 * them, and what stands on both sides of the split. What it reads is hashed, so that a report can be held against the
 * files it was made from. Embeddings are cached as they are made, so a run that was stopped goes on where it was.
 */
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import { auditSteps, type Audit, type AuditInput as AuditData } from '../../core/leakage/audit/audit.ts';
import { conclusion } from '../../core/leakage/audit/report.ts';
import type { WordedDocuments } from '../../core/leakage/audit/overlap.ts';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import { PatentLabError } from '../../core/errors.ts';
import { FOLDS } from '../../core/learning/head.ts';
import { LEVEL, RESAMPLES } from '../../core/metrics/bootstrap.ts';
import type { LabelMatrix } from '../../core/metrics/matrix.ts';
import { VIEW_NAMES, viewText, type View } from '../../core/patent/view.ts';
import {
  AUDIT_VERSION,
  type AuditInput,
  type AuditJudgement,
  type AuditReport,
} from '../../protocol/audit.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { encoderName } from '../encoder/spec.ts';
import { runtimeVersion } from '../onnx/runtime.ts';
import type { Task } from '../task.ts';
import { seenDocuments } from '../training/seen.ts';
import { VERSION } from '../version.ts';
import { labelledCompared, TEST_SPLIT } from './compared.ts';
import { contaminationOf, copyingOf, instructionsOf } from './audit-relations.ts';
import { crossFit, judgeUnseen, type Judged, type JudgingRequest } from './predictions.ts';

export interface AuditedCorpus {
  readonly taxonomy: Taxonomy;
  /** Path of the taxonomy, as it is shown. */
  readonly taxonomyFile: string;
  readonly documents: readonly LabelledDocument[];
  readonly inputs: readonly AuditInput[];
}

export interface AuditedClassifier {
  readonly classifier: StoredClassifier;
  readonly embedder: Embedder;
}

export interface AuditOptions {
  readonly seed: number;
  readonly resamples?: number;
}

/** What is read where no classifier says what it reads. */
const DEFAULT_VIEW: View = 'TAC';

/** @throws PatentLabError `corpus-unlabelled` without a real labelled document, and `cancelled`. */
export async function runAudit(
  corpus: AuditedCorpus,
  classifier: AuditedClassifier | undefined,
  { seed, resamples = RESAMPLES }: AuditOptions,
  task: Task,
): Promise<AuditReport> {
  const started = performance.now();
  const { taxonomy, documents } = corpus;
  const view = classifier?.classifier.description.view ?? DEFAULT_VIEW;
  const real = rowsOf(documents, 'real');
  const synthetic = rowsOf(documents, 'synthetic');
  if (real.length === 0) throw nothingReal();
  const matcher = new TermMatcher(taxonomy);
  const words = await containing({ documents, taxonomy, matcher, view }, task);
  const { contains, named } = words;
  const worded = (rows: readonly number[]): WordedDocuments => ({
    has: having(documents, rows, taxonomy),
    names: rowsFrom(named, rows),
    contains: rowsFrom(contains, rows),
    groups: rows.map((row) => documents[row]?.group ?? ''),
  });

  const notes: string[] = [];
  const { judgement, judged } = await judge(
    { documents, taxonomy, matcher, view },
    classifier,
    seed,
    task,
    notes,
  );
  // Trained anew, the recipe has all labels of the taxonomy.
  const labels =
    judgement.kind === 'cross-fitted' ? taxonomy.labels : classifier?.classifier.description.labels;
  const test = judged && testData(judged, corpus, contains, new Set(labels?.map(({ id }) => id)));
  const ids = taxonomy.labels.map(({ id }) => id);
  const options = { seed, resamples };
  const audit = await measured(
    {
      labels: taxonomy.labels,
      real: worded(real),
      ...(synthetic.length > 0 ? { synthetic: worded(synthetic) } : {}),
      ...(test ? { test } : {}),
    },
    options,
    task,
  );
  const duplicates = documents.length - real.length - synthetic.length;
  const originals = [...real, ...synthetic].sort((a, b) => a - b);
  const compared = originals.flatMap((row) => {
    const document = documents[row];
    return document ? [labelledCompared(document, ids)] : [];
  });
  notes.push(
    `In the documents stand ${words.names} names and aliases of labels and ${words.keywords} keywords. A name or alias tells the label, so masking it shows what is leaked; keywords describe the invention too, so masking them also takes away what a classifier may rightly read.`,
  );
  notes.push(...notesOf(matcher, taxonomy, classifier?.classifier, duplicates, judgement));
  return {
    format: 'patent-lab-leakage-audit',
    version: AUDIT_VERSION,
    createdAt: new Date().toISOString(),
    patentLab: VERSION,
    onnxruntime: runtimeVersion(),
    taxonomy: corpus.taxonomyFile,
    documents: { real: real.length, synthetic: synthetic.length, duplicates },
    view,
    classifier: classifier
      ? {
          path: classifier.classifier.folder,
          name: classifier.classifier.description.name,
          encoder: encoderName(classifier.embedder.encoder.spec),
        }
      : null,
    judgement,
    notes,
    audit,
    conclusion: conclusion(audit),
    contamination: await contaminationOf(compared, task),
    copying: await copyingOf(compared, task),
    instructions: await instructionsOf(compared, matcher, rowsFrom(named, originals), task),
    options: { seed, resamples, level: LEVEL },
    inputs: corpus.inputs,
    seconds: (performance.now() - started) / 1000,
  };
}

const rowsOf = (documents: readonly LabelledDocument[], kind: 'real' | 'synthetic'): number[] =>
  documents.flatMap(({ provenance }, row) => (provenance === kind ? [row] : []));

const nothingReal = (): PatentLabError =>
  new PatentLabError({
    code: 'corpus-unlabelled',
    message: 'There is no labelled real document to audit.',
    remedy: 'Label some documents, or name a corpus that states labels of this taxonomy.',
  });

async function measured(
  data: AuditData,
  options: { readonly seed: number; readonly resamples: number },
  task: Task,
): Promise<Audit> {
  await task.checkpoint();
  task.progress('Measuring');
  const steps = auditSteps(data, options);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    const { done, total } = step.value;
    if (done % 50 === 0) task.progress('Measuring', done, total);
    await task.checkpoint();
  }
}

// ── words in texts ─────────────────────────────────────────────────────────────────────────────────────────────

interface Words {
  /** Whether a name, alias or keyword of the label stands in the document, and whether a name or alias does. */
  readonly contains: LabelMatrix;
  readonly named: LabelMatrix;
  /** Places where names and aliases stand, and where keywords do. */
  readonly names: number;
  readonly keywords: number;
}

/** Which labels' names, aliases and keywords stand in what a classifier reads of each document. */
async function containing(request: JudgingRequest, task: Task): Promise<Words> {
  const { documents, taxonomy, matcher, view } = request;
  const columns = taxonomy.labels.length;
  const any = new Uint8Array(documents.length * columns);
  const named = new Uint8Array(documents.length * columns);
  let [names, keywords] = [0, 0];
  for (const [row, { patent }] of documents.entries()) {
    if (row % 16 === 0) {
      task.progress('Looking for labels’ words', row, documents.length);
      await task.checkpoint();
    }
    const language = patent.language === undefined ? {} : { language: patent.language };
    for (const { passage } of viewText(patent, view).parts) {
      for (const { label, kind } of matcher.scan(passage.text, language)) {
        any[row * columns + label] = 1;
        if (kind === 'keyword') {
          keywords++;
          continue;
        }
        named[row * columns + label] = 1;
        names++;
      }
    }
  }
  const matrix = (data: Uint8Array<ArrayBuffer>): LabelMatrix => ({ rows: documents.length, columns, data });
  return { contains: matrix(any), named: matrix(named), names, keywords };
}

function having(
  documents: readonly LabelledDocument[],
  rows: readonly number[],
  { labels }: Taxonomy,
): LabelMatrix {
  const columns = labels.length;
  const data = new Uint8Array(rows.length * columns);
  rows.forEach((row, at) => {
    for (const label of documents[row]?.labels ?? []) data[at * columns + label] = 1;
  });
  return { rows: rows.length, columns, data };
}

function rowsFrom({ columns, data }: LabelMatrix, rows: readonly number[]): LabelMatrix {
  const picked = new Uint8Array(rows.length * columns);
  rows.forEach((row, at) => picked.set(data.subarray(row * columns, (row + 1) * columns), at * columns));
  return { rows: rows.length, columns, data: picked };
}

// ── who judges ─────────────────────────────────────────────────────────────────────────────────────────────────

interface Judgement {
  readonly judgement: AuditJudgement;
  readonly judged?: Judged;
}

async function judge(
  request: JudgingRequest,
  audited: AuditedClassifier | undefined,
  seed: number,
  task: Task,
  notes: string[],
): Promise<Judgement> {
  const { documents } = request;
  if (!audited) {
    return {
      judgement: {
        kind: 'none',
        reason: 'There is no classifier yet; train one to see what it owes to labels’ words.',
      },
    };
  }
  const { classifier, embedder } = audited;
  const seen = new Set(seenDocuments(documents, classifier.description));
  const real = rowsOf(documents, 'real');
  const split = real.filter((row) => documents[row]?.split === TEST_SPLIT);
  const candidates = split.length > 0 ? split : real;
  const unseen = candidates.filter((row) => {
    const document = documents[row];
    return document !== undefined && !seen.has(document);
  });
  const leftOut = candidates.length - unseen.length;
  const usable = split.length > 0 ? unseen.length > 0 : leftOut === 0;
  if (usable) {
    const kind = split.length > 0 ? 'test-split' : 'unseen';
    notes.push(
      kind === 'test-split'
        ? `The classifier was judged on the ${unseen.length} documents of the test split that it was not trained on.`
        : `There is no test split; the classifier was trained on none of these documents, so all ${unseen.length} judge it.`,
    );
    if (leftOut > 0) {
      notes.push(
        `${leftOut} documents of the test split are of a family or text that the classifier was trained on; they were left out.`,
      );
    }
    const judged = await judgeUnseen(request, unseen, classifier, embedder, task);
    return { judgement: { kind, documents: unseen.length, leftOut }, judged };
  }
  if (split.length > 0) {
    notes.push(
      'The classifier was trained on every document of the test split, so the split cannot judge it.',
    );
  }
  const groups = new Set(documents.map(({ group }) => group)).size;
  if (groups < FOLDS || documents.every(({ labels }) => labels.length === 0)) {
    const reason = `The classifier has seen these documents, and the ${groups} groups of labelled documents are too few to train it anew without some of them; ${FOLDS} are needed.`;
    return { judgement: { kind: 'none', reason } };
  }
  notes.push(
    `No document was kept from the classifier, so the same recipe was trained ${FOLDS} times, each time without a fifth of the groups, which then judged it: the figures are those of the recipe with four fifths of the documents.`,
  );
  const judged = await crossFit(request, classifier.description.training.seed ?? seed, embedder, task);
  return { judgement: { kind: 'cross-fitted', documents: judged.rows.length, folds: FOLDS }, judged };
}

/** A label that what was judged does not have can be neither right nor wrong, so it counts for nothing. */
function testData(
  { rows, unmasked, masked, maskedAll }: Judged,
  { documents, taxonomy }: AuditedCorpus,
  contains: LabelMatrix,
  known: ReadonlySet<string>,
): NonNullable<AuditData['test']> {
  const truth = having(documents, rows, taxonomy);
  const answerable = truth.data.map((cell, at) =>
    known.has(taxonomy.labels[at % truth.columns]?.id ?? '') ? cell : 0,
  );
  return {
    truth: { ...truth, data: answerable },
    contains: rowsFrom(contains, rows),
    unmasked,
    masked,
    maskedAll,
    groups: rows.map((row) => documents[row]?.group ?? ''),
  };
}

function notesOf(
  matcher: TermMatcher,
  taxonomy: Taxonomy,
  classifier: StoredClassifier | undefined,
  duplicates: number,
  judgement: AuditJudgement,
): string[] {
  const notes: string[] = [];
  const view = classifier?.description.view ?? DEFAULT_VIEW;
  notes.push(`Words were looked for in the ${VIEW_NAMES[view]}: what the classifier reads.`);
  if (classifier) {
    notes.push(
      'Masked words reach the encoder as its own mask token and are no words to the bag-of-words part. Label texts inside the classifier stay as they are: they are no leak.',
    );
    const known = new Set(classifier.description.labels.map(({ id }) => id));
    const unknown = taxonomy.labels.filter(({ id }) => !known.has(id));
    if (unknown.length > 0 && judgement.kind !== 'cross-fitted') {
      notes.push(
        `The classifier does not have ${unknown.map(({ name }) => `“${name}”`).join(', ')}; nothing is said about F1 there.`,
      );
    }
  }
  const unchecked = matcher.notes.filter(({ treatment }) => treatment === 'unchecked');
  if (unchecked.length > 0) {
    notes.push(`Not looked for: ${unchecked.map(({ term, reason }) => `“${term}” (${reason})`).join('; ')}.`);
  }
  if (duplicates > 0) notes.push(`${duplicates} duplicates of other documents count for nothing here.`);
  return notes;
}
