/** A file whose documents take too long is left, and says so. */
import { describe, expect, it } from 'vitest';
import { withPatience } from './patience.ts';

describe('patience', () => {
  it.each([
    ['with quick documents is never lost', [1, 2, 3], 0, ['0', '1', '2']],
    ['ends after the document that took too long', [1, 11, 1], 0, ['0', '1', 'left after 11 s']],
    ['does not count what is done with a document', [1, 1, 1], 60, ['0', '1', '2']],
  ])('%s', async (_name, durations, doing, expected) => {
    let seconds = 0;
    const items = async function* (): AsyncGenerator<string> {
      for (const [index, duration] of durations.entries()) {
        await Promise.resolve();
        seconds += duration;
        yield String(index);
      }
    };
    const came: string[] = [];
    const slow = (took: number): string => `left after ${took} s`;
    for await (const item of withPatience(items(), slow, 10, () => seconds * 1000)) {
      came.push(item);
      seconds += doing;
    }
    expect(came).toEqual(expected);
  });
});
