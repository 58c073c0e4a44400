/**
 * 64 logistic regressions on 1,650 documents of 384 numbers: our solver on ONNX Runtime against scikit-learn's lbfgs, at
 * the same value of the same objective. Both run in turns in one session where python3 has scikit-learn; else the
 * stored time of another session stands in, and the output says so.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { logisticSolver, type LogisticData, type LogisticProblem } from '../src/core/learning/logistic.ts';
import { Random } from '../src/core/random.ts';
import { onnxCompute } from '../src/engine/onnx/compute.ts';
import { LinePeer } from './lib/line-peer.ts';
import { root } from './lib/places.ts';
import {
  describeMachine,
  printMachine,
  show,
  spread,
  speedups,
  takeTurns,
  type Contender,
} from './lib/rounds.ts';

const DOCUMENTS = 1650;
const FEATURES = 384;
const LABELS = 64;
const L2 = 1;
const ROUNDS = 11;
/** Small enough that the objective is scikit-learn's to a millionth; the run prints both. */
const TOLERANCE = 1e-2;
const STORED = path.join(root, 'bench', 'reference', 'head_sklearn.json');
const SCRIPT = path.join(root, 'bench', 'reference', 'head_sklearn.py');

interface Reference {
  readonly command: string;
  readonly machine: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly seconds: { readonly min: number; readonly median: number; readonly max: number };
  readonly objective: number;
}

const data = makeData();
const problems = Array.from({ length: LABELS }, (_, label): LogisticProblem => ({
  label,
  prior: 0,
  scales: [1],
  l2: L2,
}));

printMachine();
console.log(
  `${DOCUMENTS} documents, ${FEATURES} features, ${LABELS} labels, C = ${1 / L2}; ${ROUNDS} rounds in turns`,
);
const objectives: number[] = [];
const ours: Contender = {
  name: 'ours',
  run: async () => {
    // Making and releasing the graph is part of a fit.
    const solver = await logisticSolver(onnxCompute, data, problems);
    const weights = new Float32Array(DOCUMENTS).fill(1);
    const result = await solver.fit(weights, { maxRounds: 500, tolerance: TOLERANCE });
    await solver.release();
    fitted = result.parameters;
    rounds = result.rounds;
  },
};
let fitted: Float64Array = new Float64Array();
let rounds = 0;
const folder = await writeProblem(data);
const peer = await startPeer();
const sklearn: number[] = [];
const theirs: Contender = {
  name: 'scikit-learn',
  run: async () => {
    const { seconds, objective } = (await peer?.ask()) as {
      readonly seconds: number;
      readonly objective: number;
    };
    sklearn.push(1000 * seconds);
    objectives.push(objective);
  },
};
try {
  await takeTurns(peer ? [ours, theirs] : [ours], 2);
  sklearn.length = 0;
  const timings = new Map(await takeTurns(peer ? [ours, theirs] : [ours], ROUNDS));
  console.log(
    `  ours          ${show(timings.get('ours') ?? [], 0)} ms, objective ${objectiveAt(fitted).toFixed(4)}, ${rounds} rounds of L-BFGS`,
  );
  if (peer) {
    // What the script measured itself, without the way there and back.
    timings.set('scikit-learn', sklearn);
    console.log(
      `  scikit-learn  ${show(sklearn, 0)} ms, objective ${(objectives.at(-1) ?? Number.NaN).toFixed(4)}`,
    );
    console.log(`  times faster  ${show(speedups(timings, 'ours', 'scikit-learn'))}`);
    if (process.argv.includes('--store')) store(peer.greeting as Record<string, string>);
  } else {
    const stored = JSON.parse(readFileSync(STORED, 'utf8')) as Reference;
    const { median } = spread(timings.get('ours') ?? []);
    console.log(
      `  scikit-learn  not here; stored from another session: ${(1000 * stored.seconds.median).toFixed(0)} ms (${stored.machine}), objective ${stored.objective.toFixed(4)}`,
    );
    console.log(
      `  times faster  ${((1000 * stored.seconds.median) / median).toFixed(2)}, across sessions and perhaps machines`,
    );
  }
} finally {
  peer?.end();
  await rm(folder, { recursive: true, force: true });
}

/** With the Python that PYTHON names, the first on the path, or the system's own: whichever has scikit-learn. */
async function startPeer(): Promise<LinePeer | undefined> {
  for (const python of [process.env['PYTHON'], 'python3', '/usr/bin/python3']) {
    const started = python === undefined ? undefined : await LinePeer.start(python, [SCRIPT, folder]);
    if (started) return started;
  }
  return undefined;
}

/** Gaussian features, planted weights, about one label in eleven. */
function makeData(): LogisticData {
  const random = new Random(0);
  const gaussian = (): number =>
    Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
  const features = Float32Array.from({ length: DOCUMENTS * FEATURES }, gaussian);
  const planted = Float32Array.from({ length: LABELS * FEATURES }, () => gaussian() / Math.sqrt(FEATURES));
  const targets = new Float32Array(DOCUMENTS * LABELS);
  for (let document = 0; document < DOCUMENTS; document++) {
    for (let label = 0; label < LABELS; label++) {
      let logit = -2.5;
      for (let d = 0; d < FEATURES; d++) {
        logit +=
          1.5 * (features[document * FEATURES + d] as number) * (planted[label * FEATURES + d] as number);
      }
      if (random.uniform() < 1 / (1 + Math.exp(-logit))) targets[document * LABELS + label] = 1;
    }
  }
  return {
    documents: DOCUMENTS,
    features,
    blocks: [{ width: FEATURES }],
    targets,
    offsets: new Float32Array(DOCUMENTS * LABELS),
    labels: LABELS,
    intercept: { l2: 0, mean: 0 },
  };
}

async function writeProblem({ features, targets }: LogisticData): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'patent-lab-bench-'));
  const problem = { documents: DOCUMENTS, features: FEATURES, labels: LABELS, l2: L2 };
  await writeFile(path.join(made, 'problem.json'), JSON.stringify(problem));
  await writeFile(path.join(made, 'x.f32'), features);
  await writeFile(path.join(made, 'y.u8'), Uint8Array.from(targets));
  return made;
}

/** Σ log-loss + λ/2·‖w‖² over all labels, in double precision and plain loops. */
function objectiveAt(parameters: Float64Array): number {
  let total = 0;
  for (let label = 0; label < LABELS; label++) {
    const own = parameters.subarray(label * (FEATURES + 1), (label + 1) * (FEATURES + 1));
    for (let document = 0; document < DOCUMENTS; document++) {
      let z = own[FEATURES] ?? 0;
      for (let d = 0; d < FEATURES; d++)
        z += (own[d] as number) * (data.features[document * FEATURES + d] as number);
      total +=
        Math.max(z, 0) +
        Math.log1p(Math.exp(-Math.abs(z))) -
        z * (data.targets[document * LABELS + label] ?? 0);
    }
    for (let d = 0; d < FEATURES; d++) total += 0.5 * L2 * (own[d] as number) ** 2;
  }
  return total;
}

function store(versions: Readonly<Record<string, string>>): void {
  const { min, median, max } = spread(sklearn.map((ms) => ms / 1000));
  const reference: Reference = {
    command: 'npm run build && npm run bench -- head, then node bench/out/head.bench.mjs --store',
    machine: describeMachine(),
    versions,
    rounds: ROUNDS,
    seconds: { min, median, max },
    objective: objectives.at(-1) ?? Number.NaN,
  };
  writeFileSync(STORED, `${JSON.stringify(reference, null, 2)}\n`);
}
