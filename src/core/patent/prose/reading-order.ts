/**
 * Text that is read in another order than it stands in the file, as columns are: the first words of a passage may stand
 * behind its last. Its span covers all of it nevertheless.
 */
import type { Passage } from '../model.ts';

/** The passage with the span from the first to the last offset that any of its text comes from. */
export function wholeSpan<P extends Passage>(passage: P): P {
  let { start, end } = passage.span;
  for (const run of passage.map.runs) {
    start = Math.min(start, run.source);
    end = Math.max(end, run.source + run.length);
  }
  return start === passage.span.start && end === passage.span.end
    ? passage
    : { ...passage, span: { start, end } };
}
