/** The engine as a process of its own: what it answers, when it stops, and what is left when it is killed. */
import { cp, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CancellationTokenSource, RequestType } from 'vscode-jsonrpc';
import type { ErrorReport } from '../core/errors.ts';
import {
  AppendExportRequest,
  BeginExportRequest,
  ClassifyRequest,
  DecideRequest,
  FinishExportRequest,
  HelloRequest,
  TrainRequest,
  WorkspaceRequest,
  type ClassifyOutcome,
  type ClassifyParams,
  type Progress,
} from '../protocol/engine.ts';
import { EmbeddingCache } from './cache/embedding-cache.ts';
import { loadClassifier } from './classifier/store.ts';
import { readEncoderSpec } from './encoder/spec.ts';
import { temporaryFolder } from './testing/folder.ts';
import { buildProgram, EngineProcess, type Program } from './testing/program.ts';
import { ENCODER, SAMPLE_PATENTS } from './testing/repository.ts';
import { SMALL_LABELS, smallCorpus, smallWorkspace } from './testing/samples.ts';
import { VERSION } from './version.ts';

let program: Program;
/** A trained workspace that tests only read. */
let trained: string;
/** One engine for all tests that leave it alive, and the ones that tests started for themselves. */
let shared: EngineProcess;
const running: EngineProcess[] = [];

function start(): EngineProcess {
  const engine = new EngineProcess(program);
  running.push(engine);
  return engine;
}

beforeAll(async () => {
  program = await buildProgram();
  trained = await temporaryFolder(smallWorkspace());
  shared = new EngineProcess(program);
  await shared.request(TrainRequest, { root: trained });
});

afterAll(() => shared.kill());

afterEach(async () => {
  await Promise.all(running.splice(0).map((engine) => engine.kill()));
});

/** Fifteen patents, one of them a PDF. */
const folder = (changes: Partial<ClassifyParams> = {}): ClassifyParams => ({
  root: trained,
  targets: [{ path: SAMPLE_PATENTS }],
  evidence: false,
  neighbours: 0,
  ...changes,
});

const steps = (progress: readonly Progress[]): string[] =>
  progress.flatMap((value) => (value.kind === 'step' ? [value.message] : []));
const outcomesOf = (progress: readonly Progress[]): ClassifyOutcome[] =>
  progress.flatMap((value) => (value.kind === 'outcome' ? [value.outcome] : []));

describe('the engine process', () => {
  it('says hello', async () => {
    const engine = shared.forget();
    expect(await engine.request(HelloRequest, {})).toMatchObject({
      version: VERSION,
      pid: engine.pid,
      provider: 'cpu',
    });
  });

  it('trains with progress and tells when it is busy', async () => {
    const root = await temporaryFolder();
    await cp(trained, root, { recursive: true });
    const engine = shared.forget();
    const progress: Progress[] = [];
    const info = await engine.request(
      TrainRequest,
      { root, view: 'TA' },
      { onProgress: (value) => progress.push(value) },
    );
    expect(info).toMatchObject({ view: 'TA', documents: smallCorpus().length });
    expect(steps(progress)[0]).toBe('Reading labelled documents');
    expect(steps(progress)).toContain('Fitting on all documents');
    expect(engine.statuses).toEqual([{ state: 'busy', task: 'Training' }, { state: 'idle' }]);
    expect(await engine.request(WorkspaceRequest, { root })).toMatchObject({
      classifier: { view: 'TA' },
      problems: [],
    });
    expect(engine.logs).toEqual([]);
  });

  it('streams outcomes in order, or gives them all at the end', async () => {
    const engine = shared.forget();
    const progress: Progress[] = [];
    const names = ['EP9900001B1.xml', 'US99000001B2.xml', 'US99000011.txt'];
    const params = folder({ targets: names.map((name) => ({ path: path.join(SAMPLE_PATENTS, name) })) });
    const streamed = await engine.request(ClassifyRequest, params, {
      onProgress: (value) => progress.push(value),
    });
    expect(streamed).toEqual({ outcomes: [], classified: 3, failed: 0 });
    const { outcomes } = await engine.request(ClassifyRequest, params);
    const ids = outcomes.map((outcome) => outcome.kind === 'classified' && outcome.prediction.document.id);
    expect(
      outcomesOf(progress).map((outcome) => outcome.kind === 'classified' && outcome.prediction.document.id),
    ).toEqual(ids);
    expect(new Set(ids).size).toBe(3);
    const file = path.join(await temporaryFolder(), 'out.csv');
    const { id } = await engine.request(BeginExportRequest, { path: file, format: 'csv', labels: [] });
    await engine.request(AppendExportRequest, { id, outcomes: outcomes.slice(0, 2) });
    await engine.request(AppendExportRequest, { id, outcomes: outcomes.slice(2) });
    expect(await engine.request(FinishExportRequest, { id, keep: true })).toEqual({ rows: 3 });
    expect((await readFile(file, 'utf8')).split('\r\n')).toHaveLength(5);
  });

  it('answers a decision while it is busy', async () => {
    const root = await temporaryFolder();
    await cp(trained, root, { recursive: true });
    const engine = shared.forget();
    const seen: string[] = [];
    const training = engine
      .request(TrainRequest, { root }, { onProgress: () => undefined })
      .then(() => seen.push('trained'));
    const document = { id: 'US1', path: path.join(root, 'a.xml') };
    await engine.request(DecideRequest, { root, document, accepted: ['mobility'], rejected: [] });
    seen.push('decided');
    await training;
    expect(seen).toEqual(['decided', 'trained']);
  });
});

