/**
 * Does synthetic data help, as a person asks it: the plan's estimate, the run, the verdict, its export, and the run found
 * again in the Runs view. The documents are fictitious and written for this test.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { useVSCode } from './vscode/use.ts';
import { THEMES } from './vscode/workbench.ts';

/** What the documents of each label speak of; some words belong to two of them. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'Rolling seats': ['wheel', 'seat', 'axle', 'caster', 'brake', 'footrest', 'motor', 'joystick'],
  'Ear devices': ['microphone', 'ear', 'receiver', 'amplifier', 'battery', 'dome', 'filter', 'strap'],
  'Walking sticks': ['cane', 'handle', 'tip', 'shaft', 'grip', 'rubber', 'strap', 'brake'],
  'Patient hoists': ['hoist', 'sling', 'boom', 'actuator', 'spreader', 'caster', 'handle', 'motor'],
  'Stair lifts': ['rail', 'carriage', 'seat', 'stair', 'gear', 'charger', 'battery', 'footrest'],
  'Reading aids': ['lens', 'camera', 'screen', 'magnifier', 'lamp', 'stand', 'filter', 'gear'],
};
const FILLER =
  'a the with under held by between near of which turns and rests on an element for a user in at least one'.split(
    ' ',
  );
const LABELS = Object.keys(WORDS);

let state = 41;
const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? '';

/** Words of the label among words of none, so that no two documents are alike. */
const text = (label: string, words: number): string =>
  Array.from({ length: words }, () => pick(random() < 0.14 ? (WORDS[label] ?? []) : FILLER)).join(' ');

const idOf = (name: string): string => name.toLowerCase().replace(' ', '-');

const records = (prefix: string, each: number, more: object): string =>
  LABELS.flatMap((label) =>
    Array.from({ length: each }, (_, at) => ({
      id: `XX-${prefix}-${idOf(label)}-${at}`,
      title: `${text(label, 5)} (fictitious)`,
      abstract: text(label, 45),
      labels: [idOf(label)],
      ...more,
    })),
  )
    .map((record) => `${JSON.stringify(record)}\n`)
    .join('');

const MADE = { kind: 'synthetic', strategy: 'conditioned', model: 'none (fictitious)' };
const PLAN = {
  name: 'Tiny study',
  regimes: [24, '100%'],
  arms: ['real-only', 'step-matched', 'duplicate-to-match', 'focal', 'augmented', 'mix'],
  schedules: ['fixed-epochs', 'convergence'],
  seeds: 2,
  epochs: 6,
  mixShares: [0, 0.5, 1],
  resamples: 200,
};

