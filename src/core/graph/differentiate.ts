/** Reverse-mode differentiation: the gradient of a scalar is one more graph of ordinary operators. */
import { broadcastAxes } from './broadcast.ts';
import { expand, reshape, sum } from './build.ts';
import { operatorNamed } from './registry.ts';
import { total } from './total.ts';
import {
  dependencies,
  elementCount,
  sameShape,
  scalar,
  topologicalOrder,
  type DataType,
  type Shape,
  type Tensor,
} from './tensor.ts';

/**
 * Gradients of `loss` (one number) with respect to each of `parameters`, in their shapes.
 * Throws when an operator on the way has no derivative rule, naming it. A parameter that the loss does not depend on
 * gets zeros.
 */
export function gradients(loss: Tensor, parameters: readonly Tensor[]): readonly Tensor[] {
  if (elementCount(loss.shape) !== 1) throw new Error('only a single number can be differentiated');
  const order = topologicalOrder([loss]);
  const needed = dependants(order, parameters);
  const consumers = consumersOf(order, needed);
  const pieces = new Map<Tensor, Tensor[]>([[loss, [expand(scalar(1, loss.type), loss.shape)]]]);
  const upstream = new Map<Tensor, Tensor>();

  for (let i = order.length - 1; i >= 0; i--) {
    const output = order[i];
    const found = output && pieces.get(output);
    if (!output || !found || !needed.has(output)) continue;
    const gradient = total(found);
    upstream.set(output, gradient);
    const { source } = output;
    if (source.kind === 'part') throw new Error('a further output of an operator has no derivative');
    if (source.kind !== 'node' || !source.inputs.some((one) => needed.has(one))) continue;
    const { operator, inputs, attributes } = source;
    const rule = operatorNamed(operator).gradient;
    if (!rule) throw new Error(`no derivative for the operator ${operator}`);
    const ofInputs = rule({
      inputs,
      output,
      attributes,
      consumers: consumers.get(output) ?? [],
      upstream: gradient,
    });
    inputs.forEach((tensor, position) => {
      const piece = ofInputs[position];
      if (!piece || !needed.has(tensor)) return;
      const fitted = unbroadcast(piece, tensor.shape);
      const before = pieces.get(tensor);
      if (before) before.push(fitted);
      else pieces.set(tensor, [fitted]);
    });
  }
  return parameters.map(
    (parameter) => upstream.get(parameter) ?? expand(scalar(0, parameter.type), parameter.shape),
  );
}

/** Tensors on a path from a parameter, so that nothing else is differentiated; whole numbers and truth values end it. */
export function dependants(order: readonly Tensor[], parameters: Iterable<Tensor>): ReadonlySet<Tensor> {
  const needed = new Set<Tensor>(parameters);
  for (const tensor of order) {
    if (isFloat(tensor.type) && dependencies(tensor).some((one) => needed.has(one))) needed.add(tensor);
  }
  return needed;
}

const isFloat = (type: DataType): boolean => type === 'float32' || type === 'float64';

function consumersOf(
  order: readonly Tensor[],
  needed: ReadonlySet<Tensor>,
): ReadonlyMap<Tensor, readonly Tensor[]> {
  const consumers = new Map<Tensor, Tensor[]>();
  for (const tensor of order) {
    if (!needed.has(tensor)) continue;
    for (const one of dependencies(tensor)) {
      const known = consumers.get(one);
      if (known) known.push(tensor);
      else consumers.set(one, [tensor]);
    }
  }
  return consumers;
}

/** Sums a gradient over the axes along which its tensor was repeated. */
function unbroadcast(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const axes = broadcastAxes(gradient.shape, shape);
  return reshape(axes.length > 0 ? sum(gradient, axes, { keepDimensions: true }) : gradient, shape);
}
