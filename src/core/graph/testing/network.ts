/** The network of reference.py as a graph with its gradients. */
import {
  add,
  divide,
  exponential,
  gemm,
  logarithm,
  mean,
  multiply,
  softplus,
  squareRoot,
  subtract,
  sum,
  tanh,
} from '../build.ts';
import { gradients } from '../differentiate.ts';
import { input, scalar, type Graph } from '../tensor.ts';
import { PARAMETER_NAMES, type NetworkReference } from './reference.ts';

/** Outputs `loss` and, for each parameter, `d_` and its name. */
export function network({ inputs, ridge }: NetworkReference): Graph {
  const x = input('x', inputs.x.shape);
  const y = input('y', inputs.y.shape);
  const w1 = input('w1', inputs.w1.shape);
  const b1 = input('b1', inputs.b1.shape);
  const w2 = input('w2', inputs.w2.shape);
  const b2 = input('b2', inputs.b2.shape);
  const unit = divide(w1, squareRoot(sum(multiply(w1, w1), [1], { keepDimensions: true })));
  const hidden = tanh(add(gemm(x, unit, { transB: true }), b1));
  const z = add(gemm(hidden, w2, { transB: true }), b2);
  const cells = subtract(softplus(z), multiply(y, z));
  const ridged = multiply(scalar(ridge / 2), sum(multiply(w2, w2)));
  const loss = add(add(mean(cells), logarithm(mean(exponential(z)))), ridged);
  const derivatives = gradients(loss, [x, w1, b1, w2, b2]);
  const named = derivatives.map((gradient, i) => [`d_${PARAMETER_NAMES[i] ?? i}`, gradient] as const);
  return { name: 'network', outputs: { loss, ...Object.fromEntries(named) } };
}
