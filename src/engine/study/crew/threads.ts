/**
 * A study's work shared out to threads. What is trained together (an arm may be made from another of its seed) stays in one
 * thread; the features are in memory that all of them share; outcomes go through the run's folder, as they do without
 * threads, so that a study that was stopped goes on with any number of them.
 */
import { existsSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { PatentLabError } from '../../../core/errors.ts';
import { seedGroupsOf, type FailedArm, type Unit } from '../../../core/study/execute.ts';
import type { MeasuredCell } from '../../../core/study/findings/cell.ts';
import type { ExecutedCell } from '../../../core/study/findings/findings.ts';
import type { Crew, CrewWork } from './crew.ts';
import type { ThreadAnswer, ThreadData, ThreadEvent, ThreadJob } from './messages.ts';
import type { TrainingWatch } from './worker.ts';

/** Between two looks whether the study was cancelled. [ours] */
const LOOK_MS = 50;

/** Beside the built engine and command line. Run from the sources, which no thread of Node 20 reads, there is none. */
export function threadScript(): URL | undefined {
  const script = new URL('./study-thread.mjs', import.meta.url);
  return existsSync(script) ? script : undefined;
}

export class ThreadCrew implements Crew {
  readonly size: number;
  readonly #work: CrewWork;
  readonly #places: ReadonlyMap<Unit, number>;
  readonly #stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #threads: readonly Thread[];

  constructor(work: CrewWork, size: number, script: URL) {
    this.size = size;
    this.#work = work;
    this.#places = new Map(work.units.map((unit, at) => [unit, at]));
    const data: ThreadData = { layout: work.layout, stop: this.#stop };
    this.#threads = Array.from({ length: size }, () => new Thread(script, data));
  }

  async train(watch: TrainingWatch): Promise<readonly FailedArm[]> {
    const { units, estimates } = this.#work;
    const seconds = (group: readonly Unit[]): number =>
      group.reduce((total, unit) => total + (estimates.get(unit) ?? 0), 0);
    const groups = seedGroupsOf(units);
    // Long ones first, so that no thread is left with one when the others have done.
    const order = [...groups.keys()].sort((a, b) => seconds(groups[b] ?? []) - seconds(groups[a] ?? []));
    const failed: (readonly FailedArm[])[] = groups.map(() => []);
    await this.#shareOut(order, async (thread, group) => {
      const members = groups[group] ?? [];
      const answer = await thread.ask({ kind: 'train', units: this.#placesOf(members) }, (event) => {
        const unit = units[event.unit];
        if (!unit) return;
        if (event.kind === 'unit') watch.onUnit(unit);
        else watch.onDone(unit, event.seconds);
      });
      if (answer.kind === 'trained') failed[group] = answer.failed;
    });
    return onceEach(failed.flat());
  }

  async measure(
    cells: readonly ExecutedCell[],
    onCell: (done: number) => void,
  ): Promise<readonly (MeasuredCell | undefined)[]> {
    const measured = new Array<MeasuredCell | undefined>(cells.length).fill(undefined);
    let done = 0;
    await this.#shareOut([...cells.entries()], async (thread, [at, { units, failed }]) => {
      const answer = await thread.ask({ kind: 'measure', units: this.#placesOf(units), failed });
      if (answer.kind === 'measured') measured[at] = answer.cell;
      onCell(++done);
    });
    return measured;
  }

  async release(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.end()));
  }

  #placesOf(units: readonly Unit[]): readonly number[] {
    return units.map((unit) => this.#places.get(unit) ?? -1);
  }

  /** Each thread takes the next job when it has done its last. The first error, or the task's end, stops all of them. */
  async #shareOut<Job>(
    jobs: readonly Job[],
    work: (thread: Thread, job: Job) => Promise<void>,
  ): Promise<void> {
    const left = [...jobs];
    const errors: unknown[] = [];
    const stop = (cause: unknown): void => {
      errors.push(cause);
      left.length = 0;
      Atomics.store(this.#stop, 0, 1);
    };
    let busy = this.#threads.length;
    const all = Promise.all(
      this.#threads.map(async (thread) => {
        try {
          for (let job = left.shift(); job !== undefined; job = left.shift()) await work(thread, job);
        } catch (cause) {
          stop(cause);
        } finally {
          busy--;
        }
      }),
    );
    while (busy > 0 && errors.length === 0) {
      await Promise.race([all, wait(LOOK_MS)]);
      await this.#work.task.checkpoint().catch(stop);
    }
    await all;
    if (errors.length > 0) throw errors[0];
  }
}

/** Of arms that failed in several seeds, the first failure. */
function onceEach(failed: readonly FailedArm[]): readonly FailedArm[] {
  const known = new Map<string, FailedArm>();
  for (const one of failed) {
    const key = `${one.family} ${one.regime} ${one.schedule} ${one.arm.id}`;
    if (!known.has(key)) known.set(key, one);
  }
  return [...known.values()];
}

/** One thread, asked one job at a time. */
class Thread {
  readonly #worker: Worker;
  readonly #ended: Promise<void>;
  #isOver = false;

  constructor(script: URL, data: ThreadData) {
    // Its streams are kept from the engine's own, which belong to others.
    this.#worker = new Worker(script, { workerData: data, execArgv: [], stdout: true, stderr: true });
    this.#ended = new Promise((resolve) => {
      this.#worker.once('exit', () => {
        this.#isOver = true;
        resolve();
      });
    });
    // Whoever asks hears of an error; one that comes while nobody does must not end the process.
    this.#worker.on('error', () => undefined);
  }

  ask(job: ThreadJob, onEvent: (event: ThreadEvent) => void = () => undefined): Promise<ThreadAnswer> {
    const worker = this.#worker;
    if (this.#isOver) return Promise.reject(new Error('a thread of the study has ended'));
    return new Promise((resolve, reject) => {
      const over = (): void => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      };
      const onMessage = (message: ThreadEvent | ThreadAnswer): void => {
        if (message.kind === 'unit' || message.kind === 'done') return onEvent(message);
        over();
        if (message.kind !== 'threw') return resolve(message);
        reject(
          message.report
            ? new PatentLabError(message.report, { cause: message.error })
            : asError(message.error),
        );
      };
      const onError = (cause: unknown): void => {
        over();
        reject(asError(cause));
      };
      const onExit = (code: number): void =>
        onError(new Error(`a thread of the study ended with code ${code}`));
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage(job);
    });
  }

  end(): Promise<void> {
    this.#worker.postMessage({ kind: 'end' } satisfies ThreadJob);
    return this.#ended;
  }
}

const asError = (cause: unknown): Error => (cause instanceof Error ? cause : new Error(String(cause)));
