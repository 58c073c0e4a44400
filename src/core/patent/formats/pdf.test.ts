import { describe, expect, it } from 'vitest';
import { recogniseFormat } from '../formats.ts';
import { readError, readOne, untraceableWords } from '../testing/reading.ts';

const TRANSCRIPTION = `— Page 1 of 3 —

(10) Patent No.: US 99,000,031 B2

(54) WALKING FRAME WITH A SEAT

(57) ABSTRACT

A walking frame has a seat that folds down when its user
— Page 2 of 3: drawings, with 9 reference signs left out —
— Page 3 of 3 —
turns round and a brake that holds it.

DETAILED DESCRIPTION

The frame 1 shown in the drawing carries a seat 2.

What is claimed is:

1. A walking frame comprising a seat and a brake.

2. The walking frame of claim 1, wherein the brake
holds the frame while the seat is down.

— Left out: line numbers (12) —
`;

describe('PDF transcriptions', () => {
  it('are recognised by their names, and the bytes of a PDF are none', () => {
    expect(recogniseFormat(TRANSCRIPTION, 'US99000031B2.PDF')?.format).toBe('pdf');
    expect(recogniseFormat(TRANSCRIPTION, 'a.txt')?.format).toBe('text');
    expect(recogniseFormat(TRANSCRIPTION, 'scan 7')?.format).toBe('pdf');
    expect(recogniseFormat(TRANSCRIPTION.replace('— Page 1 of 3 —', ''), 'scan 7')?.format).toBe('text');
    expect(recogniseFormat('%PDF-1.7\n%\xe2\xe3', 'a.pdf')).toBeUndefined();
    const error = readError('%PDF-1.7\n%\xe2\xe3', 'a.pdf');
    expect(error.code).toBe('unknown-format');
    expect(error.message).toBe(
      'a.pdf: This is a PDF as it is stored, not its text; open it as a file, so that its pages are transcribed first.',
    );
  });

  it('are read through the marks of pages', () => {
    const patent = readOne(TRANSCRIPTION, 'a.pdf');
    expect(patent).toMatchObject({ id: 'US99000031B2', kind: 'B2', format: 'pdf' });
    expect(patent.title?.text).toBe('WALKING FRAME WITH A SEAT');
    expect(patent.abstract?.text).toBe(
      'A walking frame has a seat that folds down when its user turns round and a brake that holds it.',
    );
    expect(patent.claims.map(({ dependsOn }) => dependsOn)).toEqual([[], [1]]);
    expect(patent.certainty?.length).toBeGreaterThan(0);
    expect(untraceableWords(patent, TRANSCRIPTION)).toEqual([]);
  });

  it('state what their marks say, where it stands', () => {
    const { gaps } = readOne(TRANSCRIPTION, 'a.pdf');
    const stated = gaps.map(({ message, span }) => [message, TRANSCRIPTION.slice(span?.start, span?.end)]);
    expect(stated).toContainEqual([
      'Page 2: drawings, with 9 reference signs left out.',
      '— Page 2 of 3: drawings, with 9 reference signs left out —',
    ]);
    expect(stated).toContainEqual(['Left out: line numbers (12).', '— Left out: line numbers (12) —']);
  });
});
