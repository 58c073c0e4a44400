/**
 * Takes pictures of every state of the views in every theme and width, for a person to look at:
 * `node webview/dev/screenshots.mjs [name part]`. They go to `/tmp/webview-shots`. Fails on any message in the console,
 * so a broken policy or a thrown error shows too.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { start } from './server.mjs';

const OUT = '/tmp/webview-shots';
const BROWSER = '/usr/bin/chromium';
const only = process.argv[2] ?? '';

if (!existsSync(BROWSER)) {
  console.log(`${BROWSER} is missing: no pictures taken`);
  process.exit(0);
}
mkdirSync(OUT, { recursive: true });

const expand = async (page) => {
  await page.locator('[role=treeitem]').first().focus();
  await page.keyboard.press('Enter');
};

const showAll = async (page) => {
  await page.locator('.show-all').click();
};

const add = async (page) => {
  await page.locator('.add-label').click();
  await page.keyboard.type('wa');
};

const reclassify = async (page) => {
  await page.getByText('Re-classify').click();
  await page.waitForTimeout(400);
};

/** Pictures: view, state, what is done first, widths, themes. */
const SHOTS = [
  ...['classified', 'decided', 'stale', 'german', 'zero-shot', 'failed', 'none'].map((state) => ({
    view: 'patent',
    state,
    widths: [280, 360, 700],
    themes: ['dark', 'light'],
  })),
  ...['unclassified', 'no-classifier', 'classifying'].map((state) => ({
    view: 'patent',
    state,
    widths: [280],
    themes: ['dark', 'light'],
  })),
  {
    view: 'patent',
    state: 'classified',
    name: 'evidence',
    act: expand,
    widths: [280, 360, 700],
    themes: ['dark', 'light'],
  },
  { view: 'patent', state: 'classified', name: 'all', act: showAll, widths: [360], themes: ['dark'] },
  { view: 'patent', state: 'decided', name: 'add', act: add, widths: [280, 360], themes: ['dark', 'light'] },
  {
    view: 'patent',
    state: 'stale',
    name: 'again',
    act: reclassify,
    widths: [280],
    themes: ['dark', 'light'],
  },
  {
    view: 'patent',
    state: 'decided',
    name: 'contrast',
    act: expand,
    widths: [360],
    themes: ['hc-dark', 'hc-light'],
  },
  ...['done', 'running', 'counting', 'cancelled'].map((state) => ({
    view: 'table',
    state,
    widths: [700, 1200],
    themes: ['dark', 'light'],
  })),
  { view: 'table', state: 'done', name: 'narrow', widths: [420], themes: ['dark'] },
  { view: 'table', state: 'done', name: 'contrast', widths: [1000], themes: ['hc-dark', 'hc-light'] },
];

const { url, stop } = await start();
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox', '--disable-gpu'] });
const problems = [];
let taken = 0;
for (const { view, state, name, act, widths, themes } of SHOTS) {
  for (const theme of themes) {
    for (const width of widths) {
      const file = `${view}-${name ?? state}-${theme}-${width}.png`;
      if (!file.includes(only)) continue;
      const context = await browser.newContext({ viewport: { width, height: view === 'table' ? 640 : 600 } });
      const page = await context.newPage();
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning')
          problems.push(`${file}: ${message.text()}`);
      });
      page.on('pageerror', (error) => problems.push(`${file}: ${error.message}`));
      await page.goto(`${url}/${view}.html?state=${state}&theme=${theme}`);
      await page.locator('body[data-state]').waitFor();
      if (act) await act(page);
      await page.waitForTimeout(250);
      if (view === 'patent') {
        // As high as the page, so that what sticks to an edge stands where it belongs.
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width, height: Math.max(600, height) });
      }
      await page.screenshot({ path: `${OUT}/${file}` });
      await context.close();
      taken += 1;
    }
  }
}
await browser.close();
stop();
console.log(`${taken} pictures in ${OUT}`);
for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
