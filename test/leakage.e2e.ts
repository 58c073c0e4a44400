/**
 * Leakage warnings as a person meets them: squiggles and problems while reading and typing, quick fixes with one undo,
 * and the Leakage tab. The patents and the taxonomy are fictitious and written for this test.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { useVSCode } from './vscode/use.ts';

const TAXONOMY = `{
  "name": "Lifting and rolling (fictitious)",
  "labels": [
    { "id": "powered-chair", "name": "Powered wheelchair", "keywords": ["joystick"] },
    { "id": "hoist", "name": "Patient hoist" }
  ]
}
`;

const PATENT = `TITLE
Seat with a drive (fictitious)

ABSTRACT
A powered wheelchair with two motors is described.

CLAIMS
1. A seat on four wheels.

2. The seat of claim 1, with brakes.
`;

const RECORD = {
  id: 'XX1',
  title: 'Seat with a drive (fictitious)',
  abstract: 'A powered wheelchair.',
  claims: ['A seat.'],
  labels: ['powered-chair'],
};

const CLAIM =
  'A carrier with a frame, a pair of arms that fold against the frame, a spring that holds the arms, and a hook on each arm.';
const DOUBLES = ['train', 'test'].map((split) => ({
  id: `XX-${split}`,
  title: 'Carrier with folding arms (fictitious)',
  claims: [CLAIM],
  labels: [],
  split,
}));

const NOTES = `# Notes (fictitious)

We like a powered wheelchair and a patient hoist.
`;

const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-leaks-'));
const workspace = path.join(folder, 'leaks');
mkdirSync(path.join(workspace, 'corpus'), { recursive: true });
const files = {
  'taxonomy.json': TAXONOMY,
  'seat.txt': PATENT,
  'records.jsonl': `${JSON.stringify(RECORD)}\n`,
  'notes.md': NOTES,
  'corpus/doubles.jsonl': DOUBLES.map((record) => `${JSON.stringify(record)}\n`).join(''),
  'hidden.txt': PATENT.replace('two motors', 't\u200B\u200Bwo mot\u202Eors'),
};
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(workspace, name), text);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('leakage warnings', () => {
  const opened = useVSCode({ workspace, extension: { source: root } });
  const workbench = () => opened().workbench;
  const page = (): Page => workbench().page;
  const lines = (): Locator => page().locator('.part.editor .view-lines');

  const goTo = async (line: number, column: number): Promise<void> => {
    await page().keyboard.press('Control+G');
    await workbench().quickInput.locator('input.input').fill(`:${line}:${column}`);
    await page().keyboard.press('Enter');
    await workbench().statusBarItem(`Ln ${line}, Col ${column}`).waitFor();
  };
  const fixes = (title: string): Locator =>
    page().locator('.action-widget .monaco-list-row', { hasText: title }).first();
  /** The menu closes when what is marked changes meanwhile, so it may take two goes. */
  const openFixes = (title: string): Promise<void> =>
    vi.waitFor(
      async () => {
        await page().keyboard.press('Escape');
        await page().keyboard.press('Control+.');
        await fixes(title).waitFor({ timeout: 3000 });
      },
      { timeout: 30_000, interval: 200 },
    );
  const quickFix = (title: string): Promise<void> =>
    vi.waitFor(
      async () => {
        await openFixes(title);
        await fixes(title).click({ timeout: 3000 });
      },
      { timeout: 45_000, interval: 200 },
    );

  test('the name of a label is underlined, coloured and listed as a problem', async () => {
    await workbench().openFile('seat.txt');
    await workbench().squiggles('info').first().waitFor();
    const problem = (await workbench().problems()).filter({ hasText: 'the label “Powered wheelchair”' });
    await problem.first().waitFor();
    expect(await problem.first().textContent()).toContain('other-label');
    await lines().locator('[class*="ced-"]', { hasText: 'powered' }).first().waitFor();
    // Highlighted evidence lies in a layer of its own, under the text.
    expect(await page().locator('.part.editor .view-overlays [class*="ced-"]').count()).toBe(0);
    await workbench().screenshot('leak-squiggle');
  });

  test('pointing at it says why it matters', async () => {
    await lines().locator('[class*="ced-"]', { hasText: 'powered' }).first().hover();
    const hover = page().locator('.monaco-hover');
    await hover.getByText('This is the name of the label').first().waitFor();
    await hover.getByText('a classifier may go by them').first().waitFor();
    await workbench().screenshot('leak-hover');
    await page().keyboard.press('Escape');
  });

  test('masking it takes the squiggle away, and one undo brings both back', async () => {
    await lines().first().click();
    await goTo(5, 6);
    await openFixes('Mask “powered wheelchair”');
    await workbench().screenshot('leak-fixes');
    await fixes('Mask “powered wheelchair”').click();
    await lines().getByText('A [MASK] with two motors').waitFor();
    await expect.poll(() => workbench().squiggles('info').count()).toBe(0);
    await page().keyboard.press('Control+Z');
    await lines().getByText('A powered wheelchair with two motors').waitFor();
    await workbench().squiggles('info').first().waitFor();
  });

  test('typing a label’s name is noticed within two seconds', async () => {
    await goTo(8, 26);
    await page().keyboard.insertText(' under a patient hoist');
    const start = performance.now();
    await expect.poll(() => workbench().squiggles('info').count(), { interval: 50 }).toBe(2);
    const taken = performance.now() - start;
    console.log(`noticed after ${taken.toFixed(0)} ms`);
    expect(taken).toBeLessThan(2000);
    await page().keyboard.press('Control+Z');
    await expect.poll(() => workbench().squiggles('info').count()).toBe(1);
  });

  test('the Leakage tab shows it and masks it', async () => {
    await workbench().run('Patent Lab: Show Patent View');
    const view = workbench().viewWebview;
    await view.getByRole('tab', { name: /Leakage/ }).click();
    await view.getByText('powered wheelchair').first().waitFor();
    await workbench().screenshot('leak-tab');
    await view.getByText('Mask all').first().click();
    await lines().getByText('A [MASK] with two motors').waitFor();
    await lines().first().click();
    await page().keyboard.press('Control+Z');
    await workbench().squiggles('info').first().waitFor();
  });

  test('a term that is allowed is no leak any more', async () => {
    await lines().first().click();
    await goTo(5, 6);
    await quickFix('Allow “Powered wheelchair” for “Powered wheelchair”');
    await expect.poll(() => workbench().squiggles('info').count()).toBe(0);
    // The editor follows the edit before the file is saved.
    await expect
      .poll(() => readFile(path.join(opened().workspace, 'taxonomy.json'), 'utf8'))
      .toBe(TAXONOMY.replace('["joystick"] }', '["joystick"], "allow": ["Powered wheelchair"] }'));
  });

  test('hidden characters are found and taken out', async () => {
    await workbench().openFile('hidden.txt');
    const problems = await workbench().problems();
    await problems.filter({ hasText: 'Characters stand here that are not seen' }).first().waitFor();
    await lines().first().click();
    await goTo(5, 28);
    await quickFix('Remove all hidden characters in this patent (2)');
    await problems.filter({ hasText: 'hidden-text' }).first().waitFor({ state: 'hidden' });
    await lines().getByText('with two motors is').waitFor();
  });

  test('a file that is no patent has none', async () => {
    await workbench().openFile('notes.md');
    await lines().getByText('We like a powered wheelchair').waitFor();
    await page().waitForTimeout(1500);
    expect(await workbench().squiggles('info').count()).toBe(0);
  });

  test('in a corpus the document’s own label is a warning, which goes when the file is closed', async () => {
    await workbench().openFile('taxonomy.json');
    await lines().getByText('"labels"').waitFor();
    await page().keyboard.press('Control+Z');
    await lines().getByText('"allow"').waitFor({ state: 'hidden' });
    await workbench().openFile('records.jsonl');
    await workbench().squiggles('warning').first().waitFor();
    const problems = await workbench().problems();
    await problems.filter({ hasText: 'the document’s own label “Powered wheelchair”' }).first().waitFor();
    await workbench().screenshot('leak-record');
    await workbench().run('View: Close Editor');
    await problems.filter({ hasText: 'assigned-label' }).first().waitFor({ state: 'hidden' });
  });

  test('a document on both sides of the split leads to its double and can be moved', async () => {
    await workbench().openFile('corpus/doubles.jsonl');
    const problems = await workbench().problems();
    const contaminated = problems.filter({ hasText: 'on the other side of the split' });
    await contaminated.first().waitFor();
    await expect.poll(() => contaminated.count()).toBe(2);
    await workbench().screenshot('leak-doubles');
    await lines().first().click();
    await goTo(2, 80);
    await quickFix('Move XX-test to the split “train”');
    await lines().getByText('"split":"train"').nth(1).waitFor();
    await expect.poll(() => contaminated.count()).toBe(0);
  });

  test('the setting takes the marks away', async () => {
    await workbench().openFile('records.jsonl');
    await workbench().squiggles('warning').first().waitFor();
    await opened().configure({ 'patentLab.leakage': 'off' });
    await expect.poll(() => workbench().squiggles('warning').count()).toBe(0);
  });
});

describe('in a workspace that is not trusted', () => {
  const opened = useVSCode({
    workspace,
    extension: { source: root },
    trust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
  });

  test('leaks are marked, and no engine is started for it', async () => {
    await opened().workbench.openFile('records.jsonl');
    await opened().workbench.squiggles('warning').first().waitFor();
    await opened().workbench.page.waitForTimeout(1500);
    expect(await opened().workbench.statusBarItem('all-MiniLM').count()).toBe(0);
    await opened().workbench.screenshot('leak-untrusted');
  });
});
