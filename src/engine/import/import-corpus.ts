/**
 * Any files, folders and archives become one corpus, with the memory of one document. The corpus grows beside its place
 * together with a journal, so that an import which is cancelled or killed goes on where it was, without losing or
 * repeating a record; it takes its place in one step at the end.
 */
import { mkdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PatentLabError } from '../../core/errors.ts';
import { type ErrorReport } from '../../core/errors.ts';
import { patentToRecord, recordToJsonLine } from '../../core/patent/corpus-files/write-jsonl.ts';
import { readText, resumePoint } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { CorpusFormat, ExistingCorpus, ImportResult, RememberedMapping } from '../../protocol/import.ts';
import { readError, writeError } from '../files/errors.ts';
import type { Task } from '../task.ts';
import {
  anotherImport,
  corpusExists,
  corpusUnreadable,
  duplicateRecord,
  importRunning,
  journalDamaged,
  nothingToImport,
} from './errors.ts';
import { listedProblems, putInPlace, removeLeftovers, writeFinished, writeProblems } from './finish.ts';
import {
  describeInput,
  NO_COUNTS,
  planDifference,
  readJournal,
  writeJournal,
  type ImportCounts,
  type ImportPlan,
  type Journal,
} from './journal.ts';
import { fileLines } from './lines.ts';
import { Linking, recordKeys, storedKeys } from './linking.ts';
import { PartialFiles } from './partial-files.ts';
import { importPlaces, type ImportPlaces } from './places.ts';
import { Pace, type ImportProgress } from './progress.ts';
import { inputFiles, sourceDocuments, type InputPoint, type SourceOutcome } from './sources.ts';

export interface ImportOptions {
  /** Files, folders and archives. */
  readonly sources: readonly string[];
  readonly out: string;
  readonly format: CorpusFormat;
  /** Mappings by header; tables with other headers are read as proposed for them. */
  readonly tables: readonly RememberedMapping[];
  readonly existing: ExistingCorpus;
  readonly restart: boolean;
  /** Milliseconds of work between two journals, which is what a kill costs at most; 2 seconds unless told. */
  readonly checkpointMs?: number;
  readonly onProblem?: (problem: ErrorReport) => void;
  readonly onProgress?: (progress: ImportProgress) => void;
}

/** [ours] */
const CHECKPOINT_MS = 2000;
/** How often a cancellation can arrive. [ours] */
const TURN_MS = 50;
/** Problems that are handed back; all of them are in the file. [ours] */
const PROBLEMS_RETURNED = 100;

/** Imports that run in this process, by the corpus they write. */
const running = new Set<string>();

/**
 * Throws `usage` for an existing corpus or an interrupted import that does not fit, `corpus-empty` when there is nothing
 * to read, `cancelled` (going on later is safe), and what the file system says.
 */
export async function importCorpus(options: ImportOptions, task: Task): Promise<ImportResult> {
  const out = path.resolve(options.out);
  if (running.has(out)) throw importRunning(out, process.pid);
  running.add(out);
  try {
    return await new Import({ ...options, out }, task).run();
  } finally {
    running.delete(out);
  }
}

class Import {
  readonly #options: ImportOptions;
  readonly #task: Task;
  readonly #places: ImportPlaces;
  readonly #problems: ErrorReport[] = [];
  #linking = new Linking();
  #counts: ImportCounts = NO_COUNTS;
  #read: number[] = [];
  /** Where the input that is being read would be read on. */
  #point: InputPoint | undefined;
  /** Of the input that is being read; 0 where its kind does not tell. */
  #inputBytes = 0;
  #pace = new Pace(0);
  #bytesTold = 0;
  #lastTurn = 0;
  #lastCheckpoint = 0;

  constructor(options: ImportOptions, task: Task) {
    this.#options = options;
    this.#task = task;
    this.#places = importPlaces(options.out);
  }

