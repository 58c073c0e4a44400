/**
 * Requests for small models, below some three billion parameters: they repeat rules instead of following them, and go on
 * in the way that a conversation began. So the form is shown, with two answers that were written for this, and hardly
 * anything is said.
 */
import type { Draft } from '../answer/draft.ts';

export const SHORT_SYSTEM = `You write short patents. Each patent is invented.`;

export const SHORT_REQUEST = `Write a patent about {{subject}}, as {{embodiment}}.`;

export const SHORT_PARAPHRASE = `Write this patent in other words.
{{document}}`;

export interface ShortExample {
  readonly subject: string;
  readonly embodiment: string;
  readonly answer: Omit<Draft, 'description'>;
}

/** Far from anything that people ask for, so that what is taken over from them shows. Fictitious. */
export const SHORT_EXAMPLES: readonly ShortExample[] = [
  {
    subject: 'vessels that water plants',
    embodiment: 'a portable embodiment for use at home',
    answer: {
      title: 'Watering can with a float valve',
      abstract:
        'A watering can has a container, a spout and a float valve. The float valve closes the inlet of the container when the water reaches a mark, so the can is filled from a hose without attention. A handle above the middle of the container keeps the can level while it is carried.',
      claims: [
        'A watering can comprising a container for water, a spout that leads out of the container, and a float valve that closes an inlet of the container when the water reaches a mark.',
        'The watering can of claim 1, wherein the float valve has a hollow ball on a lever.',
        'The watering can of claim 1, wherein a handle is fixed above the middle of the container.',
      ],
    },
  },
  {
    subject: 'ways to hold roof tiles in a storm',
    embodiment: 'a retrofit to existing equipment',
    answer: {
      title: 'Clamping of roof tiles by a tensioned wire',
      abstract:
        'Tiles of an existing roof are held by a wire that runs below their lower edges. A spring at the gutter keeps the wire under tension and a gauge shows the force. When wind lifts a tile, the force rises and the spring gives way, so that no tile breaks and none is lost.',
      claims: [
        'A method comprising the steps of laying a wire below the lower edges of a row of tiles, joining the wire to a spring at the gutter, and tensioning the spring until a gauge shows a given force.',
        'The method of claim 1, wherein the wire is covered with rubber where it touches a tile.',
      ],
    },
  },
];
