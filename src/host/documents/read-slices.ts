/** Reads the patents of a text in slices, so that a big file does not keep the extension host from everything else. */
import { toErrorReport, type ErrorReport } from '../../core/errors.ts';
import { readDocuments, type ReadingOptions } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';

/** How much is read between two turns of the event loop, in UTF-16 units; some milliseconds of work. [ours] */
const SLICE = 128 * 1024;

export interface SlicedReading {
  readonly patents: readonly Patent[];
  readonly failures: readonly ErrorReport[];
}

/** Undefined when `isWanted` said no before the end. */
export async function readSlices(
  text: string,
  file: string,
  isWanted: () => boolean,
  options: ReadingOptions = {},
): Promise<SlicedReading | undefined> {
  const patents: Patent[] = [];
  const failures: ErrorReport[] = [];
  for await (const outcome of readDocuments(slices(text, isWanted), nameFor(file), options)) {
    if (!isWanted()) return undefined;
    if (outcome.kind === 'patent') patents.push(outcome.patent);
    else failures.push(toErrorReport(outcome.error));
  }
  return isWanted() ? { patents, failures } : undefined;
}

async function* slices(text: string, isWanted: () => boolean): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += SLICE) {
    if (at > 0) await new Promise((resolve) => setImmediate(resolve));
    if (!isWanted()) return;
    yield text.slice(at, at + SLICE);
  }
}

/** A packed file is named after what is packed. */
const nameFor = (file: string): string => file.replace(/\.gz$/i, '');
