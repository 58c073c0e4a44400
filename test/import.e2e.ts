/**
 * Importing as a person does it: an export of a database opens the Import panel, one column gets another meaning, and a
 * corpus is there; what was chosen is remembered.
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { useVSCode } from './vscode/use.ts';

/** Fictitious patents in the columns of a database's export. */
const EXPORT = [
  ['#', 'Jurisdiction', 'Kind', 'Display Key', 'Lens ID', 'Publication Date', 'Title', 'Abstract', 'Our tag'],
  ...Array.from({ length: 40 }, (_, at) => [
    `${at + 1}`,
    'US',
    'B2',
    `US 99${String(at).padStart(5, '0')} B2`,
    `000-000-000-000-${String(at).padStart(3, '0')}`,
    '2031-05-06',
    `Fictitious walking aid ${at}`,
    `A fictitious walking aid number ${at}; it has a handle, and a brake.`,
    at % 2 === 0 ? 'walking-aid' : 'stair-climbing',
  ]),
]
  .map((cells) => cells.map((cell) => (/[",]/.test(cell) ? `"${cell}"` : cell)).join(','))
  .join('\r\n');

describe('importing an export of a database', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-import-'));
  const mine = path.join(folder, 'mine');
  mkdirSync(mine);
  for (const name of ['patent-lab.json', 'taxonomy.json']) {
    copyFileSync(path.join(root, 'samples', name), path.join(mine, name));
  }
  for (const name of ['lens-export.csv', 'second.csv']) writeFileSync(path.join(mine, name), EXPORT);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const opened = useVSCode({ workspace: mine, extension: { source: root } });
  const panel = (): FrameLocator => opened().workbench.panelWebview;
  const file = (name: string): string => path.join(opened().workspace, name);

  test('opens a panel that says what the columns mean', async () => {
    const { workbench } = opened();
    await vi.waitFor(
      async () => {
        await workbench.page.keyboard.press('Escape');
        const menu = await workbench.explorerMenu('lens-export.csv');
        await workbench.chooseInMenu(menu, 'Import as Corpus…');
      },
      { timeout: 60_000, interval: 200 },
    );
    await panel().locator('body[data-state="preview-ready"]').waitFor();
    await panel().getByText('Looks like an export of Lens').waitFor();
    await panel().locator('.preview-record', { hasText: 'Fictitious walking aid 0' }).waitFor();
    await workbench.screenshot('import-proposed');
  });

  test('gives a column another meaning, which the preview shows at once', async () => {
    const meaning = panel().getByLabel('Meaning of Our tag');
    await meaning.selectOption('');
    await panel().locator('[data-column="Our tag"].kept').waitFor();
    await meaning.selectOption('labels');
    await panel().locator('.preview-record .chip', { hasText: 'walking-aid' }).first().waitFor();
    await opened().workbench.screenshot('import-changed');
  });

  test('writes the corpus and remembers the mapping', async () => {
    await panel().getByRole('button', { name: 'Import', exact: true }).click();
    await panel().locator('body[data-state="done"]').waitFor();
    await panel().getByText('40 records imported').waitFor();
    await opened().workbench.screenshot('import-done');
    const records = (await readFile(file('corpus/lens-export.jsonl'), 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string; labels: string[] });
    expect(records).toHaveLength(40);
    expect(records[1]).toMatchObject({ id: 'US9900001B2', labels: ['stair-climbing'] });
    const config = JSON.parse(await readFile(file('patent-lab.json'), 'utf8')) as {
      taxonomy: string;
      tables: { columns: Record<string, string[]> }[];
    };
    expect(config.taxonomy).toBe('taxonomy.json');
    expect(config.tables[0]?.columns['labels']).toEqual(['Our tag']);
  });

  test('opens the corpus, and knows the columns the next time', async () => {
    const { workbench } = opened();
    await panel().getByRole('button', { name: 'Open Corpus' }).click();
    await workbench.activeTab('lens-export.jsonl').waitFor();
    await vi.waitFor(
      async () => {
        await workbench.page.keyboard.press('Escape');
        const menu = await workbench.explorerMenu('second.csv');
        await workbench.chooseInMenu(menu, 'Import as Corpus…');
      },
      { timeout: 60_000, interval: 200 },
    );
    await panel().locator('[data-column="Our tag"]', { hasText: 'remembered' }).waitFor();
    await workbench.screenshot('import-remembered');
  });
});
