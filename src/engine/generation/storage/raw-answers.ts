/**
 * Raw answers by slot and attempt, out of a run's journal that may be long and may be growing: it is read once, and after
 * that only what was appended; an answer is read from its place in the file.
 */
import { open, type FileHandle } from 'node:fs/promises';
import { Recent } from '../../workspace/recent.ts';
import { answersFile, entryOf, type AnswerEntry } from './journal.ts';
import { runFolderOf } from './run-folder.ts';

interface Span {
  readonly start: number;
  readonly length: number;
}

/** Where answers stand, in bytes. */
class AnswerPlaces {
  /** What is known of the file, up to a line break. */
  #length = 0;
  readonly #spans = new Map<string, Span>();

  /** `stale`: something else stands in the place that is known. */
  async find(file: FileHandle, slot: number, attempt: number): Promise<AnswerEntry | undefined | 'stale'> {
    const { size } = await file.stat();
    if (size < this.#length) return 'stale';
    if (size > this.#length) this.#extend(await bytesOf(file, this.#length, size - this.#length));
    const span = this.#spans.get(keyOf(slot, attempt));
    if (!span) return undefined;
    const entry = entryOf((await bytesOf(file, span.start, span.length)).toString('utf8'));
    return entry?.kind === 'answer' && entry.slot === slot && entry.attempt === attempt ? entry : 'stale';
  }

  /** Takes in the whole lines of what was appended. */
  #extend(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
      const entry = entryOf(bytes.toString('utf8', start, end));
      const span = { start: this.#length + start, length: end - start };
      if (entry?.kind === 'answer') this.#spans.set(keyOf(entry.slot, entry.attempt), span);
      start = end + 1;
    }
    this.#length += start;
  }
}

/** Of the runs that were looked at last. [ours] */
const known = new Recent<AnswerPlaces>({ entries: 16, weight: 16 });

/** Undefined where the run's journal, or the answer in it, is gone. */
export async function rawAnswer(
  root: string,
  run: string,
  slot: number,
  attempt: number,
): Promise<AnswerEntry | undefined> {
  const folder = await runFolderOf(root, run);
  if (folder === undefined) return undefined;
  const name = answersFile(folder);
  const file = await open(name, 'r').catch(() => undefined);
  if (!file) return undefined;
  try {
    const places = known.get(name) ?? new AnswerPlaces();
    known.set(name, places, 1);
    const found = await places.find(file, slot, attempt);
    if (found !== 'stale') return found;
    // A journal that was repaired or put back.
    const anew = new AnswerPlaces();
    known.set(name, anew, 1);
    const again = await anew.find(file, slot, attempt);
    return again === 'stale' ? undefined : again;
  } finally {
    await file.close();
  }
}

const keyOf = (slot: number, attempt: number): string => `${slot}/${attempt}`;

async function bytesOf(file: FileHandle, start: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, start);
  return buffer.subarray(0, bytesRead);
}
