/**
 * The numerics check as a person runs it: an ONNX file that was broken on purpose is caught, a provider that is not there
 * is named, the report is exported and found again in the Runs view. The documents are fictitious and written for this test.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { brokenModel } from '../src/engine/numerics/testing/broken-models.ts';
import { useVSCode } from './vscode/use.ts';
import { THEMES } from './vscode/workbench.ts';

const ENCODER = path.join(root, 'encoders', 'all-MiniLM-L6-v2-int8');

const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-numerics-'));
const workspace = path.join(folder, 'aids');
mkdirSync(path.join(workspace, 'corpus'), { recursive: true });
cpSync(
  path.join(root, 'samples', 'corpus', 'daily-life.jsonl'),
  path.join(workspace, 'corpus', 'daily-life.jsonl'),
);
writeFileSync(path.join(workspace, 'patent-lab.json'), '{}\n');
cpSync(path.join(root, 'samples', 'taxonomy.json'), path.join(workspace, 'taxonomy.json'));
writeFileSync(
  path.join(workspace, 'broken.onnx'),
  brokenModel(readFileSync(path.join(ENCODER, 'model.onnx')), 'overflow'),
);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('checking numerics', () => {
  const opened = useVSCode({ workspace, extension: { source: root } });
  const workbench = () => opened().workbench;
  const page = (): Page => workbench().page;
  const panel = (): FrameLocator => workbench().panelWebview;
  const row = (text: string): Locator =>
    page().locator('.quick-input-list .monaco-list-row', { hasText: text }).first();

  test('the command lists what can be checked, and says of each provider whether it is here', async () => {
    await workbench().statusBarItem('Patent Lab').waitFor();
    await workbench().run('Patent Lab: Check Numerics');
    await row('An ONNX file').waitFor();
    await row('DirectML').getByText('Not here: it is a part of Windows').waitFor();
    await row('CUDA').waitFor();
    await workbench().screenshot('numerics-pick');
  });

  test('a provider that is not there is named, and nothing else happens', async () => {
    await row('DirectML').click();
    await panel().getByText('DirectML cannot be used here: it is a part of Windows.').waitFor();
    await workbench().run('View: Close Editor');
  });

  test('a model that overflows is caught', async () => {
    await workbench().run('Patent Lab: Check Numerics');
    await row('An ONNX file').click();
    // The dialog fills its input by itself when it is there; its list comes after that.
    await row('broken.onnx').click();
    await panel().locator('.numerics-verdict', { hasText: 'Collapsed' }).waitFor();
    await panel().getByText('numbers that are none (NaN)').first().waitFor();
    await workbench().screenshot('numerics-collapsed');
    await opened().configure({ 'workbench.colorTheme': THEMES.light });
    await workbench().waitForTheme('light');
    await workbench().screenshot('numerics-collapsed-light');
    const [run = ''] = await readdir(path.join(opened().workspace, '.patent-lab', 'runs'));
    expect(run).toMatch(/^numerics-/);
    const report = JSON.parse(
      await readFile(path.join(opened().workspace, '.patent-lab', 'runs', run, 'report.json'), 'utf8'),
    ) as { verdict: string };
    expect(report.verdict).toBe('collapsed');
  });

  test('the report exports', async () => {
    await panel().getByText('Markdown', { exact: true }).click();
    await workbench().quickInput.locator('input.input').waitFor();
    await page().keyboard.press('Enter');
    const exported = path.join(opened().workspace, 'numerics.md');
    await expect.poll(() => readFile(exported, 'utf8').catch(() => '')).toContain('# Numerics of');
    // The next command's input must not be opened into the one that is closing.
    await workbench().quickInput.waitFor({ state: 'hidden' });
  });

  test('it is found again in the Runs view', async () => {
    await workbench().run('Patent Lab: Show Runs');
    const runs = page().locator('.pane', { hasText: 'Runs' }).locator('.monaco-list-row');
    await runs.filter({ hasText: 'Numerics checks' }).waitFor();
    await workbench().screenshot('numerics-runs');
  });
});
