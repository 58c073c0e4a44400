/** The extension as it is shipped: installed from its package into a VS Code that never saw the sources. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.mjs';
import { vsixFile } from '../../scripts/package/targets.mjs';
import { classifyJourney } from '../journeys/classify.ts';
import { useVSCode } from '../vscode/use.ts';

const opened = useVSCode({ workspace: path.join(root, 'samples'), extension: { vsix: vsixFile() } });

classifyJourney(opened, 'installed');

test('an accepted label is recorded', async () => {
  const { workbench, workspace } = opened();
  await workbench.viewWebview.locator('[data-label="powered-wheelchair"]').locator('.accept').click();
  await expect
    .poll(() => readFile(path.join(workspace, 'labels.jsonl'), 'utf8').catch(() => ''))
    .toContain('"labels":["powered-wheelchair"]');
});

test('the palette classifies the file in front', async () => {
  const { workbench } = opened();
  await workbench.openFile('patents/US99000012.txt');
  await workbench.viewWebview.locator('body[data-state="unclassified"]').waitFor();
  await workbench.run('Patent Lab: Classify Patent');
  await workbench.viewWebview.locator('[data-label="hearing-aid-fitting"]').waitFor();
});

test('a PDF is classified, and what leaks in it is marked', async () => {
  const { workbench } = opened();
  await workbench.chooseInExplorer('Classify Patent', 'patents/US99000021B2.pdf');
  await workbench.viewWebview.locator('[data-label="powered-wheelchair"]').waitFor();
  await workbench.squiggles('warning').first().waitFor();
});
