/** The leakage requests as the host sends them, to a real engine process. */
import path from 'node:path';
import { CancellationTokenSource } from 'vscode-jsonrpc';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AuditRequest } from '../../protocol/audit.ts';
import { TrainRequest } from '../../protocol/engine.ts';
import { MaskedPredictionRequest, RelationsRequest } from '../../protocol/leakage.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { buildProgram, EngineProcess } from '../testing/program.ts';
import { smallWorkspace } from '../testing/samples.ts';

let engine: EngineProcess;
let root: string;

beforeAll(async () => {
  engine = new EngineProcess(await buildProgram());
  root = await temporaryFolder(smallWorkspace());
});
afterAll(() => engine.kill());

const target = (): { path: string; text: string } => ({
  path: path.join(root, 'open.txt'),
  text: 'Fictitious chair\n\nABSTRACT\n\nA powered wheelchair with a fictitious seat.\n',
});

it('asks for a classifier where one is needed, and for nothing where not', async () => {
  const failure = await engine.failure(MaskedPredictionRequest, { root, target: target() });
  expect(failure.code).toBe('classifier-missing');
  const { documents } = await engine.request(RelationsRequest, { root, target: target() });
  expect(documents).toMatchObject([{ index: 0, findings: [] }]);
});

it('audits with progress, and can be stopped', async () => {
  await engine.request(TrainRequest, { root });
  const masked = await engine.request(MaskedPredictionRequest, { root, target: target() });
  expect(masked.masks).toBe(1);

  const source = new CancellationTokenSource();
  let stoppedAt = 0;
  const failure = await engine.failure(
    AuditRequest,
    { root },
    {
      token: source.token,
      onProgress: (progress) => {
        if (stoppedAt > 0 || progress.kind !== 'step' || !progress.message.startsWith('Training 1')) return;
        stoppedAt = performance.now();
        source.cancel();
      },
    },
  );
  expect(failure.code).toBe('cancelled');
  expect(performance.now() - stoppedAt).toBeLessThan(3000);

  const messages = new Set<string>();
  const { report, folder } = await engine.request(
    AuditRequest,
    { root },
    { onProgress: (progress) => progress.kind === 'step' && messages.add(progress.message) },
  );
  expect([...messages]).toContain('Measuring');
  expect(path.dirname(folder)).toBe(path.join(root, '.patent-lab', 'runs'));
  expect(report.judgement.kind).toBe('cross-fitted');
  expect(report.inputs.map((input) => input.path)).toEqual([
    'taxonomy.json',
    'corpus/small.jsonl',
    '.patent-lab/classifiers/default/classifier.json',
  ]);
});

it('cannot audit without a taxonomy', async () => {
  const empty = await temporaryFolder();
  expect((await engine.failure(AuditRequest, { root: empty })).code).toBe('taxonomy-missing');
});
