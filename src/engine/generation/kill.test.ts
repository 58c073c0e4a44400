/**
 * A run that is killed goes on where it was: whatever the moment, no accepted document is lost, none is there twice, and
 * nothing is asked for again whose answer had been received, that is, stood in the journal. An answer that was on its
 * way at the kill has to be asked for again; how many those were is told.
 */
import { spawn } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GenerationResult } from '../../protocol/generation.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { REPOSITORY } from '../testing/repository.ts';
import { storedRuns } from './storage/run-folder.ts';
import { startChatServer, type ChatServer } from './testing/chat-server.ts';
import { madeAnswer, planOf, workspaceFolder } from './testing/documents.ts';

const KILLS = 20;
const PLAN = planOf({
  model: { client: 'endpoint', endpoint: 'here', model: 'test-model' },
  labelSets: [
    { labels: ['walker', 'lamp'], count: 6 },
    { labels: ['spoon'], count: 6 },
  ],
  retries: 2,
});

let programs: string;
let root: string;
let server: ChatServer;
beforeAll(async () => {
  programs = await temporaryFolder();
  root = await workspaceFolder();
  await build({
    entryPoints: [path.join(REPOSITORY, 'src/engine/generation/testing/child.ts')],
    outfile: path.join(programs, 'child.mjs'),
    bundle: true,
    // It is read by every child anew.
    minify: true,
    keepNames: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    banner: {
      js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  // Every fourth answer is a refusal; the re-try has the next seed.
  server = await startChatServer({
    reply: ({ seed = 0 }) => (seed % 4 === 0 ? 'Sorry, I cannot help.' : madeAnswer(seed)),
    delay: 15,
  });
}, 120_000);
afterAll(() => server.close());

/** The result, or undefined when the run was killed, which is done so long after it began. */
async function runFor(milliseconds: number): Promise<GenerationResult | undefined> {
  const options = path.join(programs, 'options.json');
  await writeFile(options, JSON.stringify({ root, plan: PLAN, endpoint: { name: 'here', url: server.url } }));
  const child = spawn(process.execPath, [path.join(programs, 'child.mjs'), options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  let complained = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complained += text));
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (told === '') setTimeout(() => child.kill('SIGKILL'), milliseconds);
    told += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      if (signal === null && code !== 0) reject(new Error(`the run ended with ${code ?? ''}: ${complained}`));
      else
        resolve(signal === null ? (JSON.parse(told.replace('begun\n', '')) as GenerationResult) : undefined);
    });
  });
}

interface Line {
  readonly kind?: string;
  readonly id?: string;
  readonly slot?: number;
  readonly attempt?: number;
}

/** Whole lines; a torn tail is what the next run repairs. */
async function linesOf(file: string): Promise<readonly Line[]> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line);
}

async function state(): Promise<{ readonly ids: readonly string[]; readonly answers: readonly string[] }> {
  const [run] = await storedRuns(root, []);
  const journal = run ? await linesOf(path.join(run.folder, 'answers.jsonl')) : [];
  return {
    ids: (await linesOf(path.join(root, 'synthetic', 'trial.jsonl'))).map(({ id = '' }) => id),
    answers: journal
      .filter(({ kind }) => kind === 'answer')
      .map(({ slot = 0, attempt = 0 }) => `${slot}/${attempt}`),
  };
}

async function forget(): Promise<void> {
  await rm(path.join(root, 'synthetic'), { recursive: true, force: true });
  await rm(path.join(root, '.patent-lab'), { recursive: true, force: true });
}

describe('a run that is killed', () => {
  it(
    `${KILLS} times loses nothing, doubles nothing, and pays for nothing twice`,
    { timeout: 240_000 },
    async () => {
      const started = performance.now();
      const whole = await runFor(1e6);
      // With the time it takes to start: that of the run alone is short where nothing is slow.
      const took = performance.now() - started;
      expect(whole?.summary).toMatchObject({ finished: true, counts: { planned: 12, accepted: 12 } });
      const rejections = whole?.summary.counts.rejections.refusal ?? 0;
      expect(rejections).toBeGreaterThan(0);
      const expected = [...(await state()).ids].sort();
      const needed = server.answered;
      expect(needed).toBe(12 + rejections);
      let kills = 0;
      let continued = 0;
      let onTheWay = 0;
      while (kills < KILLS) {
        await forget();
        const begun = server.answered;
        let before = await state();
        for (let attempt = 0; ; attempt++) {
          // A third of the time at first, so that several kills fall into one run; more each time, so that it ends.
          const result = await runFor(took * Math.random() * (1 / 3 + attempt / 10));
          const now = await state();
          // Nothing that was accepted is gone, and nothing is there twice.
          expect(now.ids.slice(0, before.ids.length)).toEqual(before.ids);
          expect(new Set(now.ids).size).toBe(now.ids.length);
          // What the journal has once it never has again: nobody asked for it.
          expect(now.answers.slice(0, before.answers.length)).toEqual(before.answers);
          expect(new Set(now.answers).size).toBe(now.answers.length);
          if (result) {
            expect([...now.ids].sort()).toEqual(expected);
            expect(result.summary).toMatchObject({
              finished: true,
              counts: { accepted: 12, answers: needed },
            });
            expect(result.problems).toEqual([]);
            break;
          }
          kills++;
          if (before.answers.length > 0) continued++;
          before = now;
        }
        onTheWay += server.answered - begun - needed;
      }
      console.log(
        `${KILLS} kills; ${onTheWay} answers were served in full and not yet in the journal when the process died.`,
      );
      // Otherwise nothing was tried but starting anew.
      expect(continued).toBeGreaterThan(0);
      // At most what may be under way at once for each kill.
      expect(onTheWay).toBeLessThanOrEqual(8 * kills);
    },
  );
});
