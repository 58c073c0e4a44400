/** How element-wise operators are stated: one function of numbers, and its derivative. Inputs broadcast. */
import { broadcastIndices, broadcastShapes } from '../broadcast.ts';
import { at, commonType, type GradientContext, type Operator } from '../operator.ts';
import { filled, type DataType, type Tensor } from '../tensor.ts';

type Binary = (a: number, b: number) => number;
type BinaryGradient = (context: GradientContext, a: Tensor, b: Tensor) => readonly (Tensor | undefined)[];

/** Of two tensors of one type; `type` is that of the result, by default theirs. */
export function binary(name: string, compute: Binary, gradient?: BinaryGradient, type?: DataType): Operator {
  return {
    name,
    infer: (inputs) => {
      const common = commonType(name, inputs);
      return { type: type ?? common, shape: broadcastShapes(at(inputs, 0).shape, at(inputs, 1).shape) };
    },
    ...(gradient
      ? { gradient: (context) => gradient(context, at(context.inputs, 0), at(context.inputs, 1)) }
      : {}),
    evaluate: (inputs, _attributes, output) => {
      const [a, b] = [at(inputs, 0), at(inputs, 1)];
      const ia = broadcastIndices(a.shape, output.shape);
      const ib = broadcastIndices(b.shape, output.shape);
      return filled(output.type, ia.length, (i) =>
        compute(Number(a.data[ia[i] ?? 0] ?? 0), Number(b.data[ib[i] ?? 0] ?? 0)),
      );
    },
  };
}

export function unary(
  name: string,
  compute: (x: number) => number,
  gradient?: (context: GradientContext, x: Tensor) => Tensor,
): Operator {
  return {
    name,
    infer: (inputs) => ({ type: at(inputs, 0).type, shape: at(inputs, 0).shape }),
    ...(gradient ? { gradient: (context) => [gradient(context, at(context.inputs, 0))] } : {}),
    evaluate: (inputs, _attributes, { type }) => {
      const { data } = at(inputs, 0);
      return filled(type, data.length, (i) => compute(Number(data[i])));
    },
  };
}
