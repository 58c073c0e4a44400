/**
 * One writer for each run: a file that names the process that writes. A lock whose process is gone is taken over.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { STATE_FOLDER, type RunKind } from '../../../core/corpus/workspace-files.ts';
import { PatentLabError } from '../../../core/errors.ts';
import { writeError } from '../../files/errors.ts';

const holderSchema = z.object({
  pid: z.number(),
  host: z.string(),
  at: z.string(),
  key: z.string(),
  /** When the process began, as the system counts it: another process may get the same number later. */
  began: z.string().optional(),
});
type Holder = z.infer<typeof holderSchema>;

export const lockFile = (root: string, run: string, kind: RunKind = 'generation'): string =>
  path.join(root, STATE_FOLDER, 'locks', `${kind}-${run}.lock`);

/** Taking a lock over takes milliseconds; one that is being taken over for longer was left by a crash. [ours] */
const TAKEOVER_MS = 3000;
/** Between two looks at a lock that somebody is taking over. [ours] */
const LOOK_MS = 50;

export class RunLock {
  readonly #file: string;
  readonly #key: string;

  private constructor(file: string, key: string) {
    this.#file = file;
    this.#key = key;
  }

  /** Throws `generation-running` where another process, or another request of this one, holds it. */
  static async take(root: string, run: string, kind: RunKind = 'generation'): Promise<RunLock> {
    const file = lockFile(root, run, kind);
    const key = randomBytes(8).toString('hex');
    const began = await beginningOf(process.pid);
    const mine: Holder = {
      pid: process.pid,
      host: hostname(),
      at: new Date().toISOString(),
      key,
      ...(began === undefined ? {} : { began }),
    };
    try {
      await mkdir(path.dirname(file), { recursive: true });
      if (await acquire(file, mine)) return new RunLock(file, key);
    } catch (cause) {
      throw writeError(file, cause);
    }
    throw isRunning(run, file, await holderOf(file));
  }

  /** Does nothing where somebody else has it by now. */
  async release(): Promise<void> {
    if ((await holderOf(this.#file))?.key === this.#key) await rm(this.#file, { force: true });
  }
}

/** Whether a living process holds the lock of a run. */
export async function isLocked(root: string, run: string): Promise<boolean> {
  const holder = await holderOf(lockFile(root, run));
  return holder !== undefined && (await isAlive(holder));
}

/** False where a living process holds it. */
async function acquire(file: string, mine: Holder): Promise<boolean> {
  const deadline = Date.now() + 2 * TAKEOVER_MS;
  while (Date.now() < deadline) {
    if (await create(file, mine)) return true;
    const outcome = await takeOver(file, mine);
    if (outcome !== 'busy') return outcome === 'taken';
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
  return false;
}

async function create(file: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(holder), { flag: 'wx' });
    return true;
  } catch (cause) {
    if (hasCode(cause, 'EEXIST')) return false;
    throw cause;
  }
}

/** Only one process at a time looks whether the holder is gone and takes its place; `busy`: another one is at it. */
async function takeOver(file: string, mine: Holder): Promise<'taken' | 'held' | 'busy'> {
  const gate = `${file}.takeover`;
  if (!(await enter(gate))) return 'busy';
  try {
    const holder = await holderOf(file);
    // A lock that cannot be read was cut off by a crash while it was written.
    if (holder && (await isAlive(holder))) return 'held';
    const temporary = `${file}.${mine.key}`;
    await writeFile(temporary, JSON.stringify(mine));
    await rename(temporary, file);
    return 'taken';
  } finally {
    await rmdir(gate).catch(() => undefined);
  }
}

async function enter(gate: string): Promise<boolean> {
  try {
    await mkdir(gate);
    return true;
  } catch (cause) {
    if (!hasCode(cause, 'EEXIST')) throw cause;
    const since = await stat(gate).catch(() => undefined);
    if (since && Date.now() - since.mtimeMs > TAKEOVER_MS) await rmdir(gate).catch(() => undefined);
    return false;
  }
}

async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    return holderSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    return undefined;
  }
}

/** A process of another machine (a shared folder) cannot be asked; it counts as living. */
async function isAlive({ pid, host, began }: Holder): Promise<boolean> {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (cause) {
    if (hasCode(cause, 'ESRCH')) return false;
  }
  const now = began === undefined ? undefined : await beginningOf(pid);
  return now === undefined || now === began;
}

/** Ticks since the start of the system at which a process began, where the system tells (proc(5), `starttime`). */
async function beginningOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The name before it may hold blanks and brackets, so counting starts behind the last bracket.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}

const hasCode = (cause: unknown, code: string): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === code;

const isRunning = (run: string, file: string, holder: Holder | undefined): PatentLabError =>
  new PatentLabError({
    code: 'generation-running',
    message: `The run “${run}” is being written already${holder ? ` (process ${holder.pid} on ${holder.host}, since ${holder.at})` : ''}.`,
    remedy: `Wait for it or cancel it there. If no Patent Lab is working on it, delete ${file}.`,
    place: { file },
  });
