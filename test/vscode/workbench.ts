/** VS Code's window as a person uses it: explorer, palette, quick input, editors, webviews. Waits on states only. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { root } from '../../scripts/lib/paths.mjs';

/** Colour themes by what they are called in the settings. */
export const THEMES = {
  dark: 'Dark Modern',
  light: 'Light Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
} as const;

/** Class that the workbench wears under each of {@link THEMES}. */
const THEME_CLASS = { dark: 'vs-dark', light: 'vs', highContrast: 'hc-black', highContrastLight: 'hc-light' };

export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async waitUntilReady(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
  }

  // ── explorer ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** A visible row of the explorer, by the name of its file or folder. */
  explorerRow(name: string): Locator {
    const label = this.page.locator('.explorer-item .label-name', { hasText: exactly(name) });
    return this.page.locator('.explorer-folders-view .monaco-list-row').filter({ has: label });
  }

  /** Expands the folders on the way and gives the row of a file or folder: `patents/one.xml`. */
  async revealInExplorer(relative: string): Promise<Locator> {
    const parts = relative.split('/');
    for (const folder of parts.slice(0, -1)) {
      const row = this.explorerRow(folder);
      await row.waitFor();
      if ((await row.getAttribute('aria-expanded')) !== 'true') await row.click();
    }
    const row = this.explorerRow(parts.at(-1) ?? '');
    await row.waitFor();
    return row;
  }

  /** Opens the context menu of files or folders (several are selected together) and gives it. */
  async explorerMenu(...files: readonly string[]): Promise<Locator> {
    // A tooltip of the row under the mouse may lie over the row that is wanted.
    await this.page.mouse.move(2, 2);
    await this.page.locator('.workbench-hover').first().waitFor({ state: 'hidden' });
    const rows: Locator[] = [];
    for (const file of files) rows.push(await this.revealInExplorer(file));
    for (const [index, row] of rows.slice(0, -1).entries()) {
      await row.click(index === 0 ? {} : { modifiers: ['ControlOrMeta'] });
    }
    if (rows.length > 1) await rows.at(-1)?.click({ modifiers: ['ControlOrMeta'] });
    await rows.at(-1)?.click({ button: 'right' });
    const menu = this.page.locator('.context-view .monaco-menu');
    await menu.waitFor();
    return menu;
  }

  /**
   * Chooses an entry of the explorer's context menu. A file that just appeared moves the rows below it, between the
   * pointer's aim and its click: the menu is then that of another file, and is asked for again.
   */
  async chooseInExplorer(entry: string, ...files: readonly string[]): Promise<void> {
    for (let go = 0; go < 3; go++) {
      const menu = await this.explorerMenu(...files);
      const isThere = await this.menuItem(menu, entry)
        .waitFor({ timeout: 1500 })
        .then(
          () => true,
          () => false,
        );
      if (isThere) return this.chooseInMenu(menu, entry);
      await this.page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
    }
    throw new Error(`the menu of ${files.join(', ')} has no ${entry}`);
  }

  /**
   * Chooses an entry of an open context menu. A menu that just opened ignores the mouse for a tenth of a second, so a
   * click may have to be repeated; one that stays open all the same, or is gone before the click, is an error.
   */
  async chooseInMenu(menu: Locator, entry: string): Promise<void> {
    const item = this.menuItem(menu, entry);
    for (let go = 0; go < 6; go++) {
      await this.page.waitForTimeout(120);
      await item.click({ timeout: 3000 });
      const closed = await menu.waitFor({ state: 'hidden', timeout: 500 }).then(
        () => true,
        () => false,
      );
      if (closed) return;
    }
    throw new Error(`the menu stays open after choosing ${entry}`);
  }

  private menuItem(menu: Locator, entry: string): Locator {
    const label = this.page.locator('.action-label', { hasText: exactly(entry) });
    return menu.locator('.action-item', { has: label });
  }

  // ── palette and quick input ──────────────────────────────────────────────────────────────────────────────────

  /** The open quick input: its `input`, its rows, its buttons. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:not([style*="display: none"])');
  }

  /** The rows of the open quick pick. */
  quickRows(text?: string): Locator {
    const rows = this.quickInput.locator('.quick-input-list .monaco-list-row');
    return text === undefined ? rows : rows.filter({ hasText: text });
  }

  /** Runs a command by its title, e.g. `Patent Lab: Train Classifier`. */
  async run(title: string): Promise<void> {
    await this.page.keyboard.press('F1');
    await this.quickInput.locator('input.input').fill(`>${title}`);
    await this.quickRows(title).first().click();
  }

  /** Types into the open quick input and confirms it. */
  async answer(text: string): Promise<void> {
    await this.quickInput.locator('input.input').fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Chooses a row of the open quick pick. */
  async pick(text: string): Promise<void> {
    await this.quickRows(text).first().click();
  }

  // ── editors ──────────────────────────────────────────────────────────────────────────────────────────────────

  /** Opens a file of the workspace in an editor that stays. */
  async openFile(relative: string): Promise<void> {
    const row = await this.revealInExplorer(relative);
    await row.dblclick();
    await this.activeTab(path.posix.basename(relative)).waitFor();
  }

  activeTab(name: string): Locator {
    return this.page.locator(`.part.editor .tab.active[data-resource-name=${JSON.stringify(name)}]`);
  }

  /** The text editor that has the focus of its group. */
  get editor(): Locator {
    return this.page.locator('.part.editor .editor-instance .monaco-editor').last();
  }

  squiggles(kind: 'error' | 'warning' | 'info' | 'hint'): Locator {
    return this.page.locator(`.part.editor .monaco-editor .squiggly-${kind}`);
  }

  // ── webviews ─────────────────────────────────────────────────────────────────────────────────────────────────

  /** The content of the webview view that is shown in a side bar. */
  get viewWebview(): FrameLocator {
    return inside(this.page, 'iframe.webview.ready[src*="purpose=webviewView"]:visible');
  }

  /** The content of the webview panel that is shown in the editor area. */
  get panelWebview(): FrameLocator {
    return inside(this.page, 'iframe.webview.ready:not([src*="purpose=webviewView"]):visible');
  }

  /** The side bar on the other side, where the Patent view lives. */
  get secondarySideBar(): Locator {
    return this.page.locator('.part.auxiliarybar');
  }

  // ── the rest of the window ───────────────────────────────────────────────────────────────────────────────────

  statusBarItem(text: string): Locator {
    return this.page.locator('.part.statusbar .statusbar-item', { hasText: text });
  }

  /** A notification, by a part of its text. */
  notification(text: string): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  }

  /** Presses a button of a notification. */
  async answerNotification(text: string, button: string): Promise<void> {
    await this.notification(text).getByRole('button', { name: button, exact: true }).click();
  }

  /** Opens the Problems panel and gives its rows. */
  async problems(): Promise<Locator> {
    const rows = this.page.locator('.markers-panel .monaco-list-row');
    if (!(await this.page.locator('.markers-panel').isVisible()))
      await this.run('Problems: Focus on Problems View');
    await this.page.locator('.markers-panel').waitFor();
    return rows;
  }

  /** Waits until the window wears a theme that was set with `configure`. */
  async waitForTheme(theme: keyof typeof THEMES): Promise<void> {
    await this.page.locator(`.monaco-workbench.${THEME_CLASS[theme]}`).waitFor();
  }

  /** Saves what the window looks like for a person to look at: `test/screenshots/<name>.png`. */
  async screenshot(name: string): Promise<void> {
    const folder = path.join(root, 'test', 'screenshots');
    await mkdir(folder, { recursive: true });
    await this.page.screenshot({ path: path.join(folder, `${name}.png`) });
  }
}

/** A webview is a frame in a frame: VS Code's own around the extension's. */
function inside(page: Page, outer: string): FrameLocator {
  return page.frameLocator(outer).frameLocator('#active-frame');
}

function exactly(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
}
