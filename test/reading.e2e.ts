/**
 * Reading a patent as a person does it: the outline, what a claim reference says on hover and where it leads, folding,
 * and the preview that goes along with the source in both directions.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { useVSCode } from './vscode/use.ts';
import { THEMES, type Workbench } from './vscode/workbench.ts';

const PATENT = 'US99000001B2.xml';

describe('reading a patent', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-reading-'));
  const workspace = path.join(folder, 'reading');
  beforeAll(async () => {
    await cp(path.join(root, 'samples', 'patents'), path.join(workspace, 'patents'), { recursive: true });
    await mkdir(path.join(workspace, 'other'));
    await writeFile(
      path.join(workspace, 'other', 'pom.xml'),
      '<project>\n  <name>fictitious</name>\n  <description>According to claim 1.</description>\n</project>\n',
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const opened = useVSCode(() => ({
    workspace,
    extension: { source: root },
    viewport: { width: 1700, height: 950 },
    // The webview of the Patent view is another one than the preview's; here nothing is classified.
    settings: { 'workbench.secondarySideBar.defaultVisibility': 'hidden' },
  }));
  const workbench = (): Workbench => opened().workbench;
  const page = (): Page => workbench().page;
  const preview = (): FrameLocator => workbench().panelWebview;
  const outline = (text: string): Locator =>
    page().locator('.outline-tree .monaco-list-row', { hasText: text });
  const source = (): Locator => page().locator('.part.editor .monaco-editor .view-lines').first();
  const symbols = async (): Promise<void> => {
    await page().keyboard.press('Control+Shift+O');
    await workbench().quickInput.locator('input.input').waitFor();
  };
  const goToLine = async (line: number): Promise<void> => {
    await page().keyboard.press('Control+G');
    await workbench().quickInput.locator('input.input').fill(`:${line}`);
    await workbench().quickRows(`go to line ${line}`).waitFor();
    await page().keyboard.press('Enter');
    await workbench().statusBarItem(`Ln ${line}, Col 1`).waitFor();
  };
  /** Goes to a symbol of the open file by a part of its name. */
  const goToSymbol = async (name: string): Promise<void> => {
    await symbols();
    await workbench().quickInput.locator('input.input').fill(`@${name}`);
    await workbench().quickRows(name).first().click();
  };

  test('the outline has the sections, and the claims by what they depend on', async () => {
    await workbench().openFile(`patents/${PATENT}`);
    await workbench().run('Explorer: Focus on Outline View');
    await outline('US99000001B2').first().waitFor();
    // The whole side bar for the outline, and of it only what is looked at: rows out of sight do not exist.
    const explorer = page().locator('.pane-header[aria-label="Explorer Section: reading"]');
    if ((await explorer.getAttribute('aria-expanded')) === 'true') await explorer.click();
    await page().locator('.pane-header', { hasText: 'Outline' }).hover();
    await page().locator('.pane:has(.outline-tree) [aria-label="Collapse All"]').click();
    await expect.poll(() => page().locator('.outline-tree .monaco-list-row').count()).toBe(1);
    await outline('US99000001B2').first().click();
    await page().keyboard.press('ArrowRight');
    for (const section of ['Title', 'Abstract', 'Description']) await outline(section).first().waitFor();
    await outline('Claims').first().click();
    await page().keyboard.press('ArrowRight');
    const first = outline('1. A wheelchair').first();
    await first.click();
    await page().keyboard.press('ArrowRight');
    const second = outline('2. The wheelchair').first();
    await second.waitFor();
    expect(await second.getAttribute('aria-level')).toBe(
      String(Number(await first.getAttribute('aria-level')) + 1),
    );
    expect(await second.innerText()).toContain('depends on 1');
    await workbench().screenshot('reading-outline');
    await explorer.click();
  });

  test('a reference to a claim says what that claim is, and leads there', async () => {
    await source().click();
    await goToLine(await lineOf('<claim-text>2. '));
    await page().keyboard.press('Control+F');
    await page().locator('.find-widget.visible textarea').first().fill('>claim 1<');
    await page().keyboard.press('Enter');
    await page().keyboard.press('Escape');
    for (const key of ['ArrowLeft', 'ArrowRight', 'ArrowRight']) await page().keyboard.press(key);
    await page().keyboard.press('Control+K');
    await page().keyboard.press('Control+I');
    await page().locator('.monaco-hover').getByText('Claim 1', { exact: true }).first().waitFor();
    await workbench().screenshot('reading-hover');
    await page().keyboard.press('Escape');
    const line = await cursorLine();
    await page().keyboard.press('F12');
    await expect.poll(cursorLine).toBeLessThan(line);
  });

  test('sections and claims fold', async () => {
    await workbench().run('Fold All');
    await page().locator('.part.editor .cldr.codicon-folding-collapsed').first().waitFor();
    await workbench().screenshot('reading-folded');
    await workbench().run('Unfold All');
    await expect.poll(() => page().locator('.part.editor .codicon-folding-collapsed').count()).toBe(0);
  });

  test('the preview opens beside the source', async () => {
    await workbench().run('Patent Lab: Open Patent Preview to the Side');
    await preview().locator('body[data-state="patent"]').waitFor();
    await preview().locator('h1.patent-title').waitFor();
    await preview().locator('.claim').nth(3).waitFor({ state: 'attached' });
    await workbench().screenshot('reading-preview');
  });

  test('what the cursor stands in is marked in the preview', async () => {
    await source().click();
    await goToLine(await lineOf('<claim-text>4. '));
    const marked = preview().locator('.claim[data-current] .claim-number');
    await marked.getByText('4', { exact: true }).waitFor();
    await expect.poll(() => isInSight(preview().locator('.claim[data-current]'))).toBe(true);
  });

  test('what is clicked in the preview is selected in the source', async () => {
    await preview().locator('.passage.abstract').click();
    await preview().locator('.passage.abstract[data-current]').waitFor();
    await page().locator('.part.editor .selected-text').first().waitFor();
    await workbench().screenshot('reading-selected');
    const { length } = await preview().locator('.passage.abstract').innerText();
    // The status bar speaks of the editor that has the focus.
    await page().keyboard.press('Control+1');
    await workbench().statusBarItem(`(${length} selected)`).waitFor();
  });

  test('scrolling the source scrolls the preview', async () => {
    await source().click();
    await page().keyboard.press('Control+Home');
    await expect.poll(() => isInSight(preview().locator('h1.patent-title'))).toBe(true);
    await source().hover();
    await expect
      .poll(async () => {
        await page().mouse.wheel(0, 2000);
        return isInSight(preview().locator('h1.patent-title'));
      })
      .toBe(false);
  });

  test('an edit shows in the preview', async () => {
    await goToSymbol('Title');
    await page().keyboard.type('Improved');
    const edited = preview().locator('h1.patent-title', { hasText: 'Improved' });
    await edited.waitFor();
    // Typing may come back in several steps, and a busy window may miss a key.
    await expect
      .poll(
        async () => {
          await page().keyboard.press('Control+1');
          await page().keyboard.press('Control+Z');
          return edited.count();
        },
        { interval: 500 },
      )
      .toBe(0);
  });

  test.each(['light', 'dark', 'highContrast'] as const)('it looks right: %s', async (name) => {
    await opened().configure({ 'workbench.colorTheme': THEMES[name] });
    await workbench().waitForTheme(name);
    await source().click();
    await goToLine(await lineOf('<claim-text>2. '));
    await preview().locator('.claim[data-current]').first().waitFor();
    await page().waitForTimeout(500);
    await workbench().screenshot(`reading-${name}`);
  });

  test('a file that is no patent gets nothing from here', async () => {
    await workbench().openFile('other/pom.xml');
    await source().click();
    await goToLine(3);
    await symbols();
    await page().waitForTimeout(1500);
    expect(await workbench().quickRows('Claims').count()).toBe(0);
    expect(await workbench().quickRows('Abstract').count()).toBe(0);
    await page().keyboard.press('Escape');
    await expect
      .poll(() => page().locator('.editor-actions [aria-label*="Open Patent Preview"]').count())
      .toBe(0);
  });

  test('nothing went wrong on the way', () => {
    expect(opened().traffic.outsideHosts).toEqual([]);
    expect(opened().traffic.errors).toEqual([]);
  });

  async function lineOf(text: string): Promise<number> {
    const lines = (await readFile(path.join(opened().workspace, 'patents', PATENT), 'utf8')).split('\n');
    return lines.findIndex((line) => line.includes(text)) + 1;
  }

  async function cursorLine(): Promise<number> {
    const text = await page()
      .locator('.part.statusbar .statusbar-item', { hasText: /Ln \d+/ })
      .innerText();
    return Number(/Ln (\d+)/.exec(text)?.[1]);
  }
});

/** Whether any of an element is inside its window. */
const isInSight = (element: Locator): Promise<boolean> =>
  element.evaluate((node) => {
    const { top, bottom } = node.getBoundingClientRect();
    return bottom > 0 && top < (node.ownerDocument.defaultView?.innerHeight ?? 0);
  });
