import { describe, expect, it } from 'vitest';
import { chipWidth, fittingChips } from './fit.ts';

describe('fittingChips', () => {
  const chips = ['Mobility', 'Braille displays', 'Aids'].map((name) => ({ name }));
  const widths = chips.map(chipWidth).reduce((total, width) => total + width + 4, -4);

  it('draws all when they fit and says how many do not', () => {
    expect(fittingChips(chips, widths)).toBe(3);
    expect(fittingChips(chips, widths - 1)).toBe(2);
    expect(fittingChips([], 100)).toBe(0);
  });

  it('draws at least one, however narrow', () => {
    expect(fittingChips(chips, 10)).toBe(1);
  });
});
