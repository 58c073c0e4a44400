/** The embedding cache: whatever happens to its file, no wrong vector comes out and no work stops. */
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { EmbeddingCache } from './embedding-cache.ts';

const ENCODER = { sha256: 'a'.repeat(64), dimension: 3 };
const OTHER_ENCODER = { sha256: 'b'.repeat(64), dimension: 3 };
/** Magic, key, vector and checksum of one record. */
const RECORD_BYTES = 4 + 32 + 4 * ENCODER.dimension + 4;

const keyOf = (n: number): string => EmbeddingCache.key(`text ${n}`);
const vectorOf = (n: number): Float32Array => Float32Array.of(n, n / 3, -n);

let folder: string;
let file: string;
let warnings: string[];
const warn = (message: string): void => void warnings.push(message);

beforeEach(async () => {
  folder = path.join(await temporaryFolder(), 'cache');
  file = path.join(folder, `${'a'.repeat(16)}.embeddings`);
  warnings = [];
});

const open = (encoder = ENCODER): Promise<EmbeddingCache> => EmbeddingCache.open(folder, encoder, warn);

async function filled(...numbers: readonly number[]): Promise<EmbeddingCache> {
  const cache = await open();
  for (const n of numbers) cache.set(keyOf(n), vectorOf(n));
  await cache.flush();
  return cache;
}

/** Which of the texts 0 … 9 the cache on disk knows; fails when one comes back as anything but what was stored. */
async function known(): Promise<number[]> {
  const cache = await open();
  const found = Array.from({ length: 10 }, (_, n) => n).filter((n) => cache.get(keyOf(n)) !== undefined);
  for (const n of found) expect(cache.get(keyOf(n))).toEqual(vectorOf(n));
  expect(cache.size).toBe(found.length);
  return found;
}

