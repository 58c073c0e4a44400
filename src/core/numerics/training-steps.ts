/**
 * Whether an accelerator trains as the CPU does: the same two steps on both. The first step's running mean is the gradient
 * itself; the second step begins from a state that stayed on the device.
 */

/** What two steps from one start came to. */
export interface TrainedSteps {
  readonly losses: readonly number[];
  /** AdamW's running mean of the gradient after the first step. */
  readonly gradient: Float32Array;
  readonly start: Float32Array;
  /** After the second step. */
  readonly parameters: Float32Array;
}

/** Each relative to the reference; infinite where anything is no finite number, or of another size. */
export interface StepDifference {
  /** The largest of the losses'. */
  readonly loss: number;
  /** ‖g − g′‖ / ‖g‖. */
  readonly gradient: number;
  /** The same of what the parameters moved by. */
  readonly move: number;
}

/**
 * [ours] The order of sums costs 1e-5 of a gradient. AdamW's first moves have one size whatever the gradient's, so that
 * where a gradient is nearly zero its noise decides their direction: a tenth of the whole move was seen. A wrong
 * derivative or a wrong update differs by about the whole.
 */
export const STEP_LIMITS: StepDifference = { loss: 1e-3, gradient: 1e-2, move: 0.3 };

export function stepDifference(reference: TrainedSteps, candidate: TrainedSteps): StepDifference {
  const { start } = reference;
  const moved = ({ parameters }: TrainedSteps): Float32Array =>
    parameters.map((value, i) => value - (start[i] ?? Number.NaN));
  return {
    loss: Math.max(
      ...reference.losses.map((loss, i) =>
        orInfinite(Math.abs((candidate.losses[i] ?? Number.NaN) / loss - 1)),
      ),
    ),
    gradient: distance(reference.gradient, candidate.gradient),
    move: distance(moved(reference), moved(candidate)),
  };
}

function distance(reference: Float32Array, candidate: Float32Array): number {
  let [squares, scale] = [0, 0];
  reference.forEach((value, i) => {
    squares += (value - (candidate[i] ?? Number.NaN)) ** 2;
    scale += value ** 2;
  });
  return squares === 0 ? 0 : orInfinite(Math.sqrt(squares / scale));
}

const orInfinite = (value: number): number => (Number.isFinite(value) ? value : Number.POSITIVE_INFINITY);

/** Why it cannot be trusted, as a clause; empty where it can. */
export function stepFault(difference: StepDifference): string {
  const names = { loss: 'the loss', gradient: 'the gradient', move: 'what the weights move by' } as const;
  return (['loss', 'gradient', 'move'] as const)
    .filter((name) => !(difference[name] <= STEP_LIMITS[name]))
    .map((name) =>
      Number.isFinite(difference[name])
        ? `${names[name]} differs by ${percent(difference[name])} where ${percent(STEP_LIMITS[name])} is the limit`
        : `${names[name]} is no finite number`,
    )
    .join(', ');
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(2))} %`;
