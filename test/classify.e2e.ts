/**
 * Classifying as a person does it: from the explorer, the palette, a selection, a corpus and a folder; seeing why,
 * correcting, and training again. One window for the tests of a block, each of which goes on where the one before ended.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { classifyJourney } from './journeys/classify.ts';
import type { VSCode } from './vscode/launch.ts';
import { useVSCode } from './vscode/use.ts';
import { THEMES, type Workbench } from './vscode/workbench.ts';

const samples = path.join(root, 'samples');
const source = { source: root };

/** The window in the words of the tests. */
function parts(opened: () => VSCode) {
  const workbench = (): Workbench => opened().workbench;
  const page = (): Page => workbench().page;
  const view = (): FrameLocator => workbench().viewWebview;
  return {
    workbench,
    page,
    view,
    table: (): FrameLocator => workbench().panelWebview,
    /** Evidence in the text editor: what the extension's decorations cover. */
    evidence: (): Locator => page().locator('.part.editor .view-overlays [class*="ced-"]'),
    label: (id: string): Locator => view().locator(`[data-label="${id}"]`),
    shows: (state: string): Promise<void> => view().locator(`body[data-state="${state}"]`).waitFor(),
    /** Puts the cursor at the start of a line of the text in front. */
    goToLine: async (line: number): Promise<void> => {
      await page().keyboard.press('Control+G');
      await workbench().quickInput.locator('input.input').fill(`:${line}`);
      await workbench().quickRows(`go to line ${line}`).waitFor();
      await page().keyboard.press('Enter');
      await workbench().statusBarItem(`Ln ${line}, Col 1`).waitFor();
    },
    theme: async (theme: keyof typeof THEMES): Promise<void> => {
      await opened().configure({ 'workbench.colorTheme': THEMES[theme] });
      await workbench().waitForTheme(theme);
    },
    openExplorer: (): Promise<void> => page().keyboard.press('Control+Shift+E'),
    /** Chooses from the explorer's context menu; the explorer closes it when its files change, so it may take two goes. */
    choose: async (entry: string, ...files: readonly string[]): Promise<void> => {
      await vi.waitFor(
        async () => {
          await page().keyboard.press('Escape');
          const menu = await workbench().explorerMenu(...files);
          await workbench().chooseInMenu(menu, entry);
        },
        { timeout: 60_000, interval: 200 },
      );
    },
    /** Until the extension is there, the palette does not have its commands. */
    extensionReady: (): Promise<void> =>
      page().locator('.activitybar [aria-label^="Patent Lab"]').first().waitFor(),
  };
}

interface RecordedDecision {
  readonly id: string;
  readonly labels: readonly string[];
  readonly rejected: readonly string[];
}

