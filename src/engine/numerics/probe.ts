/**
 * Tries an execution provider in a process of its own: a graphics driver that crashes or hangs takes only the probe
 * with it, and what the runtime writes to the terminal stays there.
 */
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { serialiseGraph } from '../../core/graph/serialise.ts';
import { input } from '../../core/graph/tensor.ts';
import { matmul } from '../../core/graph/build.ts';
import type { Accelerator } from '../../protocol/numerics.ts';
import { failureReason } from './failure.ts';

/** Milliseconds after which a provider counts as hanging; a driver compiles its first kernel within seconds. [ours] */
const PATIENCE_MS = 30_000;

/** Squares a small matrix on the provider and writes the result, or the error's message, as JSON. */
const SCRIPT = `
const [runtime, provider, model] = process.argv.slice(1);
const tell = (value) => process.stdout.write(JSON.stringify(value), () => process.exit(0));
const ort = require(runtime);
ort.InferenceSession.create(Buffer.from(model, 'base64'), { executionProviders: [provider], logSeverityLevel: 4 })
  .then((session) => session.run({ x: new ort.Tensor('float32', Float32Array.of(1, 2, 3, 4), [2, 2]) }))
  .then(({ y }) => tell({ squared: Array.from(y.data) }), (error) => tell({ error: String(error.message) }));
`;

const SQUARED = '7,10,15,22';

const runtimeFile = (): string => createRequire(import.meta.url).resolve('onnxruntime-node');

/** Folder with the binaries of ONNX Runtime for this platform. */
export const runtimeFolder = (): string =>
  path.join(path.dirname(runtimeFile()), '..', 'bin', 'napi-v6', process.platform, process.arch);

/** @returns why it cannot be used; undefined when it works. */
export async function probeProvider(
  provider: Accelerator,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const x = input('x', [2, 2]);
  const model = Buffer.from(serialiseGraph({ name: 'probe', outputs: { y: matmul(x, x) } })).toString(
    'base64',
  );
  const { text, died } = await run(['-e', SCRIPT, runtimeFile(), provider, model], signal);
  const answer = parse(text);
  if (answer?.error !== undefined) return failureReason(answer.error);
  if (answer?.squared?.join() === SQUARED) return undefined;
  if (answer?.squared) return 'it multiplies wrongly';
  return died === 'timeout' ? 'it does not answer' : 'its process crashes';
}

interface Ran {
  readonly text: string;
  readonly died?: 'timeout' | 'crash';
}

const run = (args: readonly string[], signal: AbortSignal | undefined): Promise<Ran> =>
  new Promise((resolve) => {
    const options = { timeout: PATIENCE_MS, windowsHide: true, ...(signal ? { signal } : {}) };
    execFile(process.execPath, [...args], options, (error, stdout) => {
      if (!error) resolve({ text: stdout });
      else resolve({ text: stdout, died: error.killed ? 'timeout' : 'crash' });
    });
  });

function parse(text: string): { readonly squared?: readonly number[]; readonly error?: string } | undefined {
  try {
    return JSON.parse(text) as { readonly squared?: readonly number[]; readonly error?: string };
  } catch {
    return undefined;
  }
}
