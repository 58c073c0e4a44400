/** What the notes say of a training that changed the encoder, and of one whose frozen encoder was kept. */
import { expect, it } from 'vitest';
import type { ProviderDecision } from '../../protocol/numerics.ts';
import { notesOf } from './notes.ts';

type Finished = Parameters<typeof notesOf>[2];

const WINDOW = Int32Array.of(1, 2);
const HELD = [true, false, false, false, false];
const ASKED: Parameters<typeof notesOf>[0] = {
  taxonomy: { labels: ['never used'] },
  documents: HELD.map(() => ({ labels: [] })),
};
const READ: Parameters<typeof notesOf>[1] = {
  isHeld: HELD,
  tokens: HELD.map(() => ({ windows: [WINDOW, WINDOW] })),
};
const DECISION: ProviderDecision = { provider: 'webgpu', reason: 'WebGPU is faster here.' };
const epochs = (count: number): Finished['progress']['history'] =>
  Array.from({ length: count + 1 }, (_, epoch) => ({ epoch, averagePrecision: 0.5, microF1: 0.5 }));

const OF_TRAINING = [
  'was then trained on all 5 documents',
  'Trained on an accelerator',
  'longer than the encoder reads at once',
  'could only push it down',
];

it.each<[string, Omit<Finished, 'decision'>, readonly string[], readonly string[]]>([
  [
    'the best epoch',
    { progress: { bestEpoch: 2, history: epochs(3) }, certainty: 0.9 },
    ['Epoch 2 was best', '90 % of their resamples', ...OF_TRAINING],
    ['is as published'],
  ],
  [
    'the frozen encoder, since none was better',
    { progress: { bestEpoch: 0, history: epochs(3) } },
    ['No epoch on 4 documents', 'the encoder is as published'],
    OF_TRAINING,
  ],
  [
    'the frozen encoder, since the best may be chance',
    { progress: { bestEpoch: 0, history: epochs(3) }, certainty: 0.6, unproven: 2 },
    ['Epoch 2 on 4 documents', 'only 60 %', 'the encoder is as published'],
    OF_TRAINING,
  ],
  [
    'the frozen encoder after a divergence, since the best may be chance',
    {
      progress: { bestEpoch: 0, history: epochs(3) },
      certainty: 0.6,
      unproven: 2,
      diverged: { stage: 'choosing', step: 9 },
    },
    ['no number any more at step 9; epoch 2 of the 3 before it was best'],
    OF_TRAINING,
  ],
  [
    'what was judged, since fitting diverged',
    {
      progress: { bestEpoch: 2, history: epochs(3) },
      certainty: 0.9,
      diverged: { stage: 'fitting', step: 9 },
    },
    ['the classifier that was judged is kept', 'Trained on an accelerator'],
    ['was then trained on all 5 documents'],
  ],
])('of what kept %s', (_, finished, said, unsaid) => {
  const notes = notesOf(ASKED, READ, { ...finished, decision: DECISION }).join('\n');
  for (const words of said) expect(notes).toContain(words);
  for (const words of unsaid) expect(notes).not.toContain(words);
});
