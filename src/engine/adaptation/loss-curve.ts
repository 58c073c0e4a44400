/** The losses of a training's steps, those from before an interruption included. */
import type { StepLoss } from '../../protocol/finetune.ts';

export class LossCurve {
  #losses: StepLoss[];
  #begun = false;

  /** @param before from before the interruption */
  constructor(before: readonly StepLoss[]) {
    this.#losses = [...before];
  }

  get all(): readonly StepLoss[] {
    return this.#losses;
  }

  /**
   * Adds a step.
   * @returns what is new to whoever watches: at the first step also what came before it. Where the training had to go
   * back, later ones are those of steps that are made again.
   */
  with({ step, loss }: StepLoss): readonly StepLoss[] {
    const before = this.#begun ? [] : this.#losses.filter((one) => one.step < step);
    if (!this.#begun) this.#losses = [...before];
    this.#begun = true;
    this.#losses.push({ step, loss });
    return [...before, { step, loss }];
  }
}
