/** Where a training run's time goes: by stage, as the run itself tells, and inside ONNX Runtime against everything else. */
import { ort } from '../../src/engine/onnx/runtime.ts';
import { makeTask, type Task } from '../../src/engine/task.ts';

export interface Profile {
  readonly seconds: number;
  /** Seconds in `session.run`, and how many runs. */
  readonly inRuns: number;
  readonly runs: number;
  /** Seconds in making sessions. */
  readonly inSessions: number;
  /** Seconds by progress message, in order. */
  readonly stages: ReadonlyMap<string, number>;
}

/** Runs `work` with a task that notes when it says what. */
export async function profiled(work: (task: Task) => Promise<unknown>): Promise<Profile> {
  const runtime = meteredRuntime();
  const stages = new Map<string, number>();
  const started = performance.now();
  let current = 'Preparing';
  let since = started;
  const enter = (message: string): void => {
    if (message === current) return;
    const now = performance.now();
    stages.set(current, (stages.get(current) ?? 0) + (now - since) / 1000);
    [current, since] = [message, now];
  };
  try {
    await work(makeTask(enter, () => false));
  } finally {
    runtime.stop();
  }
  enter('');
  return { seconds: (performance.now() - started) / 1000, ...runtime.totals(), stages };
}

function meteredRuntime(): {
  stop(): void;
  totals(): { readonly inRuns: number; readonly runs: number; readonly inSessions: number };
} {
  const { InferenceSession } = ort;
  const create = InferenceSession.create.bind(InferenceSession) as (
    ...given: unknown[]
  ) => Promise<ort.InferenceSession>;
  let [inRuns, runs, inSessions] = [0, 0, 0];
  const metered = async (...given: unknown[]): Promise<ort.InferenceSession> => {
    const started = performance.now();
    const session = await create(...given);
    inSessions += performance.now() - started;
    const run = session.run.bind(session) as (
      ...inputs: unknown[]
    ) => Promise<ort.InferenceSession.ReturnType>;
    const meteredRun = async (...inputs: unknown[]): Promise<ort.InferenceSession.ReturnType> => {
      const before = performance.now();
      const results = await run(...inputs);
      inRuns += performance.now() - before;
      runs++;
      return results;
    };
    return Object.assign(session, { run: meteredRun });
  };
  const original = InferenceSession.create;
  Object.assign(InferenceSession, { create: metered });
  return {
    stop: () => Object.assign(InferenceSession, { create: original }),
    totals: () => ({ inRuns: inRuns / 1000, runs, inSessions: inSessions / 1000 }),
  };
}
