/**
 * A stand-in for the engine that speaks the protocol: says hello, answers, streams, crashes and hangs on request.
 * `FIXTURE_MODE` makes it misbehave from the start.
 */
import { appendFileSync } from 'node:fs';
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProgressType,
  ResponseError,
} from 'vscode-jsonrpc/node';

const mode = process.env.FIXTURE_MODE ?? 'well';
if (process.env.FIXTURE_STARTS) appendFileSync(process.env.FIXTURE_STARTS, `${process.pid}\n`);
if (mode === 'exit') process.exit(7);
process.on('disconnect', () => process.exit(0));

const connection = createMessageConnection(new IPCMessageReader(process), new IPCMessageWriter(process));
const progress = new ProgressType();

connection.onRequest('engine/hello', ({ provider = 'cpu' }) => ({
  protocol: mode === 'old' ? 0 : 1,
  version: '0.0.0',
  pid: process.pid,
  onnxruntime: 'none',
  encoder: provider === 'cpu' ? 'fixture' : `fixture for ${provider}`,
  provider: 'cpu',
  threads: 1,
}));
connection.onRequest('workspace/summary', ({ root }) => {
  if (root === '/refused') {
    throw new ResponseError(-32001, 'refused', {
      code: 'taxonomy-invalid',
      message: 'The label "a" occurs twice.',
      remedy: 'Rename one.',
      place: { file: '/refused/taxonomy.json', line: 3, column: 7 },
    });
  }
  if (root === '/defect') throw new Error('a defect');
  return { root, documents: 3, corpusFiles: [], decisions: 0, decisionsSinceTraining: 0, problems: [] };
});
connection.onRequest('classifier/train', async ({ root, progress: token }, cancellation) => {
  if (root === '/crash') process.exit(3);
  await connection.sendNotification('engine/status', { state: 'busy', task: 'training' });
  if (root === '/accelerated') {
    await connection.sendNotification('engine/provider', { provider: 'cuda', reason: 'CUDA passed.' });
  }
  if (root === '/hang') await new Promise(() => undefined);
  if (root === '/polite') {
    await new Promise((resolve) => cancellation.onCancellationRequested(resolve));
    throw new ResponseError(-32001, 'cancelled', {
      code: 'cancelled',
      message: 'Stopped.',
      remedy: 'Resume.',
    });
  }
  for (const done of [1, 2, 3]) {
    await connection.sendProgress(progress, token, { kind: 'step', message: `fold ${done}`, done, total: 3 });
  }
  await connection.sendNotification('engine/status', { state: 'idle' });
  return { path: '/c', name: 'fixture' };
});
connection.onNotification('fixture/crash', () => process.exit(4));
connection.listen();
console.log('fixture engine is listening');
