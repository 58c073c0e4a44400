/**
 * What no editor shows as text, as a person meets it: a PDF, a spreadsheet, an archive. Each opens as its transcription,
 * which reads, classifies and previews like any other patent; what cannot be read says why and what to do.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { root } from '../scripts/lib/paths.mjs';
import { makePdf } from '../src/engine/files/pdf/testing/make-pdf.ts';
import { useVSCode } from './vscode/use.ts';
import type { Workbench } from './vscode/workbench.ts';

const PDF = 'US99000021B2.pdf';
/** The member of the archive that has the line ends of Windows. */
const MEMBER = 'US99000032B2.xml';

describe('files that are no text', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-files-'));
  const workspace = path.join(folder, 'files');
  beforeAll(async () => {
    await cp(path.join(root, 'samples'), workspace, {
      recursive: true,
      filter: (file) => !file.includes('.patent-lab'),
    });
    const pdf = await readFile(path.join(workspace, 'patents', PDF));
    await writeFile(path.join(workspace, 'exports', 'scan.pdf'), makePdf({ pages: ['0 0 100 100 re f'] }));
    await writeFile(path.join(workspace, 'exports', 'damaged.pdf'), pdf.subarray(0, pdf.length - 9000));
    await writeFile(path.join(workspace, 'exports', 'odd.xlsx'), await spreadsheet());
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const opened = useVSCode(() => ({
    workspace,
    trained: true,
    extension: { source: root },
    viewport: { width: 1700, height: 950 },
  }));
  const workbench = (): Workbench => opened().workbench;
  const page = (): Page => workbench().page;
  const view = (): FrameLocator => workbench().viewWebview;
  const panel = (): FrameLocator => workbench().panelWebview;
  const evidence = (): Locator => page().locator('.part.editor .view-overlays [class*="ced-"]');
  const source = (): Locator => page().locator('.part.editor .monaco-editor .view-lines').first();
  const shows = (state: string): Promise<void> => view().locator(`body[data-state="${state}"]`).waitFor();
  const documentId = (id: string): Promise<void> =>
    view().locator('.document-id', { hasText: id }).first().waitFor();
  const choose = async (entry: string, file: string): Promise<void> => {
    await page().keyboard.press('Control+Shift+E');
    await vi.waitFor(
      async () => {
        await page().keyboard.press('Escape');
        const menu = await workbench().explorerMenu(file);
        await workbench().chooseInMenu(menu, entry);
      },
      { timeout: 60_000, interval: 200 },
    );
  };
  const goToLine = async (line: number): Promise<void> => {
    await page().keyboard.press('Control+G');
    await workbench().quickInput.locator('input.input').fill(`:${line}`);
    await workbench().quickRows(`go to line ${line}`).waitFor();
    await page().keyboard.press('Enter');
    await workbench().statusBarItem(`Ln ${line}, Col 1`).waitFor();
  };

  test('a PDF opens as its text, with evidence in it and its labels beside it', async () => {
    await choose('Classify Patent', `patents/${PDF}`);
    await workbench().activeTab(PDF).waitFor();
    await shows('classified');
    await documentId('US99000021B2');
    await evidence().first().waitFor();
    await workbench().screenshot('files-pdf');
  });

  test('nobody can edit the text of a PDF', async () => {
    await source().click();
    await page().keyboard.type('x');
    await page().getByText('This is the text that was read from the file').first().waitFor();
    await page().keyboard.press('Escape');
    expect(await page().locator('.part.editor .tab.active.dirty').count()).toBe(0);
  });

  test('the text of a PDF has an outline and a preview', async () => {
    await page().keyboard.press('Control+Shift+O');
    await workbench().quickRows('Claims').first().waitFor();
    await page().keyboard.press('Escape');
    await workbench().run('Patent Lab: Open Patent Preview to the Side');
    await panel()
      .locator('h1.patent-title', { hasText: /wheelchair/i })
      .waitFor();
    await workbench().screenshot('files-preview');
    await panel().locator('.passage.abstract').click();
    await page().locator('.part.editor .selected-text').first().waitFor();
    // By its tab: either editor may have the focus now.
    const tab = page().locator('.part.editor .tab', { hasText: 'Preview' });
    await tab.click({ button: 'middle' });
    await tab.waitFor({ state: 'hidden' });
  });

  test('a selection in the text of a PDF is a passage of its own', async () => {
    await source().click();
    await goToLine(9);
    for (let line = 0; line < 5; line++) await page().keyboard.press('Shift+ArrowDown');
    await workbench().run('Patent Lab: Classify Selection');
    await view().getByTitle('Only the selected text was classified.').waitFor();
    await goToLine(1);
  });

  test('in an export of a database, the record under the cursor is the document', async () => {
    await page().keyboard.press('Control+Shift+E');
    await workbench().openFile('exports/lens-export.csv');
    await goToLine(4);
    await workbench().run('Patent Lab: Classify Patent');
    await shows('classified');
    await view().locator('.document-title', { hasText: 'Braille display' }).waitFor();
    await workbench().screenshot('files-csv');
  });

  test('an archive becomes a table of its members, and a row opens its text in the right place', async () => {
    await choose('Classify Patent', 'exports/weekly.zip');
    await panel().locator('body[data-state="done"]').waitFor();
    await expect.poll(() => panel().locator('.grid-row').count()).toBe(2);
    await workbench().screenshot('files-archive');
    await panel().locator('.row-open', { hasText: 'Hearing aid' }).click();
    await workbench().activeTab(MEMBER).waitFor();
    await shows('classified');
    await documentId('US99000032B2');
    await evidence().first().waitFor();
    await workbench().screenshot('files-member');
    // A passage near the end stands where the view says, although the member has two characters at each line end.
    await page().keyboard.press('Control+Shift+O');
    await workbench().quickRows('Claims').first().waitFor();
    await workbench().quickInput.locator('input.input').fill('@3. The hearing aid');
    await workbench().quickRows('3. The hearing aid').first().click();
    await expect.poll(currentLine).toContain('3. The hearing aid of');
  });

  test('what is decided on a member is found again', async () => {
    await view()
      .locator('[data-label="hearing-aid"]')
      .getByRole('button', { name: /accept/i })
      .first()
      .click();
    const decided = (): Promise<string> =>
      readFile(path.join(opened().workspace, 'labels.jsonl'), 'utf8').catch(() => '');
    await expect.poll(decided).toContain(`exports/weekly.zip/20990106/${MEMBER}`);
  });

  test('a spreadsheet becomes a table of its rows, by the columns that the workspace remembers', async () => {
    await choose('Classify Patent', 'exports/odd.xlsx');
    await panel()
      .locator('.grid-row', { hasText: 'no column' })
      .or(panel().locator('.error'))
      .first()
      .waitFor();
    await workbench().screenshot('files-spreadsheet-unknown');
    const config = path.join(opened().workspace, 'patent-lab.json');
    const before = JSON.parse(await readFile(config, 'utf8')) as object;
    const columns = { id: ['Nr'], title: ['Kurzname'], abstract: ['Inhalt'] };
    const tables = [{ header: ['Nr', 'Kurzname', 'Inhalt'], columns }];
    await writeFile(config, JSON.stringify({ ...before, tables }, null, 2));
    await choose('Classify Patent', 'exports/odd.xlsx');
    await expect.poll(() => panel().locator('.grid-row').count()).toBe(3);
    await panel().locator('.row-open', { hasText: 'Talking cane' }).click();
    await workbench().activeTab('odd.xlsx').waitFor();
    await view().locator('.document-title', { hasText: 'Talking cane' }).waitFor();
    await shows('classified');
    await expect.poll(currentLine).toContain('Talking cane');
    await workbench().screenshot('files-spreadsheet');
  });

  test.each([
    ['scan.pdf', 'Run text recognition'],
    ['damaged.pdf', 'Fetch the file again'],
  ])('%s says what to do', async (name, remedy) => {
    await choose('Classify Patent', `exports/${name}`);
    await workbench().notification(remedy).first().waitFor();
    await workbench().screenshot(`files-${name.replace('.', '-')}`);
    await workbench().run('Notifications: Clear All Notifications');
  });

  test('nothing went wrong on the way', () => {
    expect(opened().traffic.outsideHosts).toEqual([]);
    // VS Code also writes the errors that it shows to the console.
    const errors = opened().traffic.errors.filter((error) => !/^console: exports\/\w+\.pdf: /.test(error));
    expect(errors).toEqual([]);
  });

  test('a window that is opened again shows the text of the PDF that was open', async () => {
    await workbench().run('View: Close All Editors');
    await choose('Classify Patent', `patents/${PDF}`);
    await shows('classified');
    await workbench().run('View: Keep Editor');
    // VS Code saves what is open from time to time.
    await page().waitForTimeout(5000);
    await page().reload();
    await workbench().waitUntilReady();
    await workbench().activeTab(PDF).waitFor();
    await source().getByText('powered wheelchair of claim').first().waitFor();
    await shows('unclassified');
    await workbench().screenshot('files-again');
  });

  /** The text of the line with the cursor. */
  const currentLine = async (): Promise<string> => {
    const status = await workbench().statusBarItem('Ln ').innerText();
    const line = /Ln (\d+)/.exec(status)?.[1] ?? '';
    const number = page().locator('.part.editor .margin-view-overlays .line-numbers', {
      hasText: new RegExp(`^${line}$`),
    });
    const box = await number.first().boundingBox();
    const lines = page().locator('.part.editor .view-line');
    for (const one of await lines.all()) {
      const place = await one.boundingBox();
      if (place && box && Math.abs(place.y - box.y) < 2)
        return (await one.innerText()).replaceAll('\u00a0', ' ');
    }
    return '';
  };
});

/** Fictitious patents in columns that no database has. */
async function spreadsheet(): Promise<Buffer> {
  const rows = [
    ['Nr', 'Kurzname', 'Inhalt'],
    ['F1', 'Climbing chair', 'A fictitious powered wheelchair climbs stairs\non its wheels.'],
    ['F2', 'Talking cane', 'A fictitious cane says aloud\r\nwhat stands in the way of a blind person.'],
    ['F3', 'Quiet bed', 'A fictitious bed turns its patient without waking anybody.'],
  ];
  return writeXlsx(rows.map((row) => row.map((value) => ({ value })))).toBuffer();
}
