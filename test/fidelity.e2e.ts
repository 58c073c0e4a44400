/**
 * Synthetic documents as a person judges them: the lines above their records, the report with its map, dropping one
 * that copies, and the Fidelity tab. All documents are fictitious.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { writeFidelityWorkspace } from './vscode/fidelity-workspace.ts';
import { useVSCode } from './vscode/use.ts';
import { THEMES } from './vscode/workbench.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-fidelity-'));
const workspace = writeFidelityWorkspace(folder);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('fidelity', () => {
  const opened = useVSCode({
    workspace,
    extension: { source: root },
    settings: { 'workbench.colorTheme': THEMES.light },
  });
  const workbench = () => opened().workbench;
  const page = (): Page => workbench().page;
  const report = () => workbench().panelWebview;
  const lens = (text: string | RegExp): Locator =>
    page().locator('.part.editor .codelens-decoration a', { hasText: text });
  const verdicts = async (): Promise<readonly unknown[]> => {
    const file = path.join(opened().workspace, 'synthetic', 'review.jsonl');
    const text = await readFile(file, 'utf8').catch(() => '');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const { id, verdict } = JSON.parse(line) as { id: string; verdict: string | null };
        return [id, verdict];
      });
  };

  const last = async (): Promise<unknown> => (await verdicts()).at(-1);

  test('a record is accepted from the line above it, and that is taken back', async () => {
    await workbench().openFile('synthetic/made.jsonl');
    await lens('Score fidelity').first().waitFor();
    await lens(/^Accept$/)
      .first()
      .click();
    // The engine starts with the first verdict.
    await lens('Accepted').first().waitFor();
    await expect.poll(last, { timeout: 60_000 }).toEqual(['MADE-01', 'accepted']);
    await lens('Accepted').first().click();
    await expect.poll(last).toEqual(['MADE-01', null]);
  });

  test('scoring the file shows the report', async () => {
    await workbench().chooseInExplorer('Score Fidelity', 'synthetic/made.jsonl');
    await report().locator('body[data-state="report"]').waitFor({ timeout: 120_000 });
    const rows = report().locator('.score-table tbody tr');
    await rows.filter({ hasText: 'MMD²' }).waitFor();
    await rows.filter({ hasText: 'Documents that copy' }).filter({ hasText: '2' }).waitFor();
    await workbench().screenshot('fidelity-report');
  });

  test('a document of the map is told of and opened', async () => {
    const surface = report().locator('.map-surface');
    await surface.scrollIntoViewIfNeeded();
    await surface.focus();
    await page().keyboard.press('End');
    const card = report().locator('.map-card');
    await card.getByText('MADE-').first().waitFor();
    await card.locator('.map-card-text').waitFor();
    await workbench().screenshot('fidelity-map');
    const ring = await report().locator('.map-current').boundingBox();
    if (!ring) throw new Error('the point in front has no ring');
    await page().mouse.click(ring.x + ring.width / 2, ring.y + ring.height / 2);
    await workbench().activeTab('made.jsonl').waitFor();
  });

  test('a document that copies is dropped, and that is taken back', async () => {
    await workbench().run('Patent Lab: Score Fidelity');
    await report().locator('body[data-state="report"]').waitFor({ timeout: 120_000 });
    const row = report().locator('[data-document="MADE-13"]');
    await row.getByText('A conveyance for a seated person').first().waitFor();
    await row.getByText('Drop', { exact: true }).click();
    await expect.poll(last).toEqual(['MADE-13', 'rejected']);
    await row.getByText('dropped').first().waitFor();
    await workbench().screenshot('fidelity-dropped');
    await report().locator('.drop-bar').getByText('Undo').click();
    await expect.poll(last).toEqual(['MADE-13', null]);
    await row.getByText('Drop', { exact: true }).waitFor();
  });

  test('the line above a record says what was measured and leads to the tab', async () => {
    await workbench().openFile('synthetic/made.jsonl');
    await page().locator('.part.editor .view-lines').first().click();
    await page().keyboard.press('Control+G');
    await workbench().answer(':13');
    await lens(/nearest real 0\.\d\d · copies 30 words/)
      .first()
      .waitFor();
    await workbench().screenshot('fidelity-lens');
    await lens(/copies 30 words/)
      .first()
      .click();
    const view = workbench().viewWebview;
    await view.getByText('It holds a long run of words of a real document.').waitFor({ timeout: 60_000 });
    await view.getByText('A conveyance for a seated person').first().waitFor();
    await workbench().screenshot('fidelity-tab');
    await view.getByText('show in the real one').first().click();
    await workbench().activeTab('real.jsonl').waitFor();
    await view.getByText('This document is real').waitFor();
  });

  test('the setting takes the lines away', async () => {
    await workbench().openFile('synthetic/made.jsonl');
    await lens(/^Accept$/)
      .first()
      .waitFor();
    await opened().configure({ 'patentLab.syntheticLens': false });
    await expect.poll(() => lens(/^Accept$/).count()).toBe(0);
  });
});
