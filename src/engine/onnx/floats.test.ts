import { describe, expect, it } from 'vitest';
import { floats } from './floats.ts';
import { ort } from './runtime.ts';

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