describe('in the sample workspace', () => {
  const opened = useVSCode({ workspace: samples, extension: source });
  const { workbench, page, view, table, evidence, label, shows, goToLine, openExplorer, choose, theme } =
    parts(opened);

  const decisions = async (): Promise<readonly RecordedDecision[]> => {
    const text = await readFile(path.join(opened().workspace, 'labels.jsonl'), 'utf8').catch(() => '');
    const lines = text.split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as RecordedDecision);
  };

  classifyJourney(opened, 'source');

  test('evidence for a label is highlighted in the editor, with its share on hover', async () => {
    await evidence().first().waitFor();
    await label('stair-climbing').locator('.label-line').click();
    await label('stair-climbing').getByRole('button', { name: 'Highlight in editor' }).click();
    await view().locator('[data-label="stair-climbing"].highlighted').waitFor();
    await evidence().first().waitFor();
    // The text lies over its highlight, so the pointer is put there by hand.
    const box = await evidence().first().boundingBox();
    await page().mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 8);
    await page().locator('.monaco-hover').getByText('of the logit').first().waitFor();
    await workbench().screenshot('evidence');
  });

  test('a passage in the view is shown in the editor', async () => {
    await label('stair-climbing').getByText('claim 8').click();
    await page().locator('.part.editor .view-lines').getByText('range sensors').first().waitFor();
  });

  test('labels are tried out from the palette', async () => {
    await workbench().run('Patent Lab: Highlight Evidence for Label…');
    await workbench().quickInput.locator('input.input').fill('Powered');
    await view().locator('[data-label="powered-wheelchair"].highlighted').waitFor();
    await workbench().screenshot('pick-evidence');
    await page().keyboard.press('Escape');
    await view().locator('[data-label="stair-climbing"].highlighted').waitFor();
  });

  test('decisions are recorded as they are made, and ask for training', async () => {
    await label('powered-wheelchair').locator('.accept').click();
    await label('stair-climbing').locator('.reject').click();
    await expect
      .poll(async () => (await decisions()).at(-1))
      .toMatchObject({ id: 'US99000001B2', labels: ['powered-wheelchair'], rejected: ['stair-climbing'] });
    await view()
      .getByText(/\d decisions? since training/)
      .waitFor();
    await workbench().screenshot('decided');
  });

  test('an edit makes the prediction stale and takes the highlights away; undoing brings it back', async () => {
    const isStale = view().getByText('The text changed since it was classified.');
    await page().locator('.part.editor .view-lines').first().click();
    await goToLine(263);
    await page().keyboard.press('End');
    await page().keyboard.type(' ');
    await isStale.waitFor();
    await expect.poll(() => evidence().count()).toBe(0);
    await workbench().screenshot('stale');
    await page().keyboard.press('Control+Z');
    await isStale.waitFor({ state: 'hidden' });
  });

  test('the palette classifies the file in front, with what is not saved', async () => {
    await workbench().openFile('patents/US99000012.txt');
    await shows('unclassified');
    await goToLine(5);
    await page().keyboard.type('UNSAVED ');
    await workbench().run('Patent Lab: Classify Patent');
    await shows('classified');
    await view().locator('.document-title', { hasText: 'UNSAVED REMOTE FITTING' }).waitFor();
    await label('hearing-aid-fitting').waitFor();
    await workbench().screenshot('palette');
    await page().keyboard.press('Control+Z');
  });

  test('a selection is a passage of its own while the cursor is in it', async () => {
    const isSelection = view().getByTitle('Only the selected text was classified.');
    await page().locator('.part.editor .view-lines').first().click();
    await goToLine(13);
    await page().keyboard.press('Shift+End');
    await workbench().run('Patent Lab: Classify Selection');
    await isSelection.waitFor();
    await workbench().screenshot('selection');
    await goToLine(1);
    await isSelection.waitFor({ state: 'hidden' });
  });

  test('in a corpus, the record under the cursor is the document', async () => {
    await workbench().openFile('corpus/mobility.jsonl');
    await goToLine(3);
    await view().getByText('XX1000003A1').first().waitFor();
    await shows('unclassified');
    await workbench().run('Patent Lab: Classify Patent');
    await view().locator('.document-id', { hasText: 'XX1000003A1' }).waitFor();
    await workbench().screenshot('record');
    await goToLine(4);
    await view().getByText('XX1000004A1').first().waitFor();
    await shows('unclassified');
  });

  test('a broken file says what is wrong and where', async () => {
    await writeFile(path.join(opened().workspace, 'patents', 'broken.xml'), '<us-patent-grant>\n<a></b>\n');
    await choose('Classify Patent', 'patents/broken.xml');
    await shows('failed');
    await view().getByText('line 2').first().waitFor();
    expect(await view().locator('body').innerText()).not.toContain(opened().workspace);
    await workbench().screenshot('failed');
  });

  test('the menus offer what fits', async () => {
    const menu = await workbench().explorerMenu('patents/US99000003B2.xml');
    await menu.getByText('Classify Patent').waitFor();
    await workbench().screenshot('menu-explorer');
    await page().keyboard.press('Escape');
    await workbench().openFile('patents/US99000003B2.xml');
    await page().locator('.part.editor .view-lines').first().click({ button: 'right' });
    await page().locator('.context-view .monaco-menu').getByText('Classify Patent').waitFor();
    await workbench().screenshot('menu-editor');
    await page().keyboard.press('Escape');
  });

  test('several files become a table', async () => {
    const files = ['patents/US99000003B2.xml', 'patents/US99000004B2.xml'];
    await choose('Classify Patent', ...files);
    await table().locator('body[data-state="done"]').waitFor();
    await expect.poll(() => table().locator('.grid-row').count()).toBe(2);
  });

  test('a folder becomes a table that exports and opens its rows', async () => {
    await choose('Classify Folder', 'patents');
    await table().locator('.grid-row', { hasText: 'Binaural hearing aid' }).waitFor();
    await table().locator('body[data-state="done"]').waitFor();
    await workbench().screenshot('table');

    await table().getByRole('button', { name: 'Export CSV' }).click();
    await workbench().quickInput.locator('input.input').waitFor();
    await page().keyboard.press('Enter');
    const exported = path.join(opened().workspace, 'patents-predictions.csv');
    await expect.poll(() => readFile(exported, 'utf8').catch(() => '')).toContain('US99000001B2');

    await table().locator('.row-open', { hasText: 'Binaural hearing aid' }).click();
    await workbench().activeTab('US99000002B2.xml').waitFor();
    await label('hearing-aid').waitFor();
    await evidence().first().waitFor();
  });

  test('a long run is cancelled within a second', async () => {
    const incoming = path.join(opened().workspace, 'incoming');
    await mkdir(incoming);
    const record = (n: number): string =>
      `${JSON.stringify({ id: `N${n}`, title: `Device ${n}`, abstract: `Part ${n} of a walking aid. `.repeat(40) })}\n`;
    await writeFile(
      path.join(incoming, 'new.jsonl'),
      Array.from({ length: 3000 }, (_, n) => record(n)).join(''),
    );
    await choose('Classify Folder', 'incoming');
    await table().locator('.grid-row').nth(5).waitFor();
    await table().getByRole('button', { name: 'Cancel' }).click();
    await table().locator('body[data-state="cancelled"]').waitFor({ timeout: 1000 });
    await workbench().screenshot('cancelled');
  });

  test('the taxonomy counts what is labelled, and leads to its file', async () => {
    const row = page().locator('.pane-body [role="treeitem"]', { hasText: 'Powered wheelchairs' });
    await workbench().run('Patent Lab: Show Taxonomy');
    // One more than in the corpora: the decision above.
    await row.filter({ hasText: '17 of 20' }).waitFor();
    await row.hover();
    await page().locator('.monaco-hover').getByText('Also called').first().waitFor();
    await workbench().screenshot('taxonomy');
    await row.getByRole('button', { name: 'Go to Label in Taxonomy File' }).click();
    await workbench().activeTab('taxonomy.json').waitFor();
  });

  test('what is wrong in a corpus stands in the Problems panel', async () => {
    await appendFile(path.join(opened().workspace, 'corpus', 'senses.jsonl'), '{"id":"torn","ti\n');
    // Leaks in the files that are open would fill the list.
    await workbench().run('View: Close All Editors');
    const problems = await workbench().problems();
    await problems.filter({ hasText: 'not valid JSON' }).waitFor();
    await workbench().screenshot('problems');
    await page().keyboard.press('Control+J');
  });

  test('the status bar leads to everything one can do', async () => {
    await workbench().statusBarItem('cpu').click();
    await workbench().quickRows('Train Classifier').waitFor();
    await workbench().screenshot('actions');
    await page().keyboard.press('Escape');
  });

  test('a patent is classified on opening, if that is wanted', async () => {
    await opened().configure({ 'patentLab.classifyOnOpen': true });
    await openExplorer();
    await workbench().openFile('patents/EP9900014A1.md');
    await label('accessible-kiosk').waitFor();
    await workbench().run('Patent Lab: Export Predictions…');
    await expect
      .poll(() => workbench().quickInput.locator('input.input').inputValue())
      .toContain('EP9900014A1-predictions.csv');
    await page().keyboard.press('Escape');
  });

  test('training again classifies the open patents anew', async () => {
    await openExplorer();
    await workbench().openFile('patents/US99000001B2.xml');
    await view().getByRole('button', { name: 'Re-train' }).click();
    await workbench().notification('Trained on 280 documents').waitFor();
    await view()
      .getByText(/since training/)
      .waitFor({ state: 'hidden' });
    await shows('classified');
  });

  test.each(['light', 'dark', 'highContrast', 'highContrastLight'] as const)(
    'it looks right: %s',
    async (name) => {
      await theme(name);
      await evidence().first().waitFor();
      await page().waitForTimeout(500);
      await workbench().screenshot(`theme-${name}`);
    },
  );

  test('nothing was asked of the outside, and nothing went wrong on the way', () => {
    expect(opened().traffic.outsideHosts).toEqual([]);
    expect(opened().traffic.errors).toEqual([]);
  });
});

