/** A fictitious answer that passes every check, and slots to judge it by. */
import type { Slot } from '../slots.ts';

export const GOOD = {
  title: 'Folding support frame with a locking hinge',
  abstract:
    'A folding frame carries a person who cannot stand for long. Two side members meet at a hinge whose pin is held by a spring-loaded wedge. When the frame is lifted, the wedge leaves its groove and both members swing together, so that one hand suffices to store the frame in a car.',
  claims: [
    'A folding frame comprising two side members, a hinge between them, and a wedge that a spring presses into a groove of the hinge.',
    'The folding frame of claim 1, wherein the wedge is tapered by six to nine degrees.',
    'The folding frame of claim 1 or 2, wherein a strap connects the wedge with a handle on one of the side members.',
  ],
  description: '',
};

export const goodJson = (changes: object = {}): string => JSON.stringify({ ...GOOD, ...changes });

export const SLOT: Slot = {
  number: 1,
  strategy: 'conditioned',
  labels: [0],
  exemplars: [],
  genre: 'standard',
  attributes: {
    claimType: 'an apparatus',
    field: 'mechanical engineering',
    problem: 'known solutions are too heavy',
    embodiment: 'a portable embodiment',
    length: 'short',
    jurisdiction: 'US',
  },
  seed: 11,
};
