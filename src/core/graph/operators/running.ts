/** Running sums of whole numbers, with which RoBERTa counts its positions. */
import { at, type Operator } from '../operator.ts';
import { filled } from '../tensor.ts';

export const RUNNING: readonly Operator[] = [
  {
    // The axis is a second input in ONNX; here it must be a constant, checked at import.
    name: 'CumSum',
    infer: (inputs) => ({ type: at(inputs, 0).type, shape: at(inputs, 0).shape }),
    evaluate: (inputs, _attributes, { type, shape }) => {
      const [x, axisInput] = [at(inputs, 0), at(inputs, 1)];
      const axis = Number(axisInput.data[0]);
      const stride = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
      const size = at(shape, axis);
      const totals = new Float64Array(x.data.length);
      for (let i = 0; i < totals.length; i++) {
        const before = Math.floor(i / stride) % size === 0 ? 0 : (totals[i - stride] ?? 0);
        totals[i] = before + Number(x.data[i]);
      }
      return filled(type, totals.length, (i) => totals[i] ?? 0);
    },
  },
];
