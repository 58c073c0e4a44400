/**
 * Which tokens are hidden for the encoder to guess: a share of each window; of these 80 % become the mask token, 10 % a
 * random word and 10 % stay (Devlin et al. 2019, section 3.1). The same stream of random numbers hides the same tokens.
 */
import type { Random } from '../../random.ts';

/** Share of the tokens that are guessed (Devlin et al. 2019). */
export const USUAL_SHARE = 0.15;

/** Of the tokens to be guessed, up to where the mask token stands, and up to where a random word does. */
const MASKED = 0.8;
const RANDOM = 0.9;

export interface MaskOptions {
  readonly share: number;
  readonly maskToken: number;
  /** Words there are; a random one is drawn from all of them. */
  readonly vocabulary: number;
}

export interface MaskedWindow {
  readonly ids: Int32Array;
  /** Places in the window that are guessed, ascending, and what stood there. */
  readonly places: readonly number[];
  readonly targets: readonly number[];
}

/** At least one, where there is anything to guess. */
const guessed = (tokens: number, share: number): number =>
  tokens === 0 ? 0 : Math.max(1, Math.round(share * tokens));

/** The most that can be guessed in a window of so many tokens, the special ones at both ends included. */
export const mostGuessed = (length: number, share: number): number => guessed(Math.max(0, length - 2), share);

/** @param window token ids with a special token at each end, which are never hidden */
export function masked(
  window: Int32Array,
  { share, maskToken, vocabulary }: MaskOptions,
  random: Random,
): MaskedWindow {
  const inner = Array.from({ length: Math.max(0, window.length - 2) }, (_, i) => i + 1);
  const places = random
    .shuffle(inner)
    .slice(0, guessed(inner.length, share))
    .sort((a, b) => a - b);
  const ids = window.slice();
  for (const place of places) {
    const draw = random.uniform();
    if (draw < MASKED) ids[place] = maskToken;
    else if (draw < RANDOM) ids[place] = random.integer(vocabulary);
  }
  return { ids, places, targets: places.map((place) => window[place] ?? 0) };
}
