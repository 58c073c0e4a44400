/** Random numbers for tensors, and random graphs in which every operator occurs. */
import type { Random } from '../../random.ts';
import { broadcastShapes } from '../broadcast.ts';
import {
  add,
  apply,
  cast,
  expand,
  gather,
  gemm,
  greatest,
  layerNormalization,
  matmul,
  reshape,
  softmax,
  softplus,
  sum,
  tanh,
  transpose,
  where,
} from '../build.ts';
import { operatorNames } from '../registry.ts';
import {
  constant,
  elementCount,
  filled,
  input,
  integers,
  scalar,
  type Graph,
  type Shape,
  type Tensor,
} from '../tensor.ts';
import type { FloatFeeds } from './finite-differences.ts';

/** Multiples of 1/64 in [low, high). */
export function randomNumbers(random: Random, shape: Shape, low = -1, high = 1): Float32Array {
  const steps = Math.round(64 * (high - low));
  return Float32Array.from({ length: elementCount(shape) }, () => low + random.integer(steps) / 64);
}

export function pick<T>(random: Random, items: readonly T[]): T {
  const item = items[random.integer(items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

export interface RandomGraph {
  readonly graph: Graph;
  readonly inputs: readonly Tensor[];
  /** One number that depends on every output. */
  readonly loss: Tensor;
  readonly feeds: FloatFeeds;
}

const INPUTS: readonly (readonly [name: string, shape: Shape])[] = [
  ['matrix', [4, 3]],
  ['other', [4, 3]],
  ['tall', [5, 4]],
  ['row', [3]],
  ['column', [4, 1]],
  ['single', []],
  ['block', [2, 1, 3]],
];

/** More numbers than this in one tensor are too slow for the plain evaluation. */
const LARGEST = 240;

/** Every operator once, in random order, on what came before it; kept in the range of a few units. */
export function randomGraph(random: Random, without: ReadonlySet<string> = new Set()): RandomGraph {
  const inputs = INPUTS.map(([name, shape]) => input(name, shape));
  const pool = [...inputs];
  const operators = operatorNames().filter((name) => !without.has(name));
  for (const operator of random.shuffle(operators)) pool.push(applied(random, operator, pool));
  const results = pool.slice(inputs.length);
  const loss = results.map((tensor) => sum(tanh(tensor))).reduce(add);
  return {
    graph: {
      name: 'random',
      outputs: Object.fromEntries(results.map((tensor, i) => [`output${i}`, tensor])),
    },
    inputs,
    loss,
    feeds: Object.fromEntries(INPUTS.map(([name, shape]) => [name, randomNumbers(random, shape)])),
  };
}

function applied(random: Random, operator: string, pool: readonly Tensor[]): Tensor {
  const x = pick(random, pool);
  switch (operator) {
    case 'Log':
    case 'Sqrt':
      return apply(operator, [positive(x)]);
    case 'Exp':
      return apply(operator, [tanh(x)]);
    case 'Add':
    case 'Sub':
    case 'Mul':
      return apply(operator, [tanh(x), partner(random, x, pool)]);
    case 'Div':
      return apply(operator, [x, positive(partner(random, x, pool))]);
    case 'Gemm':
      return product(random, pool);
    case 'ReduceSum':
    case 'ReduceMean': {
      const axes = x.shape.map((_, axis) => axis).filter(() => random.integer(2) === 0);
      return apply(operator, [tanh(x)], { axes, keepdims: random.integer(2) });
    }
    case 'Reshape': {
      const count = elementCount(x.shape);
      const shapes = count % 2 === 0 ? [[count], [2, count / 2], [count / 2, 1, 2]] : [[count], [1, count]];
      return apply(operator, [x], { shape: pick(random, shapes) });
    }
    case 'Expand': {
      const target = x.shape.map((size) => (size === 1 ? 1 + random.integer(3) : size));
      const shape = elementCount(target) * 2 <= LARGEST ? [2, ...target] : x.shape;
      return apply(operator, [x], { shape });
    }
    case 'Max':
    case 'Min':
      return apply(operator, [tanh(x), partner(random, x, pool)]);
    case 'Pow':
      return apply(operator, [positive(tanh(x)), scalar(pick(random, [2, 0.5, -1]))]);
    case 'Equal':
    case 'Greater':
    case 'GreaterOrEqual':
    case 'Less':
    case 'LessOrEqual':
      return cast(apply(operator, [x, partner(random, x, pool)]), 'float32');
    case 'And':
    case 'Or':
      return cast(apply(operator, [isPositive(x), isPositive(partner(random, x, pool))]), 'float32');
    case 'Not':
      return cast(apply(operator, [isPositive(x)]), 'float32');
    case 'Cast':
      return cast(cast(x, pick(random, ['int64', 'float64'])), 'float32');
    case 'CumSum':
      return cast(apply(operator, [cast(flat(x), 'int64'), reshape(integers([0]), [])]), 'float32');
    case 'Where':
      return where(
        constant(
          filled('bool', 1, () => random.integer(2)),
          [1],
        ),
        x,
        partner(random, x, pool),
      );
    case 'Gather':
    case 'ScatterND':
      return lookup(random, operator, flat(x));
    case 'ReduceMax':
    case 'ReduceMin': {
      const axes = x.shape.map((_, axis) => axis).filter(() => random.integer(2) === 0);
      return apply(operator, [x], { axes, keepdims: random.integer(2) });
    }
    case 'TopK': {
      const row = reshape(x, [1, elementCount(x.shape)]);
      return cast(greatest(row, 1), 'float32');
    }
    case 'MatMul': {
      const row = reshape(x, [1, elementCount(x.shape)]);
      const column =
        elementCount(x.shape) ** 2 <= LARGEST ? transpose(row, [1, 0]) : reshape(scalar(1), [1, 1]);
      return matmul(tanh(column), tanh(column.shape[0] === 1 ? transpose(column, [1, 0]) : row));
    }
    case 'Transpose':
      return apply(operator, [x], { perm: random.shuffle(x.shape.map((_, axis) => axis)) });
    case 'Softmax':
      return softmax(flat(x));
    case 'LayerNormalization': {
      const ones = expand(scalar(1), [elementCount(x.shape)]);
      return layerNormalization(flat(x), tanh(flat(x)), ones, 0.5);
    }
    case 'Slice': {
      const row = flat(x);
      const start = random.integer(elementCount(x.shape));
      return apply(operator, [row], { starts: [start], ends: row.shape, axes: [0] });
    }
    case 'Pad':
      return apply(operator, [flat(x)], { pads: [random.integer(3), random.integer(3)] });
    case 'Concat':
      return elementCount(x.shape) * 2 <= LARGEST
        ? apply(operator, [x, x].map(flat), { axis: 0 })
        : flatPair(pool);
    default:
      return apply(operator, [x]);
  }
}

const flat = (x: Tensor): Tensor => reshape(x, [elementCount(x.shape)]);
const isPositive = (x: Tensor): Tensor => apply('Greater', [x, scalar(0)]);
const flatPair = (pool: readonly Tensor[]): Tensor =>
  apply('Concat', pool.slice(0, 2).map(flat), { axis: 0 });

/** Rows of a vector read, or some of them written; each position at most once, as ONNX wants it for writing. */
function lookup(random: Random, operator: string, x: Tensor): Tensor {
  const size = elementCount(x.shape);
  if (operator === 'Gather') return gather(x, integers([random.integer(size), random.integer(size)]));
  const position = reshape(integers([random.integer(size)]), [1, 1]);
  return cast(
    apply(operator, [constant(new Float32Array(size), [size]), position, scalarRow(0.5)]),
    'float32',
  );
}

const scalarRow = (value: number): Tensor => constant(Float32Array.of(value), [1]);

const positive = (x: Tensor): Tensor => add(softplus(x), scalar(0.5));

/** A tensor that broadcasts with `x`, in either direction. */
function partner(random: Random, x: Tensor, pool: readonly Tensor[]): Tensor {
  return pick(
    random,
    pool.filter((tensor) => {
      try {
        return elementCount(broadcastShapes(x.shape, tensor.shape)) <= LARGEST;
      } catch {
        return false;
      }
    }),
  );
}

function product(random: Random, pool: readonly Tensor[]): Tensor {
  const matrices = pool.filter((tensor) => tensor.shape.length === 2);
  const pairs = matrices.flatMap((a) =>
    matrices.flatMap((b) =>
      [true, false].flatMap((transA) =>
        [true, false].flatMap((transB) => {
          const fits = a.shape[transA ? 0 : 1] === b.shape[transB ? 1 : 0];
          return fits ? [{ a, b, transA, transB }] : [];
        }),
      ),
    ),
  );
  const { a, b, transA, transB } = pick(random, pairs);
  return gemm(tanh(a), tanh(b), { transA, transB });
}
