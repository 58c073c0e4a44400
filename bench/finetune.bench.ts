/**
 * One training step (8 texts of 128 tokens, 64 labels) over one forward pass of the same batch, by LoRA (rank 8 on queries
 * and values) and with all weights, at the sizes of MiniLM and BERT-base; beside PyTorch on the CPU with the same shape and
 * threads, in turns in one session; and the memory that it took beside what is told before a training. Each case runs in a
 * process of its own, so that its memory is its own.
 *
 * MiniLM is the published one: `node scripts/fetch-encoder.mjs all-MiniLM-L6-v2-fp32`. BERT-base has random weights, which
 * time does not depend on, and is exported by PyTorch. Fewer: `ROUNDS=3 CASES=minilm-lora,bert-base-full`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readModel } from '../src/core/graph/import/model.ts';
import { encoderParameters, USUAL_LORA, type Method } from '../src/core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../src/core/learning/finetune/optimiser.ts';
import { layoutOf, startValues } from '../src/core/learning/finetune/parameters.ts';
import { headParameters } from '../src/core/learning/finetune/step.ts';
import { Random } from '../src/core/random.ts';
import type { EncoderSpec } from '../src/engine/encoder/spec.ts';
import { openBase, type BaseModel } from '../src/engine/finetune/base.ts';
import { encoderAt, Sessions } from '../src/engine/finetune/sessions.ts';
import { stateAt, type PlacedState } from '../src/engine/finetune/stepper.ts';
import { encoderFeeds } from '../src/engine/finetune/texts.ts';
import { computeOn, onnxCompute } from '../src/engine/onnx/compute.ts';
import { THREADS, type MemoryUse } from '../src/engine/onnx/runtime.ts';
import { LinePeer } from './lib/line-peer.ts';
import { root } from './lib/places.ts';
import { printMachine, show, speedups, takeTurns, type Contender } from './lib/rounds.ts';

const BATCH = 8;
const LENGTH = 128;
const LABELS = 64;
const ROUNDS = Number(process.env['ROUNDS'] ?? 7);
const CASE = process.env['PATENT_LAB_BENCH_CASE'];
const MINILM = path.join(root, '.cache', 'encoders', 'all-MiniLM-L6-v2-fp32');
const REFERENCE = path.join(root, 'bench', 'reference');
const SIZES = {
  minilm: { layers: 6, hidden: 384, heads: 12 },
  'bert-base': { layers: 12, hidden: 768, heads: 12 },
} as const;
type Size = keyof typeof SIZES;
const USUAL =
  'minilm-lora,minilm-full,minilm-full-sparing,bert-base-lora,bert-base-full,bert-base-full-sparing';
const CASES = (process.env['CASES'] ?? USUAL).split(',');

if (CASE === undefined) all();
else {
  await measure(
    CASE.startsWith('minilm') ? 'minilm' : 'bert-base',
    CASE.includes('lora') ? 'lora' : 'full',
    CASE.endsWith('sparing') ? 'sparing' : 'pooled',
  );
}

function all(): void {
  printMachine();
  const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-bench-'));
  try {
    for (const name of CASES) {
      const model = name.startsWith('minilm') ? MINILM : exportedTo(path.join(folder, 'model.onnx'));
      if (model === undefined || !existsSync(model)) {
        console.log(`${name}: skipped, because its encoder is not here (see the head of this benchmark)`);
        continue;
      }
      const env = { ...process.env, PATENT_LAB_BENCH_CASE: name, PATENT_LAB_BENCH_MODEL: model };
      spawnSync(process.execPath, ['--expose-gc', ...process.argv.slice(1)], { env, stdio: 'inherit' });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Once for all cases. */
function exportedTo(file: string): string | undefined {
  if (existsSync(file)) return file;
  for (const python of pythons()) {
    try {
      execFileSync(python, [path.join(REFERENCE, 'bert_base_torch.py'), file], { stdio: 'ignore' });
      return file;
    } catch {
      // The next one may have PyTorch.
    }
  }
  return undefined;
}

