/** Throw-away review. */
import { readdirSync, existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { useVSCode } from './vscode/use.ts';

const workspace = path.join(root, 'samples');

describe('review', () => {
  const opened = useVSCode({ workspace, trained: true, extension: { source: root } });
  const wb = () => opened().workbench;
  const page = () => wb().page;
  const squiggleCount = async () => {
    const out: Record<string, number> = {};
    for (const k of ['error', 'warning', 'info', 'hint'] as const) out[k] = await wb().squiggles(k).count();
    return out;
  };

  test('sample patent', async () => {
    await wb().openFile('patents/US99000002B2.xml');
    await page().waitForTimeout(5000);
    console.log('squiggles', await squiggleCount());
    const rows = await wb().problems();
    await page().waitForTimeout(2000);
    console.log('problems', await rows.count(), (await rows.allTextContents()).slice(0, 12));
    await wb().screenshot('zz-sample-dark');
    console.log('explorer/scm deco', await page().locator('.explorer-folders-view .monaco-list-row').allTextContents());
  });

  test('tab and compare', async () => {
    await wb().run('Patent Lab: Show Patent View');
    const view = wb().viewWebview;
    await view.getByRole('tab', { name: /Leakage/ }).click();
    await page().waitForTimeout(2000);
    await wb().screenshot('zz-tab-dark');
    await view.getByRole('button', { name: /Compare/ }).first().click();
    await page().waitForTimeout(15000);
    await view.locator('.leakage-audit').scrollIntoViewIfNeeded();
    await wb().screenshot('zz-compare-dark');
  });

  test('audit', async () => {
    await wb().run('View: Close Panel');
    await wb().run('Patent Lab: Audit Corpus for Leakage');
    await page().waitForTimeout(1500);
    await wb().screenshot('zz-audit-running');
    await wb().panelWebview.locator('body[data-state="report"]').waitFor({ timeout: 170_000 });
    await page().waitForTimeout(1000);
    await wb().screenshot('zz-audit-dark');
    console.log((await wb().panelWebview.locator('body').innerText()).slice(0, 9000));
    await opened().configure({ 'workbench.colorTheme': 'Light Modern' });
    await wb().waitForTheme('light');
    await page().waitForTimeout(1000);
    await wb().screenshot('zz-audit-light');
    for (const [i, y] of [900, 1800, 2700, 3600].entries()) {
      await wb().panelWebview.locator('body').evaluate((_, top) => window.scrollTo(0, top), y);
      await page().waitForTimeout(400);
      await wb().screenshot(`zz-audit-light-${i}`);
    }
    console.log(readdirSync(path.join(opened().workspace, '.patent-lab', 'runs')));
  });

  test('export', async () => {
    for (const [button, file] of [['Markdown', 'leakage-audit.md'], ['CSV', 'leakage-audit.csv']] as const) {
      await wb().panelWebview.getByRole('button', { name: button, exact: true }).click();
      await wb().quickInput.locator('input.input').waitFor();
      console.log('save as', await wb().quickInput.locator('input.input').inputValue());
      await page().keyboard.press('Enter');
      await expect.poll(() => existsSync(path.join(opened().workspace, file)), { timeout: 15000 }).toBe(true);
    }
  });

  test('hover with figures', async () => {
    await wb().openFile('corpus/senses.jsonl');
    await page().waitForTimeout(4000);
    console.log('squiggles senses', await squiggleCount());
    await wb().screenshot('zz-senses-light');
    const rows = await wb().problems();
    console.log('problems', await rows.count(), (await rows.allTextContents()).slice(0, 12));
    const w = page().locator('.part.editor .view-lines [class*="ced-"]').first();
    await w.hover();
    await page().locator('.monaco-hover').first().waitFor({ timeout: 10000 });
    await page().waitForTimeout(1500);
    await wb().screenshot('zz-hover-light');
    console.log((await page().locator('.monaco-hover').allTextContents()).join(' | '));
  });
});
