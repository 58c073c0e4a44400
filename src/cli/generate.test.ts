/** `generate` as it is shipped: a proposal, its estimate, samples, the rest, against a server on this machine. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChatServer, type ChatServer } from '../engine/generation/testing/chat-server.ts';
import { madeAnswer, TAXONOMY, workspaceFolder } from '../engine/generation/testing/documents.ts';
import { temporaryFolder } from '../engine/testing/folder.ts';
import { buildProgram, runCommand, type Program } from '../engine/testing/program.ts';
import type { GenerationResult } from '../protocol/generation.ts';

let program: Program;
let server: ChatServer;
let root: string;
beforeAll(async () => {
  program = await buildProgram();
  server = await startChatServer({ reply: ({ seed = 0 }) => madeAnswer(seed), key: 'secret' });
  root = await workspaceFolder();
  process.env['PATENT_LAB_KEY_MY_SERVER'] = 'secret';
}, 120_000);
afterAll(async () => {
  delete process.env['PATENT_LAB_KEY_MY_SERVER'];
  await server.close();
});

describe('generate', () => {
  it('goes from a proposal to documents', { timeout: 120_000 }, async () => {
    const choice = ['--client', 'endpoint:my-server', '--model', 'test-model'];
    const proposed = await runCommand(
      program,
      ...['generate', '--propose', '--workspace', root, ...choice, '--target', '5', '--documents', '6'],
    );
    expect(proposed.code).toBe(0);
    const plan = path.join(root, 'rare.generation.json');
    await writeFile(plan, proposed.stdout);
    // The label without a description can only be named, and it is said.
    expect(proposed.stdout).toContain('"labelInstruction": "named"');
    expect(proposed.stderr).toContain('Whisper boxes');

    const here = ['--plan', plan, '--endpoint', `my-server=${server.url}`, '--local-only'];
    const estimated = await runCommand(program, 'generate', ...here, '--estimate');
    expect(estimated.stdout).toMatch(/^Documents: 6 \(0 are there\)\nRequests: 6, with all re-tries 12\n/);
    expect(estimated.stdout).toContain('Cost: unknown (the plan states no price)');
    expect(server.requests).toHaveLength(0);

    const samples = await runCommand(program, 'generate', ...here, '--most', '2', '--json');
    expect(samples.code).toBe(0);
    const [{ result } = {}] = samples.json<{ result?: GenerationResult }>().slice(-1);
    expect(result?.accepted).toHaveLength(2);
    expect(samples.stderr).toContain(`Text goes to test-model at ${server.url}`);
    expect(samples.stdout + samples.stderr).not.toContain('secret');

    expect((await runCommand(program, 'generate', ...here)).stderr).toContain('Resume it');
    const rest = await runCommand(program, 'generate', ...here, '--resume');
    expect(rest.stdout).toContain('6 of 6 documents accepted, 0 given up');
    expect(server.requests).toHaveLength(6);
    const documents = await readFile(path.join(root, 'synthetic', 'synthetic.jsonl'), 'utf8');
    expect(documents.trimEnd().split('\n')).toHaveLength(6);
    expect(documents).not.toContain('secret');
  });

  it(
    'goes from a taxonomy and a corpus to documents, without a workspace',
    { timeout: 120_000 },
    async () => {
      const labels = TAXONOMY.labels.filter(({ description }) => description);
      const folder = await temporaryFolder({
        'elsewhere/labels.json': JSON.stringify({ ...TAXONOMY, labels }),
      });
      const plan = path.join(folder, 'rare.generation.json');
      const taxonomy = path.join(folder, 'elsewhere', 'labels.json');
      const files = ['--taxonomy', taxonomy, '--corpus', path.join(root, 'corpus', 'real.jsonl')];
      const propose = (...more: readonly string[]) =>
        runCommand(program, 'generate', '--propose', ...files, '--out', plan, ...more);
      const model = ['--client', 'endpoint:my-server', '--model', 'test-model'];
      const enough = await propose(...model, '--target', '1');
      expect(enough.code).toBe(2);
      expect(enough.stderr).toContain('Raise --target.');

      const proposed = await propose(...model, '--target', '5', '--documents', '3');
      expect(proposed.stdout).toBe(`${plan}\n`);
      expect((await propose(...model)).stderr).toContain('is there already');

      const endpoint = ['--endpoint', `my-server=${server.url}`];
      const run = await runCommand(program, 'generate', '--plan', plan, ...files, ...endpoint);
      expect(run.stdout).toContain('3 of 3 documents accepted');
      const documents = await readFile(path.join(folder, 'synthetic', 'rare.jsonl'), 'utf8');
      expect(documents.trimEnd().split('\n')).toHaveLength(3);
    },
  );
});
