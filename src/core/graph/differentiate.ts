/** Reverse-mode differentiation: the gradient of a scalar is one more graph of ordinary operators. */
import { broadcastAxes } from './broadcast.ts';
import { add, reshape, sum } from './build.ts';
import { operatorNamed } from './registry.ts';
import { expand } from './build.ts';
import { elementCount, sameShape, scalar, topologicalOrder, type Shape, type Tensor } from './tensor.ts';

/**
 * Gradients of `loss` (one number) with respect to each of `parameters`, in their shapes.
 * Throws when an operator on the way has no derivative rule, naming it. A parameter that the loss does not depend on
 * gets zeros.
 */
export function gradients(loss: Tensor, parameters: readonly Tensor[]): readonly Tensor[] {
  if (elementCount(loss.shape) !== 1) throw new Error('only a single number can be differentiated');
  const order = topologicalOrder([loss]);
  const needed = dependants(order, parameters);
  const upstream = new Map<Tensor, Tensor>([[loss, expand(scalar(1, loss.type), loss.shape)]]);

  for (let i = order.length - 1; i >= 0; i--) {
    const output = order[i];
    const gradient = output && upstream.get(output);
    if (!output || !gradient || output.source.kind !== 'node' || !needed.has(output)) continue;
    const { operator, inputs, attributes } = output.source;
    const rule = operatorNamed(operator).gradient;
    if (!rule) throw new Error(`no derivative for the operator ${operator}`);
    const ofInputs = rule({ inputs, output, attributes, upstream: gradient });
    inputs.forEach((tensor, position) => {
      const piece = ofInputs[position];
      if (!piece || !needed.has(tensor)) return;
      const fitted = unbroadcast(piece, tensor.shape);
      const sofar = upstream.get(tensor);
      upstream.set(tensor, sofar ? add(sofar, fitted) : fitted);
    });
  }
  return parameters.map(
    (parameter) => upstream.get(parameter) ?? expand(scalar(0, parameter.type), parameter.shape),
  );
}

/** Tensors on a path from a parameter, so that nothing else is differentiated. */
function dependants(order: readonly Tensor[], parameters: readonly Tensor[]): ReadonlySet<Tensor> {
  const needed = new Set<Tensor>(parameters);
  for (const tensor of order) {
    if (tensor.source.kind === 'node' && tensor.source.inputs.some((one) => needed.has(one)))
      needed.add(tensor);
  }
  return needed;
}

/** Sums a gradient over the axes along which its tensor was repeated. */
function unbroadcast(gradient: Tensor, shape: Shape): Tensor {
  if (sameShape(gradient.shape, shape)) return gradient;
  const axes = broadcastAxes(gradient.shape, shape);
  return reshape(axes.length > 0 ? sum(gradient, axes, { keepDimensions: true }) : gradient, shape);
}