describe('the cache', () => {
  it('gives back what was stored, bit by bit, also after a restart', async () => {
    const odd = Float32Array.of(-0, 1e-45, 3.4028234e38);
    const cache = await filled(0, 1, 2);
    cache.set(keyOf(3), odd);
    await cache.flush();
    const again = await open();
    expect(again.size).toBe(4);
    expect(again.get(keyOf(3))).toEqual(odd);
    expect(Object.is(again.get(keyOf(3))?.[0], -0)).toBe(true);
    expect(again.get(keyOf(2))).toEqual(vectorOf(2));
  });

  it('writes nothing before it is flushed, and nothing twice', async () => {
    const cache = await open();
    cache.set(keyOf(0), vectorOf(0));
    expect(existsSync(file)).toBe(false);
    await cache.flush();
    cache.set(keyOf(0), vectorOf(0));
    await cache.flush();
    expect(await readFile(file)).toHaveLength(RECORD_BYTES);
  });

  it('lives in memory only when it has no folder', async () => {
    const cache = await EmbeddingCache.open(undefined, ENCODER, warn);
    cache.set(keyOf(0), vectorOf(0));
    await cache.flush();
    expect(cache.get(keyOf(0))).toEqual(vectorOf(0));
    expect(existsSync(folder)).toBe(false);
  });

  it('keeps encoders apart', async () => {
    await filled(0);
    const other = await open(OTHER_ENCODER);
    expect(other.size).toBe(0);
    other.set(keyOf(0), Float32Array.of(9, 9, 9));
    await other.flush();
    expect(await known()).toEqual([0]);
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('knows a text by its content, exactly', () => {
    expect(EmbeddingCache.key('a')).toBe(EmbeddingCache.key('a'));
    expect(new Set(['a', 'A', 'a ', 'á', 'a\u0301', ''].map(EmbeddingCache.key)).size).toBe(6);
  });
});

describe('a damaged file', () => {
  it('cut at any byte loses only the record that was cut', async () => {
    await filled(0, 1, 2);
    const whole = await readFile(file);
    expect(whole).toHaveLength(3 * RECORD_BYTES);
    for (let length = 0; length <= whole.length; length++) {
      await writeFile(file, whole.subarray(0, length));
      expect(await known()).toEqual([0, 1, 2].slice(0, Math.floor(length / RECORD_BYTES)));
    }
  });

  it('takes new records behind a torn end, cut at any byte', async () => {
    await filled(0, 1);
    const whole = await readFile(file);
    for (let length = RECORD_BYTES; length < whole.length; length++) {
      await writeFile(file, whole.subarray(0, length));
      await filled(2);
      expect(await known()).toEqual([0, 2]);
    }
  });

  it('loses only the records that a changed byte stands in', async () => {
    await filled(0, 1, 2);
    const whole = await readFile(file);
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 0x10;
      await writeFile(file, changed);
      expect(await known()).toEqual([0, 1, 2].filter((n) => n !== Math.floor(at / RECORD_BYTES)));
    }
  });

  it('is read on behind garbage, even garbage that begins like a record', async () => {
    await filled(0, 1);
    const whole = await readFile(file);
    const random = new Random(3);
    const first = whole.subarray(0, RECORD_BYTES);
    const second = whole.subarray(RECORD_BYTES);
    for (let n = 0; n < 200; n++) {
      const noise = Uint8Array.from({ length: random.integer(120) }, () => random.integer(256));
      const imitation = first.subarray(0, random.integer(RECORD_BYTES));
      await writeFile(file, Buffer.concat([noise, first, imitation, noise, second, imitation]));
      expect(await known()).toEqual([0, 1]);
    }
  });

  it('of nothing but garbage counts as empty, without ado', async () => {
    await mkdir(folder);
    for (const garbage of ['\0', 'PB01', 'PB0']) {
      await writeFile(file, Buffer.alloc(1_000_000, garbage));
      expect(await known()).toEqual([]);
    }
    expect(warnings).toEqual([]);
  });
});

describe('two writers', () => {
  it('both keep what they wrote', async () => {
    const [one, two] = [await open(), await open()];
    for (const n of [0, 1]) one.set(keyOf(n), vectorOf(n));
    for (const n of [1, 2]) two.set(keyOf(n), vectorOf(n));
    await Promise.all([one.flush(), two.flush()]);
    expect(await known()).toEqual([0, 1, 2]);
  });

  it('whose bytes interleave lose at most the two records that met', async () => {
    await filled(0, 1);
    const one = await readFile(file);
    await writeFile(file, '');
    await filled(2, 3);
    const two = await readFile(file);
    for (let at = 0; at <= one.length; at++) {
      await writeFile(file, Buffer.concat([one.subarray(0, at), two, one.subarray(at)]));
      const found = await known();
      expect(found).toEqual(expect.arrayContaining([2, 3]));
      expect(found.length).toBeGreaterThanOrEqual(at % RECORD_BYTES === 0 ? 4 : 3);
    }
  });
});

describe('a place that cannot be written', () => {
  async function goesOn(): Promise<void> {
    const cache = await open();
    for (let n = 0; n < 5; n++) {
      cache.set(keyOf(n), vectorOf(n));
      await Promise.all([cache.flush(), cache.flush()]);
    }
    const more = [5, 6].map(async (n) => {
      cache.set(keyOf(n), vectorOf(n));
      await cache.flush();
    });
    await Promise.all(more);
    for (let n = 0; n < 7; n++) expect(cache.get(keyOf(n))).toEqual(vectorOf(n));
  }

  it('is named once, and the work goes on in memory: a file where the folder should be', async () => {
    await writeFile(folder, 'in the way');
    await goesOn();
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/cache cannot be written .*going on without it/);
    expect(await readFile(folder, 'utf8')).toBe('in the way');
  });

  it('is named once: a folder where the file should be', async () => {
    await mkdir(file, { recursive: true });
    await goesOn();
    expect(warnings).toHaveLength(1);
  });

  it.skipIf(!existsSync('/dev/full'))('is named once: a full disk', async () => {
    const cache = await open();
    await mkdir(folder);
    await symlink('/dev/full', file);
    for (let n = 0; n < 5; n++) {
      cache.set(keyOf(n), vectorOf(n));
      await cache.flush();
    }
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toContain('ENOSPC');
    expect(cache.get(keyOf(4))).toEqual(vectorOf(4));
  });

  it('is named once by writers that fail at the same time', async () => {
    const cache = await open();
    await writeFile(folder, '');
    cache.set(keyOf(0), vectorOf(0));
    const first = cache.flush();
    cache.set(keyOf(1), vectorOf(1));
    await Promise.all([first, cache.flush()]);
    expect(warnings).toHaveLength(1);
  });
});

describe('a flush', () => {
  it('leaves what others have written', async () => {
    await filled(0);
    await appendFile(file, 'foreign');
    await filled(1);
    expect(await known()).toEqual([0, 1]);
  });
});
