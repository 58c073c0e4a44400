/**
 * MMD² with 200 permutations, nearest neighbours and PRDC against numpy, in turns in one session. Ours computes MMD² in
 * double precision, neighbours in single precision with distances in double; numpy does each in both precisions. Without
 * python3 and numpy only ours is timed. Some of it alone: `PATENT_LAB_BENCH_PARTS=mmd-2000,knn-20000,prdc-20000`.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { mmd } from '../src/core/fidelity/distance/mmd.ts';
import { nearestOthers, radii } from '../src/core/fidelity/distance/neighbours.ts';
import { prdc } from '../src/core/fidelity/distance/prdc.ts';
import { embeddings, type Embeddings } from '../src/core/fidelity/embeddings.ts';
import { NEIGHBOURS, PERMUTATIONS } from '../src/core/fidelity/limits.ts';
import { Random } from '../src/core/random.ts';
import { onnxCompute } from '../src/engine/onnx/compute.ts';
import { LinePeer } from './lib/line-peer.ts';
import { root } from './lib/places.ts';
import { printMachine, show, speedups, takeTurns, type Contender } from './lib/rounds.ts';

const DIMENSION = 384;
const SCRIPT = path.join(root, 'bench', 'reference', 'fidelity_numpy.py');

interface Job {
  readonly task: 'mmd' | 'knn' | 'prdc';
  /** Documents on each side. */
  readonly rows: number;
  readonly rounds: number;
}

/** The largest come last: the memory that is told is the most that was used so far. */
const JOBS: readonly Job[] = [
  { task: 'mmd', rows: 2000, rounds: 5 },
  { task: 'knn', rows: 20_000, rounds: 3 },
  { task: 'prdc', rows: 20_000, rounds: 3 },
  { task: 'mmd', rows: 10_000, rounds: 2 },
];

const parts = process.env['PATENT_LAB_BENCH_PARTS']?.split(',');

printMachine();
for (const job of JOBS) {
  if (parts?.includes(`${job.task}-${job.rows}`) !== false) await measure(job);
}

async function measure({ task, rows, rounds }: Job): Promise<void> {
  const [x, y] = [madeUp(rows, 1, 0), madeUp(rows, 2, 0.02)];
  const first = await ours(task, x, y);
  const folder = await mkdtemp(path.join(tmpdir(), 'fidelity-'));
  const peers: { readonly name: string; readonly peer: LinePeer }[] = [];
  try {
    await writeFile(path.join(folder, 'x.f32'), bytes(x));
    await writeFile(path.join(folder, 'y.f32'), bytes(y));
    const problem = {
      rows,
      dimension: DIMENSION,
      k: NEIGHBOURS,
      permutations: PERMUTATIONS,
      median: first.median ?? 0,
    };
    await writeFile(path.join(folder, 'problem.json'), JSON.stringify(problem));
    for (const precision of ['float32', 'float64']) {
      const peer = await startPeer([SCRIPT, folder, task, precision]);
      if (peer) peers.push({ name: `numpy ${precision}`, peer });
    }
    await race({ task, rows, rounds }, x, y, first.result, peers);
  } finally {
    for (const { peer } of peers) peer.end();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Answer {
  readonly seconds: number;
  readonly result: readonly number[];
  readonly memory: number;
}

async function race(
  { task, rows, rounds }: Job,
  x: Embeddings,
  y: Embeddings,
  result: readonly number[],
  peers: readonly { readonly name: string; readonly peer: LinePeer }[],
): Promise<void> {
  const answers = new Map<string, Answer[]>(peers.map(({ name }) => [name, []]));
  const contenders: Contender[] = [
    {
      name: 'ours',
      run: async () => {
        await ours(task, x, y);
      },
    },
    ...peers.map(({ name, peer }) => ({
      name,
      run: async () => {
        answers.get(name)?.push((await peer.ask()) as Answer);
      },
    })),
  ];
  const timings = new Map(await takeTurns(contenders, rounds));
  const seconds = (times: readonly number[]): string => show(times.map((time) => time / 1000));
  console.log(`${task}, ${rows} documents a side of ${DIMENSION} numbers, ${rounds} rounds in turns`);
  const gigabytes = (memory: number): string => `${(memory / 2 ** 30).toFixed(2)} GB`;
  console.log(
    `  ours           ${seconds(timings.get('ours') ?? [])} s, ${digits(result)}; at most ${gigabytes(1024 * process.resourceUsage().maxRSS)} so far`,
  );
  for (const { name } of peers) {
    const said = answers.get(name) ?? [];
    // What the script measured itself, without the way there and back.
    timings.set(
      name,
      said.map((answer) => 1000 * answer.seconds),
    );
    const last = said.at(-1);
    console.log(
      `  ${name}  ${seconds(timings.get(name) ?? [])} s, ${digits(last?.result ?? [])}; at most ${gigabytes(last?.memory ?? 0)}`,
    );
    console.log(`    times faster ${show(speedups(timings, 'ours', name))}`);
  }
  if (peers.length === 0) console.log('  numpy is not here');
}

function digits(values: readonly number[]): string {
  return values.map((value) => value.toPrecision(7)).join(', ');
}

async function ours(
  task: Job['task'],
  x: Embeddings,
  y: Embeddings,
): Promise<{ readonly result: readonly number[]; readonly median?: number }> {
  switch (task) {
    case 'mmd': {
      const score = await mmd(onnxCompute, x, y, { seed: 1 });
      return score ? { result: [score.value, score.p], median: score.medianDistance } : { result: [] };
    }
    case 'knn': {
      const found = radii(await nearestOthers(onnxCompute, x, NEIGHBOURS));
      return { result: [found.reduce((total, value) => total + value, 0) / found.length] };
    }
    case 'prdc': {
      const { precision, recall, density, coverage } = await prdc(onnxCompute, x, y);
      return { result: [precision, recall, density, coverage] };
    }
  }
}

/** Directions around forty centres, as documents lie around their subjects. */
function madeUp(rows: number, seed: number, shift: number): Embeddings {
  const shared = new Random(0);
  const gaussian = (random: Random): number =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const centres = Array.from({ length: 40 * DIMENSION }, () => gaussian(shared));
  const random = new Random(seed);
  const data = new Float32Array(rows * DIMENSION);
  for (let row = 0; row < rows; row++) {
    const centre = random.integer(40) * DIMENSION;
    const values = Array.from(
      { length: DIMENSION },
      (_, k) => (centres[centre + k] ?? 0) + gaussian(random) + (k % 2 === 0 ? shift : -shift),
    );
    const length = Math.hypot(...values);
    values.forEach((value, k) => {
      data[row * DIMENSION + k] = value / length;
    });
  }
  return embeddings(data, DIMENSION);
}

function bytes({ data }: Embeddings): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/**
 * With the Python that PYTHON names, the first on the path, or the system's own: whichever has numpy. Settings of its
 * matrix library are not handed on: one that names another processor would make it slower than it is.
 */
async function startPeer(given: readonly string[]): Promise<LinePeer | undefined> {
  for (const python of [process.env['PYTHON'], 'python3', '/usr/bin/python3']) {
    if (python === undefined) continue;
    const plain = ['-u', 'OPENBLAS_CORETYPE', '-u', 'OPENBLAS_L2_SIZE', python];
    const started = await LinePeer.start('env', [...plain, ...given]);
    if (started) return started;
  }
  return undefined;
}
