/**
 * The last pass over an import: records that share a text or a family get their group, the corpus gets its format, and
 * takes its place in one step. Nothing is changed before that step, so an interruption costs this pass alone.
 */
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { CsvTable } from '../../core/patent/corpus-files/write-csv.ts';
import { recordToJsonLine, type CorpusRecord } from '../../core/patent/corpus-files/write-jsonl.ts';
import type { ErrorReport } from '../../core/errors.ts';
import type { Task } from '../task.ts';
import { writeError } from '../files/errors.ts';
import type { CorpusFormat } from '../../protocol/import.ts';
import { unfinishedJournal } from './journal.ts';
import { fileLines } from './lines.ts';
import type { Linking } from './linking.ts';
import type { ImportPlaces } from './places.ts';
import { parseRecord, stated } from './records.ts';

/** Written at once, in UTF-16 units. [ours] */
const PIECE = 1 << 20;
/** Records between two chances to be cancelled. [ours] */
const RECORDS_A_TURN = 200;

export interface Linked {
  readonly groups: number;
  readonly grouped: number;
}

/** Writes the finished corpus beside its place. Bounded memory: two passes, one record at a time. */
export async function writeFinished(
  places: ImportPlaces,
  format: CorpusFormat,
  linking: Linking,
  task: Task,
): Promise<Linked> {
  const sizes = linking.groups();
  const surveyed = await survey(places.partial, linking, sizes, format, task);
  const groupOf = (record: number): string | undefined => {
    const root = linking.root(record);
    return sizes.has(root) ? surveyed.names.get(root) : undefined;
  };
  await writeLines(places.finished, rendered(places.partial, format, surveyed.csv, groupOf, task));
  let grouped = 0;
  for (const size of sizes.values()) grouped += size;
  return { groups: sizes.size, grouped };
}

interface Survey {
  /** The name of each group of two and more, by its first record. */
  readonly names: ReadonlyMap<number, string>;
  readonly csv: CsvTable;
}

/** A group is named as its first member that states one says, else after the family, else after its first member. */
async function survey(
  partial: string,
  linking: Linking,
  sizes: ReadonlyMap<number, number>,
  format: CorpusFormat,
  task: Task,
): Promise<Survey> {
  const names = new Map<number, string>();
  const isStated = new Set<number>();
  const csv = new CsvTable();
  if (sizes.size === 0 && format === 'jsonl') return { names, csv };
  for await (const { record, line } of numbered(partial, task)) {
    const root = linking.root(record);
    const linked = sizes.has(root);
    if (!linked && format === 'jsonl') continue;
    const content = parseRecord(line);
    if (format === 'csv') csv.see(linked ? { ...content, group: content['group'] ?? '?' } : content);
    if (!linked || isStated.has(root)) continue;
    const group = stated(content, 'group');
    if (group !== undefined) {
      names.set(root, group);
      isStated.add(root);
    } else if (!names.has(root)) {
      names.set(root, stated(content, 'id') ?? `record-${root + 1}`);
    }
  }
  return { names, csv };
}

async function* rendered(
  partial: string,
  format: CorpusFormat,
  csv: CsvTable,
  groupOf: (record: number) => string | undefined,
  task: Task,
): AsyncGenerator<string> {
  if (format === 'csv') yield csv.header();
  for await (const { record, line } of numbered(partial, task)) {
    const group = groupOf(record);
    if (format === 'jsonl' && group === undefined) {
      yield `${line}\n`;
      continue;
    }
    const content = parseRecord(line);
    const grouped: CorpusRecord = group === undefined ? content : { ...content, group };
    yield format === 'csv' ? csv.row(grouped) : recordToJsonLine(grouped);
  }
}

async function* numbered(
  file: string,
  task: Task,
): AsyncGenerator<{ readonly record: number; readonly line: string }> {
  let record = 0;
  for await (const line of fileLines(file)) {
    if (record % RECORDS_A_TURN === 0) await task.checkpoint();
    yield { record: record++, line };
  }
}

async function writeLines(file: string, lines: AsyncIterable<string>): Promise<void> {
  const stream = createWriteStream(file, { highWaterMark: PIECE });
  const failed = new Promise<never>((_resolve, reject) => {
    stream.once('error', (cause) => reject(writeError(file, cause)));
  });
  failed.catch(() => undefined);
  try {
    let waiting = '';
    const flush = async (): Promise<void> => {
      const piece = waiting;
      waiting = '';
      if (!stream.write(piece)) await Promise.race([once(stream, 'drain'), failed]);
    };
    for await (const line of lines) {
      waiting += line;
      if (waiting.length >= PIECE) await flush();
    }
    await flush();
    stream.end();
    await Promise.race([once(stream, 'finish'), failed]);
  } catch (cause) {
    stream.destroy();
    throw cause;
  }
  await syncFile(file);
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The problems as a JSON list beside the corpus; none is left from an earlier import when there are none. */
export async function writeProblems(places: ImportPlaces, count: number): Promise<void> {
  if (count === 0) {
    await rm(places.problems, { force: true });
    return;
  }
  async function* list(): AsyncGenerator<string> {
    let first = true;
    for await (const line of fileLines(places.problemLines)) {
      yield `${first ? '[\n' : ',\n'}${line}`;
      first = false;
    }
    yield '\n]\n';
  }
  const temporary = `${places.problemLines}.list`;
  await writeLines(temporary, list());
  await rename(temporary, places.problems);
}

/** The first problems of the list. */
export async function listedProblems(places: ImportPlaces, most: number): Promise<readonly ErrorReport[]> {
  const problems: ErrorReport[] = [];
  for await (const line of fileLines(places.problems)) {
    if (problems.length === most) break;
    if (line.startsWith('{')) problems.push(JSON.parse(line.replace(/,$/, '')) as ErrorReport);
  }
  return problems;
}

/** The finished corpus takes its place, if it has not done so before an interruption. */
export async function putInPlace(places: ImportPlaces): Promise<void> {
  try {
    await rename(places.finished, places.out);
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'))
      throw writeError(places.out, cause);
  }
}

/** The journal goes last: while it is there, an import is not over. */
export async function removeLeftovers(places: ImportPlaces): Promise<void> {
  const { partial, keys, problemLines, finished, journal } = places;
  const all = [
    partial,
    keys,
    problemLines,
    `${problemLines}.list`,
    finished,
    unfinishedJournal(journal),
    journal,
  ];
  for (const file of all) {
    await rm(file, { force: true });
  }
}
