/**
 * An import that is killed goes on where it was: whatever the moment, the corpus is byte for byte the one of an import
 * that nobody disturbed. A process of its own, killed as an operating system kills.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ImportResult } from '../../protocol/import.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { REPOSITORY } from '../testing/repository.ts';
import type { ImportOptions } from './import-corpus.ts';

const KILLS = 20;

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder({
    'a.jsonl': records('A', 400),
    'b.jsonl': records('B', 400) + records('A', 1),
  });
  await build({
    entryPoints: [path.join(REPOSITORY, 'src/engine/import/testing/child.ts')],
    outfile: path.join(folder, 'child.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
});

function records(prefix: string, count: number): string {
  const claims = Array.from(
    { length: 12 },
    (_, at) => `Fictitious part ${at} of a device that helps walking.`,
  );
  return Array.from({ length: count }, (_, at) => {
    const abstract = `Fictitious aid number ${at % 100}. `.repeat(30);
    const broken = at % 200 === 150 ? '"' : '';
    return `${JSON.stringify({ id: `${prefix}${at}`, title: `Aid ${at}`, abstract, claims })}${broken}\n`;
  }).join('');
}

/** The result, or undefined when the import was killed, which is done so long after it began. */
async function importFor(milliseconds: number): Promise<ImportResult | undefined> {
  const options: ImportOptions = {
    sources: ['a.jsonl', 'b.jsonl'].map((name) => path.join(folder, name)),
    out: path.join(folder, 'out', 'corpus.jsonl'),
    format: 'jsonl',
    tables: [],
    existing: 'refuse',
    restart: false,
    checkpointMs: 5,
  };
  await writeFile(path.join(folder, 'options.json'), JSON.stringify(options));
  const child = spawn(process.execPath, [path.join(folder, 'child.mjs'), path.join(folder, 'options.json')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (told === '') setTimeout(() => child.kill('SIGKILL'), milliseconds);
    told += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal === null && code !== 0) reject(new Error(`the import ended with ${code ?? ''}: ${told}`));
      else resolve(signal === null ? (JSON.parse(told.replace('begun\n', '')) as ImportResult) : undefined);
    });
  });
}

/** The files there are, each with the hash of its content. */
const files = async (): Promise<readonly string[]> => {
  const names = await readdir(path.join(folder, 'out'));
  const hash = async (name: string): Promise<string> =>
    createHash('sha256')
      .update(await readFile(path.join(folder, 'out', name)))
      .digest('hex');
  return Promise.all(names.map(async (name) => `${name} ${await hash(name)}`));
};

async function isFinished(): Promise<boolean> {
  const names = await readdir(path.join(folder, 'out')).catch((): string[] => []);
  return names.includes('corpus.jsonl') && !names.some((name) => name.includes('.partial'));
}

describe('an import that is killed', () => {
  it(`${KILLS} times makes the same corpus`, { timeout: 120_000 }, async () => {
    const whole = await importFor(1e6);
    const took = 1000 * (whole?.seconds ?? 0);
    expect(whole).toMatchObject({ records: 796, failed: 4, duplicateIds: 1, resumed: 0, groups: 100 });
    const expected = await files();
    expect(expected).toHaveLength(2);
    let kills = 0;
    let continued = 0;
    while (kills < KILLS) {
      await rm(path.join(folder, 'out'), { recursive: true, force: true });
      for (;;) {
        // A random share of an undisturbed run; as each goes on where the last was killed, kills fall into every phase.
        const result = await importFor(took * Math.random());
        if (!result) {
          kills++;
          // It may have been killed behind its last step; then there is nothing left to continue.
          if (await isFinished()) break;
          continue;
        }
        const { records, failed, duplicateIds, groups, sameText, problems } = result;
        expect({ records, failed, duplicateIds, groups, sameText, problems }).toEqual({
          records: whole?.records,
          failed: whole?.failed,
          duplicateIds: whole?.duplicateIds,
          groups: whole?.groups,
          sameText: whole?.sameText,
          problems: whole?.problems,
        });
        if (result.resumed > 0) continued++;
        break;
      }
      expect(await files()).toEqual(expected);
    }
    // Otherwise nothing was tried but starting anew.
    expect(continued).toBeGreaterThan(0);
  });
});
