/** Long work gives way: it calls this often, and whoever started it may let other things happen there, or throw. */
export type Pause = () => Promise<void>;

export const noPause: Pause = () => Promise.resolve();

/** Pauses after so much work, in whatever unit the caller counts. */
export function pacedBy(pause: Pause, amount: number): (done: number) => Promise<void> {
  let sofar = 0;
  return async (done) => {
    sofar += done;
    if (sofar < amount) return;
    sofar = 0;
    await pause();
  };
}

/** Runs steps to their end, pausing after each. */
export async function finish<T>(steps: Generator<unknown, T>, pause: Pause): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await pause();
  }
}
