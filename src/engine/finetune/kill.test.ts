/**
 * Trainings that are killed go on where they were: whatever the moment, the trained numbers are bit for bit those of a
 * training that nobody disturbed. The command line as it is shipped, killed as an operating system kills.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { buildProgram, type Program } from '../testing/program.ts';
import { smallBase, smallDocuments } from './testing/small-base.ts';

const KILLS = 3;

let program: Program;
let root = '';
let common: readonly string[] = [];

beforeAll(async () => {
  program = await buildProgram();
  root = await temporaryFolder();
  const base = await smallBase(root);
  await smallDocuments(root, 60);
  const labels = ['wheels', 'lights', 'fluids'].map((id) => ({ id, name: id }));
  await writeFile(path.join(root, 'taxonomy.json'), JSON.stringify({ name: 'Parts', labels }));
  common = ['--base', base, '--corpus', path.join(root, 'corpus.jsonl'), '--batch', '4', '--json'];
}, 60_000);

interface Told {
  readonly resumed: number;
  readonly history: readonly unknown[];
}

/** What it told, or undefined when it was killed, which is done so long after it began to write. */
async function run(argv: readonly string[], out: string, milliseconds: number): Promise<Told | undefined> {
  const child = spawn(process.execPath, [program.cli, ...argv, ...common, '--out', out], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...ended) => resolve(ended));
  });
  clearTimeout(timer);
  if (signal !== null) return undefined;
  if (code !== 0) throw new Error(`the training ended with ${code}`);
  return JSON.parse(told) as Told;
}

/** Hashes of the files with trained numbers; the others state when they were made. */
async function numbers(out: string): Promise<readonly string[]> {
  const names = (await readdir(out)).filter((name) => /\.(?:onnx|bin)$/.test(name)).sort();
  const hash = async (name: string): Promise<string> =>
    `${name} ${createHash('sha256')
      .update(await readFile(path.join(out, name)))
      .digest('hex')}`;
  return Promise.all(names.map(hash));
}

describe('a training that is killed', () => {
  it.each([
    { command: 'adapt', options: ['--objective', 'mlm', '--epochs', '15', '--rate', '0.01'] },
    { command: 'finetune', options: ['--epochs', '6', '--rate', '0.01', '--view', 'TA'] },
  ])('$command, comes to the same bits', { timeout: 180_000 }, async ({ command, options }) => {
    const argv = [
      command,
      ...options,
      ...(command === 'finetune' ? ['--taxonomy', path.join(root, 'taxonomy.json')] : []),
    ];
    const whole = path.join(root, `${command}-whole`);
    const begun = performance.now();
    const expected = await run(argv, whole, 1e6);
    let allowed = performance.now() - begun;
    const out = path.join(root, `${command}-killed`);
    let [kills, continued] = [0, 0];
    while (kills < KILLS || continued === 0) {
      const told = await run(argv, out, allowed * (0.4 + 0.6 * Math.random()));
      if (!told) {
        kills++;
        // However slow the machine, at last it comes to an end.
        allowed *= 1.1;
        continue;
      }
      if (told.resumed > 0) continued++;
      // And a machine that has become faster is killed sooner.
      allowed *= 0.7;
      expect(told.history).toEqual(expected?.history);
      expect(await numbers(out)).toEqual(await numbers(whole));
      await rm(out, { recursive: true });
    }
  });
});
