/** The check end to end, with the real encoder on sample documents and with models that were broken on purpose. */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NumericsCandidate, NumericsReport } from '../../protocol/numerics.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import { Encoder } from '../encoder/encoder.ts';
import { ENCODER_SPEC_FILE, readEncoderSpec } from '../encoder/spec.ts';
import { makeTask, quietTask, type Task } from '../task.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { ENCODER } from '../testing/repository.ts';
import { smallWorkspace } from '../testing/samples.ts';
import { smallClassifier } from '../testing/training.ts';
import { openWorkspace } from '../workspace/workspace.ts';
import { openPair } from './candidates.ts';
import { workspaceNumericsCorpus } from './handlers.ts';
import { modelPrecision } from './precision.ts';
import { numericsText, writeNumericsRun } from './report-files.ts';
import { runNumerics, type NumericsCorpus } from './run.ts';
import { halvedOutput } from './testing/broken-models.ts';
import { brokenFile, fakeProviders, type Behaviour } from './testing/fake-providers.ts';

/** Enough for several labels, few enough for a second. */
const LIMIT = 12;

let folder: string;
let classifier: StoredClassifier;
let corpus: NumericsCorpus;
beforeAll(async () => {
  folder = await temporaryFolder(smallWorkspace());
  classifier = await smallClassifier();
  corpus = await workspaceNumericsCorpus(await openWorkspace(folder), quietTask);
}, 120_000);

const own = { folder: ENCODER, load: () => Encoder.load(ENCODER) };
const cuda: NumericsCandidate = { kind: 'provider', provider: 'cuda' };

async function check(
  requested: NumericsCandidate,
  {
    behaviour = { kind: 'right' },
    task = quietTask,
    judged = classifier,
  }: {
    readonly behaviour?: Behaviour;
    readonly task?: Task;
    readonly judged?: StoredClassifier | null;
  } = {},
): Promise<NumericsReport> {
  const pair = await openPair({ requested, own }, fakeProviders({ cuda: behaviour }, folder));
  try {
    const options = { requested, view: 'TAC', seed: 1, resamples: 100, limit: LIMIT } as const;
    return await runNumerics(corpus, judged ?? undefined, pair, options, task);
  } finally {
    await pair.release();
  }
}

describe('a provider', () => {
  let report: NumericsReport;
  beforeAll(async () => {
    report = await check(cuda);
  }, 60_000);

  it('that calculates the same passes', () => {
    expect(report).toMatchObject({ verdict: 'passed', kind: 'execution', requested: cuda });
    expect(report.comparison.cosine.worst).toBeCloseTo(1, 9);
    expect(report.comparison.flips).toMatchObject({ flipped: 0 });
    expect(report.comparison.microF1?.reference.value).toBeGreaterThan(0.3);
    expect(report.comparison.microF1?.difference).toEqual({ value: 0, low: 0, high: 0 });
    expect(report.candidate.documentsPerSecond).toBeGreaterThan(0);
    expect(report.documents).toMatchObject({ compared: LIMIT, seen: LIMIT, labelled: true });
    expect(report.documents.available).toBeGreaterThan(LIMIT);
  });

  it('is said to be held against a reference that is not fp32', () => {
    expect(report.notes.join(' ')).toContain('The reference calculates in int8');
    expect(report.notes.join(' ')).toContain(
      `The classifier was trained on ${LIMIT} of the ${LIMIT} documents`,
    );
  });

  it('is reported for people, spreadsheets and programs', async () => {
    const run = await writeNumericsRun(folder, report);
    expect(path.relative(folder, run)).toMatch(/^\.patent-lab.runs.numerics-[\dTZ-]+$/);
    const markdown = numericsText(report, 'md');
    for (const title of ['Criteria', 'Scores', 'How this was made'])
      expect(markdown).toContain(`## ${title}\n`);
    expect(markdown).toContain(report.conclusion);
    expect(numericsText(report, 'csv')).toMatch(/^part,id,name,score,value\noverall,,,verdict,passed\n/);
    expect(JSON.parse(numericsText(report, 'json'))).toEqual(report);
  });

  it('gives the same report again, but for times', async () => {
    const again = await check(cuda);
    expect(again.comparison).toEqual(report.comparison);
    expect(again.criteria).toEqual(report.criteria);
  });

  it.each(['kernel', 'nan', 'overflow'] as const)('with a planted %s does not pass', async (breakage) => {
    const broken = await check(cuda, { behaviour: { kind: 'broken', breakage } });
    expect(broken.verdict).toMatch(breakage === 'kernel' ? /^(differs|collapsed)$/ : /^collapsed$/);
    if (breakage !== 'kernel') expect(broken.comparison.nonFinite.documents).toBeGreaterThan(0);
    expect(broken.conclusion).not.toContain('passed');
  });

  it.each([
    [{ kind: 'not-ready', state: 'absent', reason: 'its libraries are not installed' }, 'are not installed'],
    [
      { kind: 'fails', message: 'x.cc:1 CUDA failure 100: no CUDA-capable device' },
      'there is no CUDA device',
    ],
  ] as const)('that is not there is an error with its name', async (behaviour, words) => {
    const { code, message } = await failureOf(check(cuda, { behaviour }));
    expect(code).toBe('provider-unavailable');
    expect(message).toMatch(/^CUDA cannot be used here: /);
    expect(message).toContain(words);
  });
});

