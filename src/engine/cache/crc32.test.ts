/** CRC-32 as everyone else computes it. */
import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.ts';

describe('crc32', () => {
  it.each([
    ['', 0],
    ['123456789', 0xcbf43926],
    ['The quick brown fox jumps over the lazy dog', 0x414fa339],
  ])('of "%s" is the published check value', (text, expected) => {
    expect(crc32(Buffer.from(text))).toBe(expected);
  });
});
