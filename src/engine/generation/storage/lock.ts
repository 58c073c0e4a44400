/**
 * One writer for each run: a file that names the process that writes. A lock whose process is gone is taken over.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { STATE_FOLDER } from '../../../core/corpus/workspace-files.ts';
import { PatentLabError } from '../../../core/errors.ts';
import { writeError } from '../../files/errors.ts';

const holderSchema = z.object({ pid: z.number(), host: z.string(), at: z.string(), key: z.string() });
type Holder = z.infer<typeof holderSchema>;

export const lockFile = (root: string, run: string): string =>
  path.join(root, STATE_FOLDER, 'locks', `generation-${run}.lock`);

/** Taking a lock over takes milliseconds; one that is being taken over for longer was left by a crash. [ours] */
const TAKEOVER_MS = 5000;
const LOOK_AGAIN_MS = 50;

export class RunLock {
  readonly #file: string;
  readonly #key: string;

  private constructor(file: string, key: string) {
    this.#file = file;
    this.#key = key;
  }

  /** Throws `generation-running` where another process, or another request of this one, holds it. */
  static async take(root: string, run: string): Promise<RunLock> {
    const file = lockFile(root, run);
    const key = randomBytes(8).toString('hex');
    const mine: Holder = { pid: process.pid, host: hostname(), at: new Date().toISOString(), key };
    try {
      await mkdir(path.dirname(file), { recursive: true });
      if (await create(file, mine)) return new RunLock(file, key);
      if (await takeOver(file, mine)) return new RunLock(file, key);
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
  return holder !== undefined && isAlive(holder);
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

/**
 * Only one process at a time looks whether the holder is gone and takes its place. Who finds another one at it waits: it
 * takes the lock in a moment, or it was killed there too, and what it left is removed.
 */
async function takeOver(file: string, mine: Holder): Promise<boolean> {
  const gate = `${file}.takeover`;
  while (!(await enter(gate))) {
    const holder = await holderOf(file);
    if (holder && isAlive(holder)) return false;
    await sleep(LOOK_AGAIN_MS);
  }
  try {
    const holder = await holderOf(file);
    // A lock that cannot be read was cut off by a crash while it was written.
    if (holder && isAlive(holder)) return false;
    const temporary = `${file}.${mine.key}`;
    await writeFile(temporary, JSON.stringify(mine));
    await rename(temporary, file);
    return true;
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
function isAlive({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return !hasCode(cause, 'ESRCH');
  }
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
