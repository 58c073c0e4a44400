/**
 * Takes pictures of every state of the views in every theme and width, for a person to look at:
 * `node webview/dev/screenshots.mjs [name part]`. They go to `/tmp/webview-shots`. Fails on any message in the console,
 * so a broken policy or a thrown error shows too.
 */
import { mkdirSync } from 'node:fs';
import { openBrowser } from './browser.mjs';
import { start } from './server.mjs';

const OUT = '/tmp/webview-shots';
const only = process.argv[2] ?? '';

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

const selectClaim = async (page) => {
  await page.locator('[data-key="0:claims:1"]').click({ position: { x: 200, y: 14 } });
};

const leakage = async (page) => {
  await page.locator('#tab-leakage').click();
};

/** The third place of the text, with what is known about it. */
const leak = async (page) => {
  await leakage(page);
  await page.locator('.leak').nth(2).focus();
};

const leakageList = async (page) => {
  await leakage(page);
  await page.getByText('As a list').click();
};

const oneLabel = async (page) => {
  await leakage(page);
  await page.locator('.legend-label').nth(1).click();
};

const words = async (page) => {
  await page.locator('.section-head vscode-dropdown').first().click();
  await page.locator('.section-head vscode-dropdown').first().locator('vscode-option').nth(1).click();
};

const targets = async (page) => {
  await page.locator('.targets .disclosure-button').click();
};

const edit = async (page) => {
  await page.locator('.output-body').waitFor();
  await page.keyboard.press('e');
  await page.locator('.edit-form').waitFor();
};

/** The prompt is open, and all that is shown is about to be accepted. */
const bulk = async (page) => {
  await page.getByText('Prompt', { exact: true }).click();
  await page.locator('vscode-text-field').click();
  await page.keyboard.type('cane');
  await page.getByText('Accept shown').click();
};

const fidelity = async (page) => {
  await page.locator('#tab-fidelity').click();
};

/** A synthetic document of the map, with its card. */
const point = async (page) => {
  await page.locator('.map-surface').focus();
  await page.keyboard.press('End');
  for (let step = 0; step < 4; step++) await page.keyboard.press('ArrowLeft');
  await page.waitForTimeout(250);
};

const readDocument = async (page) => {
  await page.locator('.document-row vscode-button').first().click();
};

