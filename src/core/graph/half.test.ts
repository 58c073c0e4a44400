import { describe, expect, it } from 'vitest';
import { fromHalf } from './half.ts';

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
