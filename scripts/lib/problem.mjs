/** A failure that a person can do something about: what happened and the remedy, without a stack. */

export class Problem extends Error {
  /**
   * @param {string} message what happened
   * @param {string} remedy what to do about it
   * @param {{ cause?: unknown }} [options]
   */
  constructor(message, remedy, options) {
    super(message, options);
    this.name = 'Problem';
    this.remedy = remedy;
  }
}

/**
 * Runs a script's main function; its number is the exit code, a problem is printed with its remedy.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof Problem)) throw error;
    process.stderr.write(`\n${error.message}\n${error.remedy}\n`);
  }
}