describe('in a folder without a taxonomy', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-mine-'));
  beforeAll(async () => {
    await mkdir(path.join(folder, 'mine'));
    const patent = 'US99000012.txt';
    await copyFile(path.join(samples, 'patents', patent), path.join(folder, 'mine', patent));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const opened = useVSCode({ workspace: path.join(folder, 'mine'), extension: source });
  const { workbench, page, label, shows, openExplorer, choose, extensionReady } = parts(opened);

  test('the way to one is offered, and label descriptions alone classify', async () => {
    await extensionReady();
    await workbench().run('Patent Lab: Show Taxonomy');
    await page().getByText('This folder has no taxonomy yet').waitFor();
    await workbench().screenshot('welcome');
    await openExplorer();
    await choose('Classify Patent', 'US99000012.txt');
    await workbench().answerNotification('There is no taxonomy here yet', 'Create Workspace Files');
    await page().locator('.monaco-dialog-box').getByRole('button', { name: 'Create', exact: true }).click();
    await workbench().activeTab('taxonomy.json').waitFor();

    await choose('Classify Patent', 'US99000012.txt');
    await workbench().answerNotification('There are no labelled documents yet', 'Use Label Descriptions');
    await shows('classified');
    await label('hearing-aid').waitFor();
    await workbench().screenshot('zero-shot');
  });
});

describe('in a workspace that is not trusted', () => {
  const opened = useVSCode({
    workspace: samples,
    extension: source,
    trust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
  });
  const { workbench, page, choose } = parts(opened);

  test('patents and taxonomy are read, but nothing is classified', async () => {
    await choose('Classify Patent', 'patents/US99000001B2.xml');
    await workbench().notification('This workspace is not trusted').waitFor();
    await workbench().screenshot('untrusted');
    await workbench().run('Patent Lab: Show Taxonomy');
    await page().locator('.pane-body [role="treeitem"]', { hasText: 'Powered wheelchairs' }).waitFor();
  });
});