const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-study-'));
const workspace = path.join(folder, 'aids');
for (const name of ['corpus', 'synthetic']) mkdirSync(path.join(workspace, name), { recursive: true });
const files = {
  'patent-lab.json': '{\n  "syntheticUse": "none"\n}\n',
  'taxonomy.json': JSON.stringify({
    name: 'Aids (fictitious)',
    labels: LABELS.map((name) => ({ id: idOf(name), name })),
  }),
  'corpus/train.jsonl': records('train', 10, { split: 'train' }),
  'corpus/test.jsonl': records('test', 7, { split: 'test' }),
  'synthetic/made.jsonl': records('made', 12, { provenance: MADE }),
  'tiny.study.json': `${JSON.stringify(PLAN, undefined, 2)}\n`,
  // Long enough to be stopped.
  'long.study.json': `${JSON.stringify({ ...PLAN, name: 'Long study', seeds: 12 }, undefined, 2)}\n`,
};
for (const [name, content] of Object.entries(files)) writeFileSync(path.join(workspace, name), content);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('does synthetic data help?', () => {
  const opened = useVSCode({ workspace, extension: { source: root } });
  const workbench = () => opened().workbench;
  const page = (): Page => workbench().page;
  const panel = (): FrameLocator => workbench().panelWebview;
  const runs = (): Locator => page().locator('.pane', { hasText: 'Runs' }).locator('.monaco-list-row');
  const reports = () => readdir(path.join(opened().workspace, '.patent-lab', 'runs'));
  /** Trainings that the run in progress has kept. */
  const fitted = async (): Promise<number> => {
    const folder = path.join(opened().workspace, '.patent-lab', 'runs');
    const [run = ''] = await readdir(folder).catch(() => []);
    return (await readdir(path.join(folder, run, 'fits')).catch(() => [])).length;
  };

  test('the command tells what a run would take, and writes the plan to be edited', async () => {
    // The palette knows the command once the extension is there.
    await workbench().statusBarItem('Patent Lab').waitFor();
    await workbench().run('Patent Lab: Does Synthetic Data Help');
    await panel().getByText('2 regimes').waitFor();
    await panel().getByText('By the default plan.').waitFor();
    await workbench().screenshot('study-estimate');
    await panel().getByText('Edit plan').click();
    await workbench().activeTab('synthetic.study.json').waitFor();
    const plan = JSON.parse(
      await readFile(path.join(opened().workspace, 'synthetic.study.json'), 'utf8'),
    ) as {
      seeds: number;
    };
    expect(plan.seeds).toBe(5);
    await workbench().run('View: Close Editor');
  });

  test('a plan is run from the explorer, and the verdict shows', async () => {
    await workbench().chooseInExplorer('Does Synthetic Data Help?', 'tiny.study.json');
    await panel().getByText('2 regimes × 8 arms × 2 seeds').waitFor();
    await panel().getByText('By tiny.study.json.').waitFor();
    await panel().getByText('Run', { exact: true }).click();
    await panel().locator('.answer-verdict').waitFor();
    expect(await panel().locator('.matrix-cell').count()).toBe(8);
    await workbench().screenshot('study-verdict');
    await panel().locator('[data-at="1,3"]').click();
    await panel().getByText('All 60 real, to convergence, tuned threshold').first().waitFor();
    expect(await panel().locator('.figure-table').first().locator('tbody tr').count()).toBe(5);
    await panel().getByText('What mix is best?').waitFor();
    await panel().getByText('How this was made').click();
    await panel().getByText('corpus/train.jsonl').waitFor();
  });

  test('the report exports', async () => {
    await panel().getByText('Markdown', { exact: true }).click();
    await workbench().quickInput.locator('input.input').waitFor();
    await page().keyboard.press('Enter');
    const exported = path.join(opened().workspace, 'synthetic-data-study.md');
    await expect.poll(() => readFile(exported, 'utf8').catch(() => '')).toContain('Tiny study');
    await panel().getByText('SVG', { exact: true }).first().click();
    await workbench().quickInput.locator('input.input').waitFor();
    await page().keyboard.press('Enter');
    const chart = path.join(opened().workspace, 'study-waterfall.svg');
    await expect.poll(() => readFile(chart, 'utf8').catch(() => '')).toMatch(/^<svg /);
    // The next command's input must not be opened into the one that is closing.
    await workbench().quickInput.waitFor({ state: 'hidden' });
  });

  test('the Runs view lists it, opens it again and deletes it', async () => {
    const tab = page().locator('.part.editor .tab', { hasText: 'Does Synthetic Data Help?' });
    await tab.click({ button: 'middle' });
    await tab.waitFor({ state: 'hidden' });
    await workbench().run('Patent Lab: Show Runs');
    await runs().filter({ hasText: 'Studies of synthetic data' }).waitFor();
    expect(await reports()).toHaveLength(1);
    await runs().nth(1).click();
    await panel().locator('.answer-verdict').waitFor();
    await panel().getByText('This report is of').waitFor();
    await workbench().run('Notifications: Clear All Notifications');
    await opened().configure({ 'workbench.colorTheme': THEMES.light });
    await workbench().waitForTheme('light');
    await workbench().screenshot('study-light');
    await runs().nth(1).click({ button: 'right' });
    const menu = page().locator('.context-view .monaco-menu');
    await menu.waitFor();
    await workbench().chooseInMenu(menu, 'Delete Run');
    await page().locator('.monaco-dialog-box').getByRole('button', { name: 'Move to Trash' }).click();
    const forGood = page().locator('.monaco-dialog-box').getByRole('button', { name: 'Delete Permanently' });
    await expect
      .poll(async () => {
        if (await forGood.isVisible()) await forGood.click();
        return reports();
      })
      .toHaveLength(0);
    await expect.poll(() => runs().count()).toBe(0);
  });

  test('a study that was stopped goes on where it was', async () => {
    await workbench().run('View: Show Explorer');
    await workbench().chooseInExplorer('Does Synthetic Data Help?', 'long.study.json');
    await panel().getByText('By long.study.json.').waitFor();
    await panel().getByText('Run', { exact: true }).click();
    // Something is trained when the first arms are told.
    await expect.poll(fitted).toBeGreaterThan(3);
    await panel().getByText('Cancel', { exact: true }).click();
    await panel().getByText('running it again goes on from there').first().waitFor();
    const before = await fitted();
    const tab = page().locator('.part.editor .tab', { hasText: 'Does Synthetic Data Help?' });
    await tab.click({ button: 'middle' });
    await tab.waitFor({ state: 'hidden' });
    await workbench().run('Patent Lab: Show Runs');
    await runs().filter({ hasText: 'Not finished' }).click();
    await panel()
      .getByText(/goes on: [\d,]+ of [\d,]+ trainings are done/)
      .waitFor();
    await panel().getByText('Go on', { exact: true }).click();
    await panel().locator('.answer-verdict').waitFor();
    // One run, gone on with, and nothing that was trained was thrown away before its end.
    expect(await reports()).toHaveLength(1);
    expect(before).toBeGreaterThan(3);
    await runs().filter({ hasText: 'Long study' }).waitFor();
  });

  test('two studies stand side by side', async () => {
    await workbench().run('View: Show Explorer');
    await workbench().chooseInExplorer('Does Synthetic Data Help?', 'tiny.study.json');
    await panel().getByText('By tiny.study.json.').waitFor();
    await panel().getByText('Run', { exact: true }).click();
    await panel().getByText('Tiny study').first().waitFor();
    await panel().getByText('Compare…').click();
    await workbench().pick('Long study');
    await panel().getByText('Two studies side by side').waitFor();
    await panel().getByText('First: Tiny study').waitFor();
    await panel().getByText('Second: Long study').waitFor();
    await panel().getByText('the plan’s “seeds”').waitFor();
    expect(await panel().locator('.figure-table tbody tr').count()).toBe(8);
    await workbench().screenshot('study-compare');
    await panel().getByText('Back to the report').click();
    await panel().locator('.answer-verdict').waitFor();
  });

  test('its recipe is said before it is applied, and trains the classifier', async () => {
    await panel().getByText('Train with this recipe').click();
    const dialog = page().locator('.monaco-dialog-box');
    await dialog.getByText('Train the classifier with this recipe?').waitFor();
    await dialog.getByText(/Applied: .*synthetic documents.*patent-lab\.json will say so/).waitFor();
    await dialog.getByText(/Not taken over: The study judged a linear classifier on the encoder/).waitFor();
    await workbench().screenshot('study-recipe');
    await dialog.getByRole('button', { name: 'Train', exact: true }).click();
    const classifiers = path.join(opened().workspace, '.patent-lab', 'classifiers');
    await expect.poll(() => readdir(classifiers).catch(() => [])).not.toHaveLength(0);
    const config = await readFile(path.join(opened().workspace, 'patent-lab.json'), 'utf8');
    expect(['all', 'none']).toContain((JSON.parse(config) as { syntheticUse: string }).syntheticUse);
  });
});
