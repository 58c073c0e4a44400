/** Long work as steps: a caller that must stay responsive takes them one by one, another one all at once. */
export function runSteps<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