describe('cancelling', () => {
  it('stops the classification of a folder after the document it is at', async () => {
    const engine = shared.forget();
    const cancel = new CancellationTokenSource();
    let seen = 0;
    const many = folder({
      targets: Array.from({ length: 20 }, () => ({ path: SAMPLE_PATENTS })),
      evidence: true,
    });
    const report = await engine.failure(ClassifyRequest, many, {
      token: cancel.token,
      onProgress: ({ kind }) => {
        if (kind === 'outcome' && ++seen === 3) cancel.cancel();
      },
    });
    expect(report.code).toBe('cancelled');
    // Of 280 documents; one may be on its way when the word arrives.
    expect(seen).toBeLessThan(6);
    expect(await engine.request(HelloRequest, {})).toMatchObject({ version: VERSION });
    expect(engine.statuses.at(-1)).toEqual({ state: 'idle' });
  });

  it.each(['Encoding labelled documents', 'Weighing label texts and words'])(
    'stops a training while it is at: %s',
    async (phase) => {
      const root = await temporaryFolder(smallWorkspace());
      if (phase !== 'Encoding labelled documents') {
        await mkdir(path.join(root, '.patent-lab'));
        await cp(path.join(trained, '.patent-lab', 'cache'), path.join(root, '.patent-lab', 'cache'), {
          recursive: true,
        });
      }
      const engine = shared.forget();
      const cancel = new CancellationTokenSource();
      const progress: Progress[] = [];
      const report = await engine.failure(
        TrainRequest,
        { root },
        {
          token: cancel.token,
          onProgress: (value) => {
            progress.push(value);
            if (value.kind === 'step' && value.message === phase) cancel.cancel();
          },
        },
      );
      expect(report.code).toBe('cancelled');
      expect(steps(progress)).not.toContain('Measuring');
      expect((await engine.request(WorkspaceRequest, { root })).classifier).toBeUndefined();
    },
  );
});

describe('errors', () => {
  it('that were foreseen travel as reports, without a word in the log', async () => {
    const engine = shared.forget();
    const root = await temporaryFolder();
    expect(await engine.failure(TrainRequest, { root })).toMatchObject({
      code: 'taxonomy-missing',
      message: expect.stringContaining(root),
      remedy: expect.stringContaining('Create'),
      place: { file: path.join(root, 'taxonomy.json') },
    });
    expect(engine.logs).toEqual([]);
    expect(engine.statuses).toEqual([{ state: 'busy', task: 'Training' }, { state: 'idle' }]);
  });

  it('that were not travel as reports too, with their trace in the log, and the engine goes on', async () => {
    const engine = shared.forget();
    const nonsense = { root: trained, evidence: false, neighbours: 0 } as unknown as ClassifyParams;
    expect(await engine.failure(ClassifyRequest, nonsense)).toMatchObject({
      code: 'internal',
      remedy: expect.stringContaining('report it'),
    });
    expect(engine.logs).toEqual([expect.stringMatching(/^error: TypeError: .*\n\s+at /)]);
    const unknown = new RequestType<object, unknown, ErrorReport>('engine/unknown');
    await expect(engine.request(unknown, {})).rejects.toThrow(/engine\/unknown/);
    expect(await engine.request(HelloRequest, {})).toMatchObject({ version: VERSION });
  });
});

