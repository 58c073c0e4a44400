import { cpSync, mkdtempSync, rmSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { useVSCode } from './vscode/use.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-samples-'));
const vscode = useVSCode(() => {
  cpSync(path.join(root, 'samples'), path.join(folder, 'samples'), {
    recursive: true,
    filter: (file) => !file.includes('.patent-lab'),
  });
  return {
    workspace: path.join(folder, 'samples'),
    extension: { source: root },
    settings: { 'window.autoDetectColorScheme': false },
  };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('explores', async () => {
  const { workbench, traffic, workspace } = vscode();
  const { page } = workbench;
  const view = workbench.viewWebview;
  page.setDefaultTimeout(90000);
  await vscode().configure({ 'workbench.colorTheme': 'Dark 2026' });
  await workbench.chooseInExplorer('Classify Patent', 'patents/US99000002B2.xml');
  await page.waitForTimeout(5000);
  await workbench.run('Notifications: Show Notifications');
  const train = page.locator('.notifications-center').getByRole('button', { name: 'Train Now' });
  await train.waitFor();
  await workbench.screenshot('x1');
  await train.click();
  await page.waitForTimeout(1500);
  await workbench.screenshot('x2');
  await view.locator('body[data-state="classified"]').waitFor();
  await page.waitForTimeout(500);
  await workbench.screenshot('x3');
  await view.locator('[data-label]').first().locator('.label-line').click();
  await page.waitForTimeout(1000);
  await workbench.screenshot('x4');
  await view.getByRole('button', { name: /^Accept Hearing aids/ }).click();
  await page.waitForTimeout(1500);
  await workbench.screenshot('x5');
  console.log(readFileSync(path.join(workspace, 'labels.jsonl'), 'utf8'));
  await workbench.run('Patent Lab: Show Taxonomy');
  await page.waitForTimeout(1500);
  await workbench.screenshot('x6');
  await workbench.page.keyboard.press('Control+Shift+E');
  await workbench.chooseInExplorer('Classify Folder', 'patents');
  await page.waitForTimeout(6000);
  await workbench.screenshot('x7');
  await workbench.run('Patent Lab: Open Classifier Card');
  await page.waitForTimeout(3000);
  await workbench.screenshot('x8');
  await workbench.openFile('corpus/mobility.jsonl');
  await page.waitForTimeout(1000);
  await workbench.run('Patent Lab: Classify Patent');
  await page.waitForTimeout(3000);
  await workbench.screenshot('x9');
  console.log(traffic.errors, traffic.outsideHosts);
  expect(1).toBe(1);
});
