/** Comparisons, truth values, selection and changes of type. Whole numbers and truth values have no derivative. */
import { broadcastIndices, broadcastShapes } from '../broadcast.ts';
import { cast, expand, TYPE_CODES, where } from '../build.ts';
import { at, numberAttribute, type Operator } from '../operator.ts';
import { filled, scalar, type Attributes, type DataType } from '../tensor.ts';
import { binary, unary } from './pointwise.ts';

const comparison = (name: string, holds: (a: number, b: number) => boolean): Operator =>
  binary(name, (a, b) => (holds(a, b) ? 1 : 0), undefined, 'bool');

function targetType(attributes: Attributes): DataType {
  const code = numberAttribute(attributes, 'to', 0);
  const found = (['float32', 'float64', 'int64', 'bool'] as const).find((type) => TYPE_CODES[type] === code);
  if (!found) throw new Error(`Cast: no element type ${code}`);
  return found;
}

export const LOGIC: readonly Operator[] = [
  comparison('Equal', (a, b) => a === b),
  comparison('Greater', (a, b) => a > b),
  comparison('GreaterOrEqual', (a, b) => a >= b),
  comparison('Less', (a, b) => a < b),
  comparison('LessOrEqual', (a, b) => a <= b),
  comparison('And', (a, b) => a !== 0 && b !== 0),
  comparison('Or', (a, b) => a !== 0 || b !== 0),
  unary('Not', (x) => (x === 0 ? 1 : 0)),
  {
    name: 'Where',
    infer: (inputs) => {
      const [condition, a, b] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
      if (condition.type !== 'bool') throw new Error(`Where: the condition is ${condition.type}, not bool`);
      if (a.type !== b.type) throw new Error(`Where: ${a.type} and ${b.type} do not mix`);
      return { type: a.type, shape: broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape)) };
    },
    gradient: ({ inputs, output, upstream }) => {
      const condition = at(inputs, 0);
      const nothing = expand(
        scalar(0, output.type),
        output.shape.map(() => 1),
      );
      return [undefined, where(condition, upstream, nothing), where(condition, nothing, upstream)];
    },
    evaluate: (inputs, _attributes, { type, shape }) => {
      const [condition, a, b] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
      const ic = broadcastIndices(condition.shape, shape);
      const ia = broadcastIndices(a.shape, shape);
      const ib = broadcastIndices(b.shape, shape);
      return filled(type, ic.length, (i) =>
        Number(Number(condition.data[ic[i] ?? 0]) !== 0 ? a.data[ia[i] ?? 0] : b.data[ib[i] ?? 0]),
      );
    },
  },
  {
    name: 'Cast',
    infer: (inputs, attributes) => ({ type: targetType(attributes), shape: at(inputs, 0).shape }),
    gradient: ({ inputs, upstream }) => [cast(upstream, at(inputs, 0).type)],
    evaluate: (inputs, _attributes, { type }) => {
      const { data } = at(inputs, 0);
      return filled(type, data.length, (i) => Number(data[i]));
    },
  },
];
