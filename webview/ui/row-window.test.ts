import { describe, expect, it } from 'vitest';
import { pageOf, rowWindow, scrollToRow } from './row-window.ts';

describe('rowWindow', () => {
  it('draws what is in view and a few rows around', () => {
    expect(rowWindow(0, 400, 40, 1000, 5)).toEqual({ start: 0, end: 16 });
    expect(rowWindow(4000, 400, 40, 1000, 5)).toEqual({ start: 95, end: 116 });
  });

  it('holds at the ends, in short lists and beyond them', () => {
    expect(rowWindow(39_600, 400, 40, 1000, 5)).toEqual({ start: 985, end: 1000 });
    expect(rowWindow(0, 400, 40, 3, 5)).toEqual({ start: 0, end: 3 });
    expect(rowWindow(90_000, 400, 40, 3, 5)).toEqual({ start: 3, end: 3 });
    expect(rowWindow(-20, 0, 40, 0)).toEqual({ start: 0, end: 0 });
  });

  it('covers every pixel in view at any position', () => {
    for (let top = 0; top <= 1600; top += 7) {
      const { start, end } = rowWindow(top, 333, 44, 50, 0);
      expect(start * 44).toBeLessThanOrEqual(top);
      expect(Math.min(50 * 44, top + 333)).toBeLessThanOrEqual(end * 44);
    }
  });
});

describe('scrollToRow', () => {
  it('moves as little as it can', () => {
    expect(scrollToRow(3, 0, 400, 40)).toBe(0);
    expect(scrollToRow(10, 0, 400, 40)).toBe(40);
    expect(scrollToRow(2, 200, 400, 40)).toBe(80);
  });

  it('knows a page', () => {
    expect(pageOf(400, 40)).toBe(9);
    expect(pageOf(10, 40)).toBe(1);
  });
});