describe('the end', () => {
  it('comes with the channel, without a trace', async () => {
    const engine = start();
    await engine.request(HelloRequest, {});
    engine.disconnect();
    expect(await engine.exited).toEqual({ code: 0, signal: null });
  });

  it('comes with the channel in the middle of work', async () => {
    const engine = start();
    const begun = new Promise<void>((resolve) => {
      engine
        .request(ClassifyRequest, folder({ evidence: true }), { onProgress: () => resolve() })
        .catch(() => undefined);
    });
    await begun;
    engine.disconnect();
    expect(await engine.exited).toEqual({ code: 0, signal: null });
  });

  it('by a kill in the middle of everything leaves every file whole', async () => {
    const root = await temporaryFolder(smallWorkspace());
    const spec = await readEncoderSpec(ENCODER);
    const cached = async (): Promise<number> =>
      (await EmbeddingCache.open(path.join(root, '.patent-lab', 'cache'), spec, () => undefined)).size;
    let [decisions, known] = [0, 0];
    for (const delay of [0, 60]) {
      const engine = start();
      const training = engine.request(TrainRequest, { root }, { onProgress: () => undefined });
      const answered = Array.from({ length: 10 }, (_, n) => {
        const document = { id: `US${decisions + n}`, path: path.join(root, 'a.xml') };
        return engine.request(DecideRequest, { root, document, accepted: ['mobility'], rejected: [] });
      });
      await answered[9];
      decisions += 10;
      await Promise.race([
        training.catch(() => undefined),
        new Promise((resolve) => setTimeout(resolve, delay)),
      ]);
      training.catch(() => undefined);
      await engine.kill();
      const lines = (await readFile(path.join(root, 'labels.jsonl'), 'utf8')).trimEnd().split('\n');
      expect(lines.map((line) => (JSON.parse(line) as { id: string }).id)).toHaveLength(decisions);
      expect(await cached()).toBeGreaterThanOrEqual(known);
      known = await cached();
    }
    const engine = start();
    const summary = await engine.request(WorkspaceRequest, { root });
    expect(summary).toMatchObject({ decisions, documents: smallCorpus().length });
    expect(summary.problems.every(({ code }) => code === 'file-not-found')).toBe(true);
    await engine.request(TrainRequest, { root });
    const { description } = await loadClassifier(
      path.join(root, '.patent-lab', 'classifiers', 'default'),
      spec,
    );
    expect(description.training.documents).toBe(smallCorpus().length);
  });

  it('by a kill while classifying leaves labels, cache and classifier whole', async () => {
    const root = await temporaryFolder();
    await cp(trained, root, { recursive: true });
    const engine = start();
    const document = { id: 'US99000001B2', path: path.join(SAMPLE_PATENTS, 'US99000001B2.xml') };
    await engine.request(DecideRequest, { root, document, accepted: ['mobility'], rejected: [] });
    await new Promise<void>((resolve) => {
      const onProgress = ({ kind }: Progress): void => {
        if (kind === 'outcome') resolve();
      };
      engine
        .request(ClassifyRequest, folder({ root, evidence: true, neighbours: 3 }), { onProgress })
        .catch(() => undefined);
    });
    await engine.kill();
    const again = start();
    expect(await again.request(WorkspaceRequest, { root })).toMatchObject({
      decisions: 1,
      problems: [],
      classifier: { labels: SMALL_LABELS.length },
    });
    const one = folder({ root, neighbours: 3, targets: [{ path: document.path }] });
    expect(await again.request(ClassifyRequest, one)).toMatchObject({ classified: 1, failed: 0 });
  });
});
