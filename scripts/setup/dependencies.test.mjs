/** The dependencies are installed when the lockfile asks for others than are there, and only then. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { setUpDependencies } from './dependencies.mjs';

let folder = '';
let installs = 0;
beforeEach(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-dependencies-'));
  installs = 0;
  await lock('1.0.0');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** @param {string} version */
const packages = (version) => ({
  packages: {
    '': { name: 'root' },
    'node_modules/one': { version },
    'node_modules/for-another-platform': { version: '1.0.0', optional: true },
  },
});

/** @param {string} version */
const lock = (version) =>
  writeFile(path.join(folder, 'package-lock.json'), JSON.stringify(packages(version)));

/** What npm leaves behind. @param {string} version */
async function installed(version) {
  await mkdir(path.join(folder, 'node_modules', 'one'), { recursive: true });
  const content = { packages: { 'node_modules/one': { version } } };
  await writeFile(path.join(folder, 'node_modules', '.package-lock.json'), JSON.stringify(content));
}

const setUp = () =>
  setUpDependencies(folder, async () => {
    installs++;
    await mkdir(path.join(folder, 'node_modules'), { recursive: true });
  });

test('a fresh checkout installs once', async () => {
  await setUp();
  await setUp();
  expect(installs).toBe(1);
});

test('a changed lockfile installs again', async () => {
  await setUp();
  await lock('2.0.0');
  await setUp();
  expect(installs).toBe(2);
});

test("what someone's own npm install put there is taken as it is", async () => {
  await installed('1.0.0');
  await setUp();
  expect(installs).toBe(0);
});

test('another version there than the lockfile names is replaced', async () => {
  await installed('0.9.0');
  await setUp();
  expect(installs).toBe(1);
});