  async run(): Promise<ImportResult> {
    const { restart } = this.#options;
    const before = restart ? undefined : await readJournal(this.#places.journal);
    if (before && before.writer !== process.pid && isAlive(before.writer)) {
      throw importRunning(this.#places.out, before.writer);
    }
    if (before?.phase === 'renaming') return this.#complete(before);
    const plan = await this.#plan();
    await mkdir(path.dirname(this.#places.out), { recursive: true }).catch((cause: unknown) => {
      throw writeError(this.#places.out, cause);
    });
    if (before) {
      const difference = planDifference(before.plan, plan);
      if (difference !== undefined) throw anotherImport(this.#places.out, difference);
    } else {
      await removeLeftovers(this.#places);
    }
    return this.#import(plan, before);
  }

  async #plan(): Promise<ImportPlan> {
    const { sources, out, format, tables, existing } = this.#options;
    const isThere = await stat(out).then(
      (information) => information.isFile(),
      () => false,
    );
    if (isThere && existing === 'refuse') throw corpusExists(out);
    const files = await inputFiles(sources, out);
    if (files.length === 0) throw nothingToImport(sources);
    const appends = isThere && existing === 'append';
    const inputs = [];
    for (const file of appends ? [out, ...files] : files) {
      inputs.push(
        await describeInput(file).catch((cause: unknown) => {
          throw readError(file, cause);
        }),
      );
    }
    return { format, existing: appends ? 'append' : 'new', tables: [...tables], inputs };
  }

  async #import(plan: ImportPlan, before: Journal | undefined): Promise<ImportResult> {
    this.#pace = new Pace(plan.inputs.reduce((total, { size }) => total + size, 0));
    const lengths = before?.lengths ?? { partial: 0, keys: 0, problemLines: 0 };
    if (before) await this.#takeUp(before);
    else await this.#journal(plan, lengths);
    const resumed = this.#counts.records;
    const files = await PartialFiles.open(this.#places, lengths);
    try {
      await this.#readInputs(plan, files);
      await this.#checkpoint(plan, files);
    } finally {
      await files.close();
    }
    this.#tell(plan.inputs.length, 0, plan, true);
    const linked = await writeFinished(this.#places, plan.format, this.#linking, this.#task);
    await writeProblems(this.#places, this.#counts.problems);
    const finished: Journal = {
      ...this.#state(plan, files.lengths),
      phase: 'renaming',
      linked: { ...linked, sameText: this.#linking.sameText },
    };
    await writeJournal(this.#places.journal, finished);
    return this.#complete(finished, resumed);
  }

  /** Rebuilds what the records so far have in common, and forgets what stands behind the journal's lengths. */
  async #takeUp(before: Journal): Promise<void> {
    const { keys, partial, journal } = this.#places;
    const stored = await readFile(keys).catch(() => Buffer.alloc(0));
    const size = await stat(partial).then(
      (information) => information.size,
      () => 0,
    );
    if (stored.length < before.lengths.keys || size < before.lengths.partial) {
      throw journalDamaged(journal, undefined);
    }
    for (const one of storedKeys(stored.subarray(0, before.lengths.keys))) this.#linking.admit(one, true);
    if (this.#linking.records !== before.counts.records) throw journalDamaged(journal, undefined);
    for (const problem of await this.#storedProblems(before.lengths.problemLines))
      this.#problems.push(problem);
    this.#counts = before.counts;
    this.#read = [...before.read];
    this.#point = before.point;
    this.#pace.startAt(sum(before.read), this.#bytesBefore(before.plan, before.read.length - 1));
  }

  async #storedProblems(length: number): Promise<readonly ErrorReport[]> {
    const problems: ErrorReport[] = [];
    for await (const line of fileLines(this.#places.problemLines, length)) {
      problems.push(JSON.parse(line) as ErrorReport);
      if (problems.length === PROBLEMS_RETURNED) break;
    }
    return problems;
  }

  async #readInputs(plan: ImportPlan, files: PartialFiles): Promise<void> {
    this.#lastCheckpoint = performance.now();
    for (let at = Math.max(0, this.#read.length - 1); at < plan.inputs.length; at++) {
      const input = plan.inputs[at];
      if (!input) break;
      this.#read[at] ??= 0;
      const isBefore = plan.existing === 'append' && at === 0;
      const documents = isBefore
        ? recordsBefore(input.path, plan.format, this.#read[at] ?? 0)
        : sourceDocuments(input.path, {
            tables: plan.tables,
            skip: this.#read[at] ?? 0,
            from: this.#point,
            onRead: (bytes) => {
              this.#inputBytes = bytes;
            },
          });
      for await (const document of documents) {
        await this.#take(document, isBefore, files);
        this.#point = isBefore ? undefined : (pointOf(document, this.#read[at] ?? 0) ?? this.#point);
        this.#read[at] = (this.#read[at] ?? 0) + 1;
        await this.#breathe(at, document, plan, files);
      }
      if (isBefore) this.#counts = { ...this.#counts, before: this.#counts.records };
      this.#point = undefined;
      this.#inputBytes = 0;
    }
    // As if another input had begun: nothing is read again if the last pass is interrupted.
    this.#read[plan.inputs.length] = 0;
  }

  async #take(
    document: SourceOutcome & { line?: string },
    isBefore: boolean,
    files: PartialFiles,
  ): Promise<void> {
    if (document.kind === 'failure') {
      if (isBefore) throw corpusUnreadable(this.#places.out, document.error);
      this.#counts = { ...this.#counts, failed: this.#counts.failed + 1 };
      return this.#problem(document.error, files);
    }
    const { patent } = document;
    const keys = recordKeys(patent);
    // What the corpus had before is never left out.
    const admission = this.#linking.admit(keys, isBefore);
    if (admission.kind === 'duplicate') {
      this.#counts = { ...this.#counts, duplicateIds: this.#counts.duplicateIds + 1 };
      return this.#problem(duplicateRecord(patent, admission.first + 1, this.#places.out), files);
    }
    const withGaps = this.#counts.withGaps + (patent.gaps.length > 0 ? 1 : 0);
    this.#counts = { ...this.#counts, records: this.#counts.records + 1, withGaps };
    await files.addRecord(document.line ?? recordToJsonLine(patentToRecord(patent)).trimEnd(), keys);
  }

  async #problem(error: PatentLabError, files: PartialFiles): Promise<void> {
    const report = error.report();
    this.#counts = { ...this.#counts, problems: this.#counts.problems + 1 };
    if (this.#problems.length < PROBLEMS_RETURNED) this.#problems.push(report);
    this.#options.onProblem?.(report);
    await files.addProblem(report);
  }

  /** Lets a cancellation in, keeps the journal fresh, tells progress. */
  async #breathe(at: number, document: SourceOutcome, plan: ImportPlan, files: PartialFiles): Promise<void> {
    const now = performance.now();
    const { checkpointMs = CHECKPOINT_MS } = this.#options;
    if (now - this.#lastTurn < Math.min(TURN_MS, checkpointMs)) return;
    this.#lastTurn = now;
    try {
      await this.#task.checkpoint();
    } catch (cancellation) {
      // What is read is kept: the same import goes on from here.
      await this.#checkpoint(plan, files);
      throw cancellation;
    }
    if (now - this.#lastCheckpoint > checkpointMs) await this.#checkpoint(plan, files);
    if (this.#pace.isDue()) this.#tell(at, this.#inputBytes || offsetOf(document), plan);
  }

  async #checkpoint(plan: ImportPlan, files: PartialFiles): Promise<void> {
    await files.settle();
    await this.#journal(plan, files.lengths);
    this.#lastCheckpoint = performance.now();
  }

  #journal(plan: ImportPlan, lengths: Journal['lengths']): Promise<void> {
    return writeJournal(this.#places.journal, this.#state(plan, lengths));
  }

  #state(plan: ImportPlan, lengths: Journal['lengths']): Journal {
    const { pid: writer } = process;
    return {
      version: 1,
      writer,
      plan,
      phase: 'reading',
      read: [...this.#read],
      ...(this.#point ? { point: this.#point } : {}),
      lengths,
      counts: this.#counts,
    };
  }

  #tell(at: number, offset: number, plan: ImportPlan, finishing = false): void {
    const size = plan.inputs[at]?.size ?? 0;
    const bytes = this.#bytesBefore(plan, at) + Math.min(offset, size);
    // Offsets begin anew with each member of an archive; what was told is not taken back.
    this.#bytesTold = Math.max(this.#bytesTold, bytes);
    this.#options.onProgress?.(this.#pace.progress(sum(this.#read), this.#bytesTold, finishing));
  }

  #bytesBefore(plan: ImportPlan, at: number): number {
    return plan.inputs.slice(0, Math.max(0, at)).reduce((total, { size }) => total + size, 0);
  }

  /** All is written; the corpus takes its place, which may be the second attempt at it. */
  async #complete(journal: Journal, resumed = journal.counts.records): Promise<ImportResult> {
    const { counts, plan, linked } = journal;
    if (this.#problems.length === 0 && counts.problems > 0) {
      this.#problems.push(...(await listedProblems(this.#places, PROBLEMS_RETURNED)));
    }
    await putInPlace(this.#places);
    await removeLeftovers(this.#places);
    return {
      out: this.#places.out,
      records: counts.records,
      added: counts.records - counts.before,
      resumed,
      failed: counts.failed,
      duplicateIds: counts.duplicateIds,
      sameText: linked?.sameText ?? 0,
      withGaps: counts.withGaps,
      groups: linked?.groups ?? 0,
      grouped: linked?.grouped ?? 0,
      files: plan.inputs.length - (plan.existing === 'append' ? 1 : 0),
      bytes: plan.inputs.reduce((total, { size }) => total + size, 0),
      seconds: this.#pace.seconds,
      problems: this.#problems,
      problemCount: counts.problems,
      ...(counts.problems > 0 ? { problemsFile: this.#places.problems } : {}),
    };
  }
}

/**
 * The records of a corpus that is added to. A line of JSON is kept as it is; a row of a table is read and written anew,
 * for its columns may not be those of the new records.
 */
async function* recordsBefore(
  file: string,
  format: CorpusFormat,
  skip: number,
): AsyncGenerator<SourceOutcome & { line?: string }> {
  if (format === 'csv') {
    yield* sourceDocuments(file, { tables: [], skip });
    return;
  }
  let at = 0;
  for await (const read of fileLines(file)) {
    const line = read.replace(/^\uFEFF/, '').trim();
    if (line === '' || at++ < skip) continue;
    const [outcome] = readText(line, file);
    if (outcome?.kind === 'patent') yield { kind: 'patent', patent: outcome.patent, line };
    else if (outcome) yield { kind: 'failure', error: outcome.error.in(file) };
  }
}

/** @param before documents of the input before this one */
function pointOf(document: SourceOutcome, before: number): InputPoint | undefined {
  if (document.kind === 'failure') return undefined;
  const point = resumePoint(document.patent);
  return point && { ...point, file: document.patent.source.file, before };
}

/** Roughly how far into its file a document stands; UTF-16 units stand for bytes. */
function offsetOf(document: SourceOutcome): number {
  return document.kind === 'patent' ? endOf(document.patent) : (document.error.place?.offset ?? 0);
}

const endOf = ({ source }: Patent): number => source.span.end;

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
