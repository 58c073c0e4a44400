/** Fidelity end to end, with the real encoder on sample documents. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { classifierLogits } from '../../core/learning/linear-classifier.ts';
import { tfidfOfText } from '../../core/learning/tfidf.ts';
import { fromLogOdds } from '../../core/learning/thresholds.ts';
import type { FidelityReport } from '../../protocol/fidelity.ts';
import { EmbeddingCache } from '../cache/embedding-cache.ts';
import { Embedder } from '../encoder/embedder.ts';
import { Encoder } from '../encoder/encoder.ts';
import { smallBase } from '../finetune/testing/small-base.ts';
import { makeTask, quietTask } from '../task.ts';
import { realEmbedder } from '../testing/encoder.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { jsonLines, smallCorpus, smallTaxonomy } from '../testing/samples.ts';
import { smallClassifier } from '../testing/training.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { assignmentsOf } from './assignments.ts';
import { fileDocuments, workspaceDocuments, type FidelityCorpus } from './corpus.ts';
import { documentFidelity } from './document.ts';
import { RealDocuments } from './real-documents.ts';
import { fidelityText, writeFidelityRun } from './report-files.ts';
import { scoreFidelity } from './score.ts';

const OPTIONS = { seed: 1, view: 'TAC', permutations: 20 } as const;

/** Enough for a map and for distances among them. */
const records = smallCorpus().slice(0, 24);
const first = records[0];
const made = (at: number, abstract: string, extra: object = {}): object => ({
  id: `made-${at}`,
  title: `Fictitious made ${at}`,
  abstract,
  labels: first?.labels ?? [],
  provenance: {
    kind: 'synthetic',
    parents: [first?.id],
    strategy: at % 2 === 0 ? 'conditioned' : 'paraphrase',
    model: 'a-model',
    run: 'run-1',
    ...extra,
  },
});
const SYNTHETIC = [
  made(0, `As is known, ${first?.abstract ?? ''}`),
  made(1, 'A fictitious pump moves a liquid through a hose when a handle is turned.'),
  made(2, 'A fictitious pump moves a liquid through a hose when a handle is turned.'),
  made(3, 'A fictitious lamp is switched on by a cord.', { run: 'run-2' }),
];

let root: string;
let corpus: FidelityCorpus;
let report: FidelityReport;

beforeAll(async () => {
  root = await temporaryFolder({
    'taxonomy.json': smallTaxonomy(),
    'corpus/small.jsonl': jsonLines(records),
    'synthetic/made.jsonl': jsonLines(SYNTHETIC),
    'synthetic/review.jsonl': jsonLines([{ id: 'made-3', verdict: 'rejected', at: '2026-01-01T00:00:00Z' }]),
  });
  corpus = await workspaceDocuments(await openWorkspace(root), { kind: 'workspace' }, 'TAC', quietTask);
  report = await scoreFidelity(corpus, undefined, await realEmbedder(), OPTIONS, quietTask);
}, 120_000);

