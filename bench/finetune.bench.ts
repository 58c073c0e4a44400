/**
 * One LoRA step of all-MiniLM-L6-v2 (8 texts of 128 tokens, rank 8 on queries and values, 64 labels) over one forward
 * pass of the same batch, and beside PyTorch on the CPU with the same shape and threads, in turns in one session.
 * The encoder must have been fetched: `node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32`.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { memoryNeed } from '../src/core/graph/memory.ts';
import { encoderParameters, USUAL_LORA } from '../src/core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../src/core/learning/finetune/optimiser.ts';
import { layoutOf, startValues } from '../src/core/learning/finetune/parameters.ts';
import { forwardGraph, headParameters, stepGraph } from '../src/core/learning/finetune/step.ts';
import { Random } from '../src/core/random.ts';
import { openBase } from '../src/engine/finetune/base.ts';
import { encoderAt } from '../src/engine/finetune/sessions.ts';
import { encoderFeeds } from '../src/engine/finetune/texts.ts';
import { onnxCompute } from '../src/engine/onnx/compute.ts';
import { THREADS } from '../src/engine/onnx/runtime.ts';
import { LinePeer } from './lib/line-peer.ts';
import { root } from './lib/places.ts';
import { printMachine, show, speedups, takeTurns, type Contender } from './lib/rounds.ts';

const BATCH = 8;
const LENGTH = 128;
const LABELS = 64;
const ROUNDS = Number(process.env['ROUNDS'] ?? 11);
const FOLDER = path.join(root, '.cache', 'encoders', 'all-MiniLM-L6-v2-fp32');
const SCRIPT = path.join(root, 'bench', 'reference', 'finetune_torch.py');

printMachine();
if (existsSync(FOLDER)) await measure();
else console.log('  skipped: fetch the encoder first (node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32)');

async function measure(): Promise<void> {
  const base = await openBase(FOLDER);
  const { dimension } = base.spec;
  const encoder = encoderAt(base, BATCH, LENGTH);
  const parameters = [
    ...encoderParameters(encoder, USUAL_LORA, new Random(1)),
    ...headParameters(new Float32Array(LABELS * dimension), new Float32Array(LABELS)),
  ];
  const layout = layoutOf(parameters);
  const model = { encoder, method: USUAL_LORA, layout, labels: LABELS, pooling: base.spec.pooling };
  const graph = stepGraph(model, USUAL_OPTIMISER);
  const need = memoryNeed(graph);
  const random = new Random(3);
  const windows = Array.from({ length: BATCH }, () =>
    Int32Array.from({ length: LENGTH }, () => 1000 + random.integer(20000)),
  );
  const feeds = {
    ...encoderFeeds(windows, LENGTH),
    targets: Float32Array.from({ length: BATCH * LABELS }, () => (random.integer(20) === 0 ? 1 : 0)),
    weights: new Float32Array(BATCH).fill(1 / BATCH),
    offsets: new Float32Array(BATCH * LABELS),
    keep: new Float32Array(BATCH * dimension).fill(1),
    parameters: startValues(layout, parameters),
    first: new Float32Array(layout.size),
    second: new Float32Array(layout.size),
    rate: Float32Array.of(1e-3),
    firstCorrection: Float32Array.of(10),
    secondCorrection: Float32Array.of(1000),
  };
  const forward = await onnxCompute.compile(forwardGraph(model));
  const step = await onnxCompute.compile(graph);
  const peer = await startPeer();
  const theirs = { forward: [] as number[], step: [] as number[] };
  const contenders: Contender[] = [
    { name: 'forward', run: async () => void (await forward.run(feeds)) },
    { name: 'step', run: async () => void (await step.run(feeds)) },
  ];
  if (peer) {
    contenders.push({
      name: 'PyTorch',
      run: async () => {
        const seconds = (await peer.ask()) as { readonly forward: number; readonly step: number };
        theirs.forward.push(1000 * seconds.forward);
        theirs.step.push(1000 * seconds.step);
      },
    });
  }
  await takeTurns(contenders, 2);
  theirs.forward.length = 0;
  theirs.step.length = 0;
  const ours = await takeTurns(contenders, ROUNDS);
  const timings = new Map([
    ['forward', ours.get('forward') ?? []],
    ['step', ours.get('step') ?? []],
    ['their forward', theirs.forward],
    ['their step', theirs.step],
  ]);
  console.log(
    `${BATCH} texts of ${LENGTH} tokens, ${THREADS} threads, ${layout.size} trained numbers; ${ROUNDS} rounds`,
  );
  console.log(`  forward             ${show(timings.get('forward') ?? [], 0)} ms`);
  console.log(`  step                ${show(timings.get('step') ?? [], 0)} ms`);
  console.log(`  step over forward   ${show(speedups(timings, 'forward', 'step'))}`);
  if (peer) {
    console.log(`  PyTorch forward     ${show(theirs.forward, 0)} ms, step ${show(theirs.step, 0)} ms`);
    console.log(`  PyTorch's step over ours  ${show(speedups(timings, 'step', 'their step'))}`);
  } else {
    console.log('  PyTorch             not here');
  }
  const peak = /VmHWM:\s+(\d+)/.exec(
    existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '',
  );
  console.log(
    `  memory: ${(need.constants / 2 ** 20).toFixed(0)} MB of weights and ${(need.peak / 2 ** 20).toFixed(0)} MB of results by the graph; peak of the whole process ${peak ? (Number(peak[1]) / 1024).toFixed(0) : '?'} MB`,
  );
  peer?.end();
  await forward.release();
  await step.release();
}

async function startPeer(): Promise<LinePeer | undefined> {
  for (const python of [process.env['PYTHON'], 'python3', '/usr/bin/python3']) {
    const given = [SCRIPT, String(BATCH), String(LENGTH), String(THREADS)];
    const started = python === undefined ? undefined : await LinePeer.start(python, given);
    if (started) return started;
  }
  return undefined;
}
