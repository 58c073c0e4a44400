/**
 * From how many documents on a score says something, and the defaults of METHODS 3. Under a limit a score is not shown
 * at all: a number with a warning beside it is read as a number.
 */

/** METHODS 3. */
export const PERMUTATIONS = 200;
/** METHODS 3: neighbours of precision, recall, density and coverage. */
export const NEIGHBOURS = 5;
/** METHODS 3. */
export const SELF_BLEU_SAMPLE = 500;
/** Random halves of the real documents that a baseline is taken over. [ours] */
export const SPLITS = 5;
/** Share of cases within a range. */
export const LEVEL = 0.95;

/** Documents on each side for MMD²: with ten, two sets can be told apart at p < 0.001 at all. [ours] */
export const FEWEST_MMD = 10;
/** Documents on each side for a covariance to mean anything. [ours] */
export const FEWEST_FRECHET = 10;
/** Documents on each side for `k` neighbours: twice as many as the neighbourhood holds. [ours] */
export const FEWEST_PRDC = 2 * (NEIGHBOURS + 1);
/** Documents for words and diversity: two differ or do not. */
export const FEWEST_DIVERSITY = 2;
/** Documents on each side for word frequencies. [ours] */
export const FEWEST_LEXICAL = 5;
/** Real documents before their distances to each other are a yardstick for one more. [ours] */
export const FEWEST_NEAREST = 10;
/** Documents with stated labels for label fidelity. [ours] */
export const FEWEST_LABELLED = 5;
/** Real documents in each half before a half is a baseline. [ours] */
export const FEWEST_HALF = FEWEST_PRDC;