describe('a model file', () => {
  it('takes the place of the reference’s model', async () => {
    const file = path.join(folder, 'same.onnx');
    await copyFile(path.join(ENCODER, (await readEncoderSpec(ENCODER)).model), file);
    const report = await check({ kind: 'model', path: file });
    expect(report).toMatchObject({
      verdict: 'passed',
      kind: 'precision',
      candidate: { precision: 'int8', name: 'same.onnx (int8) on the CPU' },
    });
  });

  it('that gives halves is read rightly, tokens included', async () => {
    const { model, output, sha256 } = await readEncoderSpec(ENCODER);
    const file = path.join(folder, 'halved.onnx');
    await writeFile(file, halvedOutput(await readFile(path.join(ENCODER, model)), output));
    const report = await check({ kind: 'model', path: file });
    expect(report.verdict).toBe('passed');
    expect(report.comparison.cosine.worst).toBeGreaterThan(0.99999);
    expect(report.comparison.cosine.worst).toBeLessThan(1);
    const encoder = await Encoder.load(ENCODER, { variant: { file, sha256, precision: 'fp16' } });
    const { shares, special, embedding } = await encoder.encodeTokens('A brake with a lever.');
    const sums = [...embedding.keys()].map((d) => {
      let sum = special[d] ?? Number.NaN;
      for (let at = d; at < shares.length; at += embedding.length) sum += shares[at] ?? Number.NaN;
      return sum;
    });
    expect(sums).toEqual([...embedding].map((value) => expect.closeTo(value, 4)));
    await encoder.release();
  });

  it('that overflows collapses', async () => {
    const file = await brokenFile('overflow', folder);
    expect((await check({ kind: 'model', path: file })).verdict).toBe('collapsed');
  });

  it('that is no model is refused', async () => {
    const file = path.join(folder, 'text.onnx');
    await writeFile(file, 'This is no model.');
    expect((await failureOf(check({ kind: 'model', path: file }))).code).toBe('model-invalid');
    const missing = path.join(folder, 'missing.onnx');
    expect((await failureOf(check({ kind: 'model', path: missing }))).code).toBe('file-not-found');
  });

  it('has the precision that its graph has', async () => {
    expect(modelPrecision(await readFile(path.join(ENCODER, 'model.onnx')))).toBe('int8');
    const exported = path.resolve(ENCODER, '../../src/core/graph/testing/exported/bert-17.onnx');
    expect(modelPrecision(await readFile(exported))).toBe('fp32');
  });
});

describe('a folder', () => {
  it('of another model is refused', async () => {
    const other = await temporaryFolder();
    for (const name of ['model.onnx', 'tokenizer.json', 'tokenizer_config.json']) {
      await copyFile(path.join(ENCODER, name), path.join(other, name));
    }
    const spec = await readEncoderSpec(ENCODER);
    await writeFile(path.join(other, ENCODER_SPEC_FILE), JSON.stringify({ ...spec, id: 'fictitious/other' }));
    const { code, message } = await failureOf(check({ kind: 'model', path: other }));
    expect(code).toBe('numerics-incomparable');
    expect(message).toContain('is another model');
  });
});

describe('circumstances', () => {
  it('without a classifier embeddings are compared', async () => {
    const report = await check(cuda, { judged: null });
    expect(report).toMatchObject({ verdict: 'passed', classifier: null, labels: [] });
    expect(report.comparison.flips).toBeNull();
    expect(report.notes.join(' ')).toContain('There is no classifier');
  });

  it('a check is cancelled between two texts', async () => {
    let encoding = 0;
    const task = makeTask(
      (message) => (encoding += message === 'Encoding with both' ? 1 : 0),
      () => encoding > 0,
    );
    expect((await failureOf(check(cuda, { task }))).code).toBe('cancelled');
    expect(encoding).toBe(1);
  });
});
