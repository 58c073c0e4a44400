/** The thread's end of {@link ThreadCrew}: does one job after another. Built into a script of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { PatentLabError, unreachable } from '../../../core/errors.ts';
import type { Unit } from '../../../core/study/execute.ts';
import { cancelled } from '../../task.ts';
import { unitsIn } from './layout.ts';
import type { ThreadAnswer, ThreadData, ThreadEvent, ThreadJob } from './messages.ts';
import { StudyWorker } from './worker.ts';

const port = parentPort;
if (port === null) throw new Error('study-thread runs as a thread only');

const { layout, stop } = workerData as ThreadData;
const study = unitsIn(layout);
const places = new Map(study.units.map((unit, at) => [unit, at]));
const worker = new StudyWorker(layout, study, () =>
  Atomics.load(stop, 0) === 0 ? Promise.resolve() : Promise.reject(cancelled()),
);

const tell = (message: ThreadEvent | ThreadAnswer): void => port.postMessage(message);
const placeOf = (unit: Unit): number => places.get(unit) ?? -1;
const unitsAt = (at: readonly number[]): readonly Unit[] =>
  at.flatMap((place) => study.units.slice(place, place + 1));

async function answerTo(job: Exclude<ThreadJob, { kind: 'end' }>): Promise<ThreadAnswer> {
  switch (job.kind) {
    case 'train': {
      const failed = await worker.train(unitsAt(job.units), {
        onUnit: (unit) => tell({ kind: 'unit', unit: placeOf(unit) }),
        onDone: (unit, seconds) => tell({ kind: 'done', unit: placeOf(unit), seconds }),
      });
      return { kind: 'trained', failed };
    }
    case 'measure':
      return {
        kind: 'measured',
        cell: await worker.measure({ units: unitsAt(job.units), failed: job.failed }),
      };
    default:
      return unreachable(job);
  }
}

port.on('message', (job: ThreadJob) => {
  if (job.kind === 'end') {
    void worker.release().finally(() => port.close());
    return;
  }
  answerTo(job).then(tell, (error: unknown) =>
    tell({ kind: 'threw', error, ...(error instanceof PatentLabError ? { report: error.report() } : {}) }),
  );
});
