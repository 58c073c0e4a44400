/**
 * Runs of kept plans in VS Code: through a language model that another extension provides, with its errors; and a run
 * that is stopped while the model is silent, and goes on paying only for what is missing. The models are those of a
 * server of the test with given answers; the taxonomy and all documents are fictitious.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import type { ModelChoice } from '../src/core/generation/plan.ts';
import { startChatServer, type ChatServer } from '../src/engine/generation/testing/chat-server.ts';
import { madeAnswer, planOf } from '../src/engine/generation/testing/documents.ts';
import { generationWorkspace } from './vscode/generation-workspace.ts';
import { useVSCode } from './vscode/use.ts';

const EDITOR: ModelChoice = { client: 'editor', model: 'fictitious/fictitious-writer' };
const SERVER: ModelChoice = { client: 'endpoint', endpoint: 'Test server', model: 'fictitious-writer' };

const plan = (name: string, model: ModelChoice, count: number, concurrency: number) =>
  planOf({ name, model, labelSets: [{ labels: ['walker'], count }], retries: 0, concurrency });

const workspace = generationWorkspace([
  plan('by-editor', EDITOR, 3, 2),
  plan('failing', EDITOR, 2, 1),
  plan('stopped-editor', EDITOR, 7, 2),
  plan('stopped-server', SERVER, 7, 2),
]);

let server: ChatServer;
let made = 0;
beforeAll(async () => {
  server = await startChatServer({ models: ['fictitious-writer'], reply: () => madeAnswer(++made) });
});
afterAll(async () => {
  await server.close();
  workspace.remove();
});

describe('a run of a plan', () => {
  const opened = useVSCode(() => ({
    workspace: workspace.path,
    extension: { source: root },
    others: [path.join(root, 'test', 'vscode', 'model-provider')],
    settings: {
      // Without it VS Code offers no language model to anybody.
      'chat.disableAIFeatures': false,
      'fictitiousModels.url': server.url,
      'patentLab.generation.endpoints': [{ name: 'Test server', url: server.url, structured: true }],
    },
  }));
  const workbench = () => opened().workbench;
  const panel = () => workbench().panelWebview;
  const dialog = () => workbench().page.locator('.monaco-dialog-box');
  const send = () => dialog().getByRole('button', { name: 'Send', exact: true }).click();
  const inState = (state: string) => panel().locator(`body[data-state="${state}"]`).waitFor();
  const press = (name: string | RegExp) => panel().getByRole('button', { name, exact: true }).click();

  const run = async (name: string): Promise<void> => {
    await workbench().openFile(`synthetic/${name}.generation.json`);
    await workbench().run('Patent Lab: Run Generation Plan');
    await dialog().getByText('Send text to').waitFor();
  };

  const documents = async (name: string): Promise<readonly Record<string, unknown>[]> => {
    const text = await readFile(path.join(opened().workspace, 'synthetic', `${name}.jsonl`), 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };

  test('goes through a language model of another extension', async () => {
    // The palette knows the commands as soon as the extension is there.
    await workbench().statusBarItem('Patent Lab').waitFor();
    await run('by-editor');
    await dialog().getByText('VS Code passes it on to the provider of the model').waitFor();
    await workbench().screenshot('generation-editor-consent');
    expect(server.requests.length).toBe(0);
    await send();
    await workbench().notification('3 of 3 documents written').waitFor();
    const written = await documents('by-editor');
    expect(written.map(({ provenance }) => provenance)).toEqual(
      Array.from({ length: 3 }, () =>
        expect.objectContaining({
          client: 'editor',
          model: EDITOR.model,
          // VS Code does not say why an answer ended; the provider counts tokens.
          finish: 'unknown',
          tokens: { prompt: expect.any(Number) as number, completion: expect.any(Number) as number },
        }),
      ),
    );
    const [request] = server.requests;
    expect(request).toMatchObject({ temperature: 0.9, max_tokens: 1500, seed: expect.any(Number) as number });
    expect(request?.messages.map(({ role }) => role)).toEqual(['user', 'user']);
  });

  test('stops with the reason at each of VS Code’s errors, and goes on where it was', async () => {
    const answered = server.answered;
    server.fail({ kind: 'status', status: 401 });
    await run('failing');
    await send();
    for (const [said, status] of [
      ['The use of fictitious/fictitious-writer was declined.', 403],
      ['fictitious/fictitious-writer may not be used here: Told to fail with 403.', 404],
      ['The editor has no model fictitious/fictitious-writer any more.', undefined],
    ] as const) {
      await inState('stopped');
      await panel().locator('.run-title', { hasText: said }).waitFor();
      expect(server.answered).toBe(answered);
      if (status !== undefined) server.fail({ kind: 'status', status });
      // A connection that breaks in the middle of an answer: the request is repeated, the half answer is not used.
      else server.fail({ kind: 'cut', pieces: 4 });
      await press('Resume');
      await send();
    }
    await workbench().notification('2 of 2 documents written').waitFor();
    expect(await documents('failing')).toHaveLength(2);
    expect(server.answered).toBe(answered + 2);
  });

  test.each(['stopped-editor', 'stopped-server'])(
    '%s: ends at once, and asks for the rest alone',
    async (name) => {
      const { answered, abandoned } = server;
      await run(name);
      await send();
      await inState('asking');
      expect(server.answered).toBe(answered + 3);
      server.fail({ kind: 'silent' }, { kind: 'silent' });
      const asked = server.requests.length;
      await press('Write 4 more');
      await expect.poll(() => server.requests.length).toBe(asked + 2);
      const begun = performance.now();
      await press('Stop');
      // The server says nothing for ever: only a client that lets go of it ends here.
      await inState('stopped');
      console.log(
        `${name}: ${Math.round(performance.now() - begun)} ms from the click until the view says so`,
      );
      await expect.poll(() => server.abandoned).toBe(abandoned + 2);
      const kept = await documents(name);
      expect(kept).toHaveLength(3);

      await press('Resume');
      await send();
      await expect.poll(async () => (await documents(name)).length).toBe(7);
      await inState('idle');
      const all = await documents(name);
      expect(all.slice(0, 3)).toEqual(kept);
      expect(new Set(all.map(({ id }) => id)).size).toBe(7);
      // The two that never came are asked for once more; nothing that came is.
      expect(server.requests.length).toBe(asked + 2 + 4);
      expect(server.answered).toBe(answered + 7);
    },
  );

  test('nothing was asked of the outside, and nothing went wrong', () => {
    const { traffic } = opened();
    expect(traffic.outsideHosts).toEqual([]);
    // VS Code notes what the provider threw, as it was told to.
    const others = traffic.errors.filter((error) => !error.includes('extension request ERRORED in STREAM'));
    expect(others).toEqual([]);
  });
});
