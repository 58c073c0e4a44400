/** A tensor's numbers in single precision; models in half precision give halves. */
import { fromHalf } from '../../core/graph/half.ts';
import type { ort } from './runtime.ts';

/** Undefined for a tensor that is not there. @throws for one that holds no floating-point numbers. */
export function floats(tensor: ort.Tensor | undefined): Float32Array | undefined {
  if (!tensor) return undefined;
  const { type, data } = tensor;
  if (type === 'float32') return data as Float32Array;
  if (type !== 'float16') throw new Error(`the model gives ${type}, not numbers that can be averaged`);
  // Newer Nodes have an array of halves of their own; older ones give the bits.
  return data instanceof Uint16Array
    ? Float32Array.from(data, fromHalf)
    : Float32Array.from(data as unknown as ArrayLike<number>);
}