const made = async (page) => {
  await page.getByText('How this was made').click();
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
  { view: 'patent', state: 'gradient', act: expand, widths: [360], themes: ['dark', 'light'] },
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
  ...['compared', 'clean', 'comparing'].map((state) => ({
    view: 'patent',
    state: `leakage-${state}`,
    act: leakage,
    widths: [280, 360, 700],
    themes: ['dark', 'light'],
  })),
  ...['stale', 'compare-failed', 'checking', 'no-taxonomy', 'failed'].map((state) => ({
    view: 'patent',
    state: `leakage-${state}`,
    act: leakage,
    widths: [280],
    themes: ['dark'],
  })),
  ...[
    ['place', leak],
    ['list', leakageList],
    ['label', oneLabel],
  ].map(([name, act]) => ({
    view: 'patent',
    state: 'leakage-compared',
    name: `leakage-${name}`,
    act,
    widths: [280, 360, 700],
    themes: ['dark', 'light'],
  })),
  {
    view: 'patent',
    state: 'leakage-compared',
    name: 'leakage-contrast',
    act: leak,
    widths: [280, 360, 700],
    themes: ['hc-dark', 'hc-light'],
  },
  ...['done', 'small'].map((state) => ({
    view: 'audit',
    state,
    widths: [700, 1200],
    themes: ['dark', 'light'],
  })),
  ...['empty', 'running', 'again', 'failed'].map((state) => ({
    view: 'audit',
    state,
    widths: [700],
    themes: ['dark'],
  })),
  { view: 'audit', state: 'done', name: 'words', act: words, widths: [1200], themes: ['light'] },
  { view: 'audit', state: 'done', name: 'contrast', widths: [700, 1200], themes: ['hc-dark', 'hc-light'] },
  ...['done', 'collapsed', 'embeddings'].map((state) => ({
    view: 'numerics',
    state,
    widths: [420, 700, 1200],
    themes: ['dark', 'light'],
  })),
  ...['empty', 'running', 'failed'].map((state) => ({
    view: 'numerics',
    state,
    widths: [700],
    themes: ['dark'],
  })),
  ...['done', 'setup', 'again', 'running'].map((state) => ({
    view: 'training',
    state,
    widths: [420, 1100],
    themes: ['dark', 'light'],
  })),
  ...[
    'large',
    'large-again',
    'large-stopped',
    'estimating',
    'missing',
    'frozen',
    'frozen-again',
    'stopped',
    'failed',
  ].map((state) => ({
    view: 'training',
    state,
    widths: [700],
    themes: ['dark'],
  })),
  ...['done', 'setup', 'running'].map((state) => ({
    view: 'adaptation',
    state,
    widths: [420, 1100],
    themes: ['dark', 'light'],
  })),
  ...['empty', 'estimating', 'measuring', 'large', 'quantised', 'interrupted', 'stopped', 'failed'].map(
    (state) => ({
      view: 'adaptation',
      state,
      widths: [700],
      themes: ['dark'],
    }),
  ),
  { view: 'numerics', state: 'collapsed', name: 'contrast', widths: [700], themes: ['hc-dark', 'hc-light'] },
  { view: 'training', state: 'running', name: 'contrast', widths: [700], themes: ['hc-dark', 'hc-light'] },
  { view: 'adaptation', state: 'running', name: 'contrast', widths: [700], themes: ['hc-dark', 'hc-light'] },
  ...['done', 'asking', 'running', 'stopped', 'empty'].map((state) => ({
    view: 'review',
    state,
    widths: [420, 760, 1280],
    themes: ['dark', 'light'],
  })),
  ...[
    ['targets', targets],
    ['edit', edit],
    ['bulk', bulk],
  ].map(([name, act]) => ({
    view: 'review',
    state: 'done',
    name,
    act,
    widths: [420, 1280],
    themes: ['dark', 'light'],
  })),
  {
    view: 'review',
    state: 'done',
    name: 'contrast',
    act: targets,
    widths: [420, 1280],
    themes: ['hc-dark', 'hc-light'],
  },
  ...['scored', 'inconspicuous'].map((state) => ({
    view: 'patent',
    state: `fidelity-${state}`,
    act: fidelity,
    widths: [280, 360, 700],
    themes: ['dark', 'light'],
  })),
  {
    view: 'patent',
    state: 'fidelity-scored',
    name: 'fidelity-contrast',
    act: fidelity,
    widths: [360],
    themes: ['hc-dark', 'hc-light'],
  },
  ...['stale', 'unscored', 'running', 'failed', 'real'].map((state) => ({
    view: 'patent',
    state: `fidelity-${state}`,
    act: fidelity,
    widths: [280],
    themes: ['dark'],
  })),
  ...['done', 'small'].map((state) => ({
    view: 'fidelity',
    state,
    widths: [480, 760, 1200],
    themes: ['dark', 'light'],
  })),
  {
    view: 'fidelity',
    state: 'done',
    name: 'point',
    act: point,
    widths: [480, 1000],
    themes: ['dark', 'light'],
  },
  { view: 'fidelity', state: 'done', name: 'read', act: readDocument, widths: [480, 1000], themes: ['dark'] },
  {
    view: 'fidelity',
    state: 'done',
    name: 'contrast',
    act: point,
    widths: [760],
    themes: ['hc-dark', 'hc-light'],
  },
  ...['empty', 'running', 'again', 'earlier', 'failed'].map((state) => ({
    view: 'fidelity',
    state,
    widths: [700],
    themes: ['dark'],
  })),
  ...['done', 'small', 'compared'].map((state) => ({
    view: 'study',
    state,
    widths: [400, 720, 1200],
    themes: ['dark', 'light'],
  })),
  ...['setup', 'again', 'nothing', 'estimating', 'running', 'failed', 'earlier'].map((state) => ({
    view: 'study',
    state,
    widths: [400, 900],
    themes: state === 'setup' ? ['dark', 'light'] : ['dark'],
  })),
  { view: 'study', state: 'done', name: 'contrast', widths: [400, 1200], themes: ['hc-dark', 'hc-light'] },
  { view: 'study', state: 'done', name: 'made', act: made, widths: [400, 1200], themes: ['light'] },
  ...['done', 'running', 'counting', 'cancelled'].map((state) => ({
    view: 'table',
    state,
    widths: [700, 1200],
    themes: ['dark', 'light'],
  })),
  { view: 'table', state: 'done', name: 'narrow', widths: [420], themes: ['dark'] },
  ...['ready', 'running', 'done', 'exists', 'failed'].map((state) => ({
    view: 'import',
    state,
    widths: [440, 1100],
    themes: ['dark', 'light'],
  })),
  ...['patent', 'gaps', 'nothing'].map((state) => ({
    view: 'preview',
    state,
    act: state === 'patent' ? selectClaim : undefined,
    widths: [320, 900],
    themes: ['dark', 'light'],
  })),
  {
    view: 'preview',
    state: 'patent',
    name: 'contrast',
    act: selectClaim,
    widths: [700],
    themes: ['hc-dark', 'hc-light'],
  },
  { view: 'import', state: 'ready', name: 'contrast', widths: [1000], themes: ['hc-dark', 'hc-light'] },
  { view: 'table', state: 'done', name: 'contrast', widths: [1000], themes: ['hc-dark', 'hc-light'] },
];

const { url, stop } = await start();
const browser = await openBrowser();
const problems = [];
let taken = 0;
for (const { view, state, name, act, widths, themes } of SHOTS) {
  for (const theme of themes) {
    for (const width of widths) {
      const file = `${view}-${name ?? state}-${theme}-${width}.png`;
      if (!file.includes(only)) continue;
      const context = await browser.newContext({
        viewport: {
          width,
          height: view === 'patent' ? 600 : view === 'preview' ? 1000 : view === 'review' ? 860 : 640,
        },
      });
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
      if (['patent', 'audit', 'fidelity', 'study', 'numerics', 'training', 'adaptation'].includes(view)) {
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