async function measure(size: Size, kind: 'lora' | 'full', memory: MemoryUse): Promise<void> {
  const before = memoryNow();
  const base = size === 'minilm' ? await openBase(MINILM) : bertBase();
  const { dimension } = base.spec;
  const method: Method = kind === 'lora' ? USUAL_LORA : { kind: 'full' };
  const parameters = [
    ...encoderParameters(encoderAt(base, 1, 8), method, new Random(1)),
    ...headParameters(new Float32Array(LABELS * dimension), new Float32Array(LABELS)),
  ];
  const layout = layoutOf(parameters);
  const model = { method, layout, labels: LABELS };
  const compute = computeOn({ memory });
  const sessions = new Sessions({ base, model, batch: BATCH, optimiser: USUAL_OPTIMISER, compute });
  const told = sessions.memoryNeed([LENGTH])[memory];
  const random = new Random(3);
  const windows = Array.from({ length: BATCH }, () =>
    Int32Array.from({ length: LENGTH }, () => 1000 + random.integer(20000)),
  );
  const batch = {
    windows,
    length: LENGTH,
    targets: Float32Array.from({ length: BATCH * LABELS }, () => (random.integer(20) === 0 ? 1 : 0)),
    offsets: new Float32Array(BATCH * LABELS),
    keep: new Float32Array(BATCH * dimension).fill(1),
  };
  let state: PlacedState = stateAt(startValues(layout, parameters));
  let step = 0;
  const stepped = async (): Promise<void> => {
    ({ state } = await sessions.step(state, { batches: [batch], rate: 1e-5, step: ++step }));
  };
  for (let i = 0; i < 3; i++) await stepped();
  const taken = mostMemory() - before;
  const forward = await onnxCompute.compile({
    name: 'forward',
    outputs: { hidden: encoderAt(base, BATCH, LENGTH).hidden },
  });
  const feeds = encoderFeeds(windows, LENGTH);
  const peer = await startPeer(size, kind);
  const theirs = { forward: [] as number[], step: [] as number[], memory: 0 };
  const contenders: Contender[] = [
    { name: 'forward', run: async () => void (await forward.run(feeds)) },
    { name: 'step', run: stepped },
  ];
  if (peer) {
    contenders.push({
      name: 'PyTorch',
      run: async () => {
        const told = (await peer.ask()) as Readonly<Record<'forward' | 'step' | 'memory', number>>;
        theirs.forward.push(1000 * told.forward);
        theirs.step.push(1000 * told.step);
        theirs.memory = told.memory;
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
    ['their step', theirs.step],
  ]);
  console.log(
    `${size}, ${kind}, memory ${memory}: ${layout.size} trained numbers, ${THREADS} threads, ${ROUNDS} rounds`,
  );
  console.log(
    `  forward ${show(timings.get('forward') ?? [], 0)} ms, step ${show(timings.get('step') ?? [], 0)} ms`,
  );
  console.log(`  step over forward         ${show(speedups(timings, 'forward', 'step'))}`);
  if (peer) {
    console.log(`  PyTorch: forward ${show(theirs.forward, 0)} ms, step ${show(theirs.step, 0)} ms`);
    console.log(`  PyTorch's step over ours  ${show(speedups(timings, 'step', 'their step'))}`);
  } else {
    console.log('  PyTorch: not here');
  }
  const others = peer ? `; the whole process of PyTorch ${gigabytes(theirs.memory)}` : '';
  console.log(`  memory: told ${gigabytes(told)}, taken at most ${gigabytes(taken)}${others}`);
  peer?.end();
  await forward.release();
  await sessions.release();
}

function bertBase(): BaseModel {
  const bytes = readFileSync(process.env['PATENT_LAB_BENCH_MODEL'] ?? '');
  const spec: EncoderSpec = {
    id: 'bert-base of random weights',
    precision: 'fp32',
    model: 'model.onnx',
    sha256: '0'.repeat(64),
    dimension: SIZES['bert-base'].hidden,
    maxTokens: 512,
    pooling: 'mean',
    startToken: 0,
    endToken: 1,
    output: 'last_hidden_state',
    licence: 'none',
  };
  const source = readModel(bytes, () => {
    throw new Error('everything is in one file');
  });
  return { folder: '', spec, source };
}

async function startPeer(size: Size, kind: string): Promise<LinePeer | undefined> {
  const { layers, hidden, heads } = SIZES[size];
  const given = [BATCH, LENGTH, THREADS, layers, hidden, heads, kind].map(String);
  for (const python of pythons()) {
    const started = await LinePeer.start(python, [path.join(REFERENCE, 'finetune_torch.py'), ...given]);
    if (started) return started;
  }
  return undefined;
}

function pythons(): readonly string[] {
  const chosen = process.env['PYTHON'];
  return [...(chosen === undefined ? [] : [chosen]), 'python3', '/usr/bin/python3'];
}

function memoryNow(): number {
  return process.memoryUsage.rss();
}

function mostMemory(): number {
  return 1024 * process.resourceUsage().maxRSS;
}

function gigabytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(2)} GB`;
}
