/**
 * The classifiers that are trained by steps: from features to logits as a graph of named parameters. Features end with a
 * column of ones, so that an intercept is a weight like the others.
 */
import { add, gemm, relu } from '../../graph/build.ts';
import type { Shape, Tensor } from '../../graph/tensor.ts';
import type { Random } from '../../random.ts';

export interface Parameter {
  readonly name: string;
  readonly shape: Shape;
  /** Inputs of one unit: the start is uniform in ±1/√this, as PyTorch's linear layers start. */
  readonly fanIn: number;
}

export interface Network {
  readonly id: string;
  /** Columns of the features, that of ones included, and of the logits. */
  readonly width: number;
  readonly labels: number;
  readonly parameters: readonly Parameter[];
  /** Whether each label has a column of its own in the only parameter, so that labels are problems of their own. */
  readonly separable: boolean;
  /** `[documents, labels]` from features `[documents, width]`. */
  logits(features: Tensor, parameters: readonly Tensor[]): Tensor;
}

export function linearNetwork(width: number, labels: number): Network {
  return {
    id: `linear-${width}x${labels}`,
    width,
    labels,
    separable: true,
    parameters: [{ name: 'weights', shape: [width, labels], fanIn: width - 1 }],
    logits: (features, [weights = features]) => gemm(features, weights),
  };
}

/** One hidden layer of rectified units. */
export function hiddenLayerNetwork(width: number, hidden: number, labels: number): Network {
  return {
    id: `hidden-${width}x${hidden}x${labels}`,
    width,
    labels,
    separable: false,
    parameters: [
      { name: 'first', shape: [width, hidden], fanIn: width - 1 },
      { name: 'second', shape: [hidden, labels], fanIn: hidden },
      { name: 'intercept', shape: [1, labels], fanIn: hidden },
    ],
    logits: (features, [first = features, second = features, intercept = features]) =>
      add(gemm(relu(gemm(features, first)), second), intercept),
  };
}

/** Where training starts, one array a parameter. */
export function startingPoint({ parameters }: Network, random: Random): readonly Float32Array[] {
  return parameters.map(({ shape, fanIn }) => {
    const bound = 1 / Math.sqrt(Math.max(1, fanIn));
    const size = shape.reduce((product, length) => product * length, 1);
    return Float32Array.from({ length: size }, () => (2 * random.uniform() - 1) * bound);
  });
}
