/**
 * Synthetic patents as a person meets them: from the palette through the choices and the consent to three samples, the
 * rest, and the review by keyboard, until the accepted ones count. The server is a real one with given answers; the
 * taxonomy and all documents are fictitious.
 */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { startChatServer, type ChatServer } from '../src/engine/generation/testing/chat-server.ts';
import { madeAnswer } from '../src/engine/generation/testing/documents.ts';
import { generationWorkspace } from './vscode/generation-workspace.ts';
import { useVSCode } from './vscode/use.ts';

const workspace = generationWorkspace();

/** A form that is not chosen by itself. */
const FORM = 'Problem and solution';

let server: ChatServer;
beforeAll(async () => {
  server = await startChatServer({
    models: ['fictitious-writer'],
    // The second answer is no document, which the checks have to notice.
    reply: (_, served) =>
      served === 1 ? 'I am sorry, but I cannot help with that.' : madeAnswer(served + 1),
    delay: 60,
  });
});
afterAll(async () => {
  await server.close();
  workspace.remove();
});

describe('from the palette to documents that count', () => {
  const opened = useVSCode(() => ({
    workspace: workspace.path,
    extension: { source: root },
    settings: {
      'patentLab.targetCount': 6,
      'patentLab.generation.endpoints': [
        { name: 'Test server', url: server.url, models: ['fictitious-writer'], structured: true },
      ],
    },
  }));
  const workbench = () => opened().workbench;
  const page = () => workbench().page;
  const panel = () => workbench().panelWebview;
  const step = async (placeholder: string): Promise<void> => {
    await page().locator(`.quick-input-widget input[placeholder*="${placeholder}"]`).waitFor();
  };

  const isChecked = async (row: string): Promise<boolean> =>
    (await workbench().quickRows(row).first().getAttribute('aria-checked')) === 'true';

  const toModels = async (): Promise<void> => {
    await workbench().run('Patent Lab: Generate Synthetic Patents');
    await step('Labels to write documents for');
    await expect.poll(() => workbench().quickRows().count()).toBe(3);
    await workbench().screenshot('generation-labels');
    await page().keyboard.press('Enter');
    await step('What is written?');
    await page().keyboard.press('Enter');
    await step('In which form?');
    // There and back again: what was chosen stays.
    await page().locator('.quick-input-titlebar .codicon-quick-input-back').click();
    await step('What is written?');
    await page().keyboard.press('Enter');
    await step('In which form?');
    if (!(await isChecked(FORM))) await workbench().pick(FORM);
    await expect.poll(() => isChecked(FORM)).toBe(true);
    await page().keyboard.press('Enter');
    await step('What does the model learn');
    await page().keyboard.press('Enter');
    await step('Which model writes?');
  };

  test('the choices lead to a plan, the plan to a question before anything is sent', async () => {
    // The palette knows the command as soon as the extension is there.
    await workbench().statusBarItem('Patent Lab').waitFor();
    // VS Code in the browser may read the machine's settings after the window is there: then the server is not listed yet.
    for (let attempt = 0; attempt < 4; attempt++) {
      await toModels();
      const listed = await workbench()
        .quickRows()
        .filter({ hasText: 'fictitious-writer' })
        .first()
        .waitFor({ timeout: 5000 })
        .then(
          () => true,
          () => false,
        );
      if (listed) break;
      await page().keyboard.press('Escape');
    }
    await workbench().screenshot('generation-models');
    await workbench().pick('fictitious-writer');
    await step('How many?');
    await page().keyboard.press('Enter');
    await step('The plan is kept as a file');
    await workbench().screenshot('generation-plan');
    await workbench().pick('Write 3 samples first');
    const dialog = page().locator('.monaco-dialog-box');
    await dialog.getByText('fictitious-writer at').waitFor();
    await dialog.getByText('without their names').waitFor();
    await workbench().screenshot('generation-consent');
    expect(server.requests.length).toBe(0);
    await dialog.getByRole('button', { name: 'Send', exact: true }).click();
  });

  test('three samples come first, then the rest', async () => {
    await panel().locator('body[data-state="asking"]').waitFor();
    await expect.poll(() => panel().locator('.output-row:not(.invalid)').count()).toBeGreaterThanOrEqual(2);
    await panel().locator('.output-column .patent-title').waitFor();
    await workbench().screenshot('generation-samples');
    const asked = server.requests.length;
    await page().waitForTimeout(300);
    expect(server.requests.length).toBe(asked);
    await panel()
      .getByRole('button', { name: /Write \d more/ })
      .click();
    await panel().locator('body[data-state="idle"]').waitFor();
    await workbench().notification('documents written').waitFor();
    expect(server.requests.length).toBeGreaterThan(asked);
  });

  test('a refused answer is there with its reason', async () => {
    await panel().locator('.output-row.invalid').first().click();
    await panel().locator('.kept-text', { hasText: 'I am sorry, but I cannot help with that.' }).waitFor();
    await workbench().screenshot('generation-refused');
  });

  test('the review by keyboard makes documents count', async () => {
    const list = panel().getByRole('listbox');
    // The last answers come into the list a moment after the run has ended.
    await expect.poll(() => panel().locator('.output-row').count()).toBe(server.requests.length);
    await list.focus();
    await page().keyboard.press('Home');
    await panel().locator('.output-column .patent-title').waitFor();
    await workbench().screenshot('generation-review');
    const count = await panel().locator('.output-row:not(.invalid)').count();
    await page().keyboard.press('r');
    await panel().locator('.output-row.rejected').waitFor();
    await page().keyboard.press('u');
    await panel().locator('.output-row.rejected').waitFor({ state: 'detached' });
    for (let at = 0; at < count; at++) await page().keyboard.press('a');
    await expect.poll(() => panel().locator('.output-row.accepted').count()).toBe(count);

    const synthetic = path.join(opened().workspace, 'synthetic');
    const plans = (await readdir(synthetic)).filter((name) => name.endsWith('.generation.json'));
    expect(plans.length).toBe(1);
    // The list is ahead of the file, which the engine writes.
    const accepted = async (): Promise<number> =>
      (await readFile(path.join(synthetic, 'review.jsonl'), 'utf8')).split('"accepted"').length - 1;
    await expect.poll(accepted).toBe(count);

    await workbench().run('Patent Lab: Show Taxonomy');
    const row = page().locator('.pane-body .monaco-list-row', { hasText: 'Steady spoons' });
    await expect.poll(() => row.locator('.label-description').textContent()).toBe('6');
    await workbench().screenshot('generation-counted');
  });

  test('the next plan begins with the last choices', async () => {
    await workbench().run('Patent Lab: Generate Synthetic Patents');
    await step('Labels to write documents for');
    await page().keyboard.press('Enter');
    await step('What is written?');
    await page().keyboard.press('Enter');
    await step('In which form?');
    expect(await isChecked(FORM)).toBe(true);
    await page().keyboard.press('Escape');
  });

  test('nothing was asked of the outside, and nothing went wrong', () => {
    const { traffic } = opened();
    expect(traffic.outsideHosts).toEqual([]);
    expect(traffic.errors).toEqual([]);
  });
});
