/** Conversion between number types. The target is ONNX's own number for it, as the attribute `to`. */
import { apply } from '../build.ts';
import { at, type Operator } from '../operator.ts';
import { floats, type Attributes, type DataType } from '../tensor.ts';

/** TensorProto.DataType of ONNX. */
const CODES: Readonly<Record<DataType, number>> = { float32: 1, int64: 7, bool: 9, float64: 11 };

export const castCode = (type: DataType): number => CODES[type];

function target(attributes: Attributes): 'float32' | 'float64' {
  switch (attributes['to']) {
    case CODES.float32:
      return 'float32';
    case CODES.float64:
      return 'float64';
    default:
      throw new Error('Cast: the target must be float32 or float64');
  }
}

export const CASTS: readonly Operator[] = [
  {
    name: 'Cast',
    infer: (inputs, attributes) => ({ type: target(attributes), shape: at(inputs, 0).shape }),
    gradient: ({ inputs, upstream }) => [apply('Cast', [upstream], { to: castCode(at(inputs, 0).type) })],
    evaluate: (inputs, attributes) => {
      const { data } = at(inputs, 0);
      return floats(target(attributes), data.length, (i) => Number(data[i]));
    },
  },
];