describe('a report', () => {
  it('says what was compared, and what was left out', () => {
    const [overall, ...others] = report.cells;
    expect(overall?.scores.n).toEqual({
      real: records.length,
      synthetic: 3,
      uniqueReal: records.length,
      uniqueSynthetic: 3,
    });
    expect(report.notes).toContain('1 rejected synthetic documents are left out.');
    expect(report.documents.map(({ id }) => id).sort()).toEqual(['made-0', 'made-1', 'made-2']);
    expect(others.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      ...(first?.labels ?? []).map((label) => `label ${label}`),
      'strategy conditioned',
      'strategy paraphrase',
      'model a-model',
      'run run-1',
    ]);
    expect(report.inputs.map(({ path: file }) => file)).toEqual(
      expect.arrayContaining(['corpus/small.jsonl', 'synthetic/made.jsonl', 'taxonomy.json']),
    );
  });

  it('shows the copied passage in both files', async () => {
    const copying = report.documents.find(({ id }) => id === 'made-0');
    expect(copying?.copied).toMatchObject({ isParent: true, from: { id: first?.id } });
    const { copied } = copying ?? {};
    if (!copied) throw new Error('a passage was copied');
    const own = (await readFile(path.join(root, 'synthetic/made.jsonl'), 'utf8')).slice(
      copied.span.start,
      copied.span.end,
    );
    const other = (await readFile(path.join(root, 'corpus/small.jsonl'), 'utf8')).slice(
      copied.otherSpan.start,
      copied.otherSpan.end,
    );
    expect(own).toBe(other);
    expect(copying?.nearest).toMatchObject({ id: first?.id, isParent: true });
  });

  it('has a point for each different document', () => {
    expect(report.map.points).toHaveLength(records.length + 3);
    expect(report.map.points.every(({ pca }) => pca.every(Number.isFinite))).toBe(true);
  });

  it('is the same when made again, and in its files', async () => {
    const again = await scoreFidelity(corpus, undefined, await realEmbedder(), OPTIONS, quietTask);
    const timeless = ({ createdAt: _at, seconds: _seconds, ...rest }: FidelityReport): object => rest;
    expect(timeless(again)).toEqual(timeless(report));
    const folder = await writeFidelityRun(root, report);
    const stored: unknown = JSON.parse(await readFile(path.join(folder, 'report.json'), 'utf8'));
    expect(stored).toEqual(JSON.parse(JSON.stringify(report)));
    expect(fidelityText(report, 'md')).toContain('too few to say');
    const lines = fidelityText(report, 'csv').trimEnd().split(/\r?\n/);
    expect(lines[0]).toBe('part,id,name,real,synthetic,score,value,low,high,range,remark');
    expect(new Set(lines.map((line) => line.split(',')[0]))).toEqual(
      new Set(['part', 'overall', 'label', 'strategy', 'model', 'run']),
    );
  });

  it('covers one file or one run when asked to', async () => {
    const workspace = await openWorkspace(root);
    const ids = async (scope: FidelityReport['scope']): Promise<string[]> =>
      (await workspaceDocuments(workspace, scope, 'TAC', quietTask)).synthetic.map(({ id }) => id);
    expect(await ids({ kind: 'run', run: 'run-1' })).toEqual(['made-0', 'made-1', 'made-2']);
    expect(await ids({ kind: 'file', path: path.join(root, 'synthetic/made.jsonl') })).toHaveLength(3);
    expect(await ids({ kind: 'run', run: 'none' })).toEqual([]);
  });
});

describe('label fidelity', () => {
  const MATTER: Readonly<Record<string, readonly string[]>> = {
    'powered-wheelchair': [
      'A wheelchair is driven by two electric motors that a joystick on the armrest steers.',
      'The battery of a motorised wheelchair feeds the drive of each wheel through a controller.',
      'An electric wheelchair whose motor brakes its wheels on a slope.',
    ],
    'hearing-aid': [
      'A hearing aid with a microphone, an amplifier and a receiver in the ear canal.',
      'The sound processor of a hearing aid reduces noise before it is amplified for the ear.',
      'A hearing aid worn behind the ear, whose receiver has a dome of silicone.',
    ],
  };
  const [one = '', other = ''] = Object.keys(MATTER);
  /** As a file of synthetic documents: each text made for the label that `labelOf` gives it. */
  const corpusOf = async (labelOf: (label: string) => string, more: readonly object[] = []) => {
    const texts = Object.entries(MATTER).flatMap(([label, abstracts]) =>
      abstracts.map((abstract) => ({ label, abstract })),
    );
    const made = texts.map(({ label, abstract }, at) => ({
      id: `written-${at}`,
      title: `Fictitious device ${at}`,
      abstract,
      labels: [labelOf(label)],
      provenance: { kind: 'synthetic' },
    }));
    const folder = await temporaryFolder({
      'taxonomy.json': smallTaxonomy(),
      'corpus/small.jsonl': jsonLines(records),
      'synthetic/written.jsonl': jsonLines([...made, ...more]),
    });
    return workspaceDocuments(await openWorkspace(folder), { kind: 'workspace' }, 'TAC', quietTask);
  };
  const scored = async (given: FidelityCorpus): Promise<FidelityReport> => {
    const embedder = await realEmbedder();
    const classifier = { folder: '/classifier', classifier: await smallClassifier(), embedder };
    return scoreFidelity(given, classifier, embedder, OPTIONS, quietTask);
  };

  it('tells documents of the labels they were made for from those of others', async () => {
    const right = (await scored(await corpusOf((label) => label))).cells[0]?.scores.labelFidelity;
    const wrong = (await scored(await corpusOf((label) => (label === one ? other : one)))).cells[0]?.scores
      .labelFidelity;
    if (right?.kind !== 'measured' || wrong?.kind !== 'measured') throw new Error('too few');
    expect(right.documents).toBe(6);
    expect(right.microF1.value).toBeGreaterThan(0.7);
    expect(wrong.microF1.value).toBeLessThan(0.3);
  });

  it('is judged by what the classifier says with its own encoder', async () => {
    const encoder = await Encoder.load(await smallBase(await temporaryFolder()));
    const embedder = new Embedder(
      encoder,
      await EmbeddingCache.open(undefined, encoder.spec, () => undefined),
    );
    const classifier = await smallClassifier({ embedder });
    const { synthetic } = await corpusOf((label) => label);
    const { assignments } = await assignmentsOf(synthetic, { classifier, embedder }, quietTask);
    const { labels } = classifier.description;
    for (const [row, { text }] of synthetic.entries()) {
      const words = tfidfOfText(text, classifier.vocabulary);
      const logits = classifierLogits(classifier.model, (await encoder.encode(text)).embedding, words);
      const said = labels.flatMap(({ threshold }, at) =>
        fromLogOdds(logits[at] ?? Number.NaN) >= threshold ? [at] : [],
      );
      expect(assignments.assigned[row]).toEqual(said);
    }
    expect(assignments.assigned.flat()).not.toEqual([]);
  });

  it('does not judge what the classifier was trained on', async () => {
    const seen = { ...records[1], id: 'taken', group: undefined, provenance: { kind: 'synthetic' } };
    const { cells, notes } = await scored(await corpusOf((label) => label, [seen]));
    const score = cells[0]?.scores.labelFidelity;
    expect(score).toMatchObject({ kind: 'measured', documents: 6 });
    expect(notes).toContain('The classifier has seen 1 of the synthetic documents; it does not judge them.');
  });
});

