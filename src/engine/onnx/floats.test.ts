import { describe, expect, it } from 'vitest';
import { floats, fromHalf } from './floats.ts';
import { ort } from './runtime.ts';

describe('fromHalf', () => {
  // numpy: [float(np.uint16(b).view(np.float16)) for b in …]
  it.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x3c00, 1],
    [0xc000, -2],
    [0x3555, 0.333251953125],
    [0x7bff, 65504],
    [0x0400, 0.00006103515625],
    [0x0001, 5.960464477539063e-8],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7e00, Number.NaN],
  ])('%i is %s', (bits, value) => {
    expect(fromHalf(bits)).toBe(value);
  });
});

describe('floats', () => {
  it('takes single precision as it is, and widens halves', () => {
    const single = Float32Array.of(1, 2.5);
    expect(floats(new ort.Tensor('float32', single, [2]))).toBe(single);
    const halves = new ort.Tensor('float16', Uint16Array.of(0x3c00, 0xc000), [2]);
    expect(floats(halves)).toEqual(Float32Array.of(1, -2));
    expect(floats(undefined)).toBeUndefined();
  });

  it('refuses whole numbers', () => {
    expect(() => floats(new ort.Tensor('int64', BigInt64Array.of(1n), [1]))).toThrow('int64');
  });
});
