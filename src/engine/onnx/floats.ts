/** A tensor's numbers in single precision; models in half precision give halves. */
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

/** The number of an IEEE 754 half: 1 sign bit, 5 of the exponent, 10 of the fraction. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