describe('what cannot be scored', () => {
  it('names the side that has no documents', async () => {
    const embedder = await realEmbedder();
    const empty = { ...corpus, synthetic: [] };
    const failure = await failureOf(scoreFidelity(empty, undefined, embedder, OPTIONS, quietTask));
    expect(failure).toMatchObject({
      code: 'corpus-empty',
      message: 'There is no synthetic document to compare.',
    });
  });

  it('leaves out synthetic records among the real files, and says so', async () => {
    const real = path.join(root, 'synthetic/made.jsonl');
    const files = { real: [path.join(root, 'corpus/small.jsonl'), real], synthetic: [real] };
    const found = await fileDocuments(files, 'TAC', quietTask);
    expect(found.real).toHaveLength(records.length);
    expect(found.synthetic).toHaveLength(4);
    expect(found.notes.join(' ')).toContain('4 records of the real documents say that they are synthetic');
  });

  it('stops when it is cancelled', async () => {
    let checks = 0;
    const task = makeTask(
      () => undefined,
      () => ++checks > 12,
    );
    const failure = await failureOf(scoreFidelity(corpus, undefined, await realEmbedder(), OPTIONS, task));
    expect(failure.code).toBe('cancelled');
  });
});

describe('one document', () => {
  it('is shown beside its nearest real one with the passages that both have', async () => {
    const workspace = await openWorkspace(root);
    const scoring = {
      workspace,
      view: 'TAC',
      embedder: await realEmbedder(),
      reals: new RealDocuments(),
    } as const;
    const target = { path: path.join(root, 'synthetic/made.jsonl'), id: 'made-0' };
    const { documents, real } = await documentFidelity({ target, compare: true }, scoring, quietTask);
    expect(real).toBe(records.length);
    const [only] = documents;
    expect(documents).toHaveLength(1);
    expect(only).toMatchObject({ index: 0, document: { id: 'made-0', nearest: { id: first?.id } } });
    const shared = only?.comparison?.shared[0];
    if (!only?.comparison || !shared) throw new Error('a passage is shared');
    const { own, nearest } = only.comparison;
    expect(own.slice(shared.ownRange.start, shared.ownRange.end)).toBe(
      nearest.slice(shared.nearestRange.start, shared.nearestRange.end),
    );
    const all = await documentFidelity({ target: { path: target.path }, compare: false }, scoring, quietTask);
    expect(all.documents.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
    expect(all.documents[0]?.document.nearest).toEqual(only.document.nearest);
    expect(all.documents[3]?.document.verdict).toBe('rejected');
  });
});
