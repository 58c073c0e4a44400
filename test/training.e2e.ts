/**
 * Fine-tuning as a person does it: what it would take, its curves, the classifier it leaves. The encoder is a tiny random
 * one and the documents are fictitious, both made for this test.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { smallBase, smallDocuments } from '../src/engine/finetune/testing/small-base.ts';
import { useVSCode } from './vscode/use.ts';

const LABELS = { wheels: 'wheel', lights: 'lamp', fluids: 'pump' };
const PATENT = `TITLE
Lamp with a beam (fictitious)

ABSTRACT
A lamp has a lens and a mirror, and the beam of a diode.
`;

const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-training-'));
const workspace = path.join(folder, 'parts');
mkdirSync(path.join(workspace, 'corpus'), { recursive: true });
const files = {
  'patent-lab.json': `${JSON.stringify({ training: { family: 'lora', base: 'base', epochs: 2, batch: 4 } })}\n`,
  'taxonomy.json': JSON.stringify({
    name: 'Parts (fictitious)',
    labels: Object.entries(LABELS).map(([id, name]) => ({ id, name })),
  }),
  'lamp.txt': PATENT,
};
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(workspace, name), text);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Described {
  readonly encoder: { readonly folder?: string };
  readonly finetuned?: { readonly method: { readonly kind: string } };
}

describe('fine-tuning the classifier', () => {
  beforeAll(async () => {
    await smallBase(workspace);
    await smallDocuments(path.join(workspace, 'corpus'));
  });
  const opened = useVSCode({ workspace, extension: { source: root } });
  const workbench = () => opened().workbench;
  const panel = (): FrameLocator => workbench().panelWebview;
  const state = (...parts: readonly string[]): string =>
    path.join(opened().workspace, '.patent-lab', ...parts);

  const described = async (): Promise<Described> =>
    JSON.parse(await readFile(state('classifiers', 'default', 'classifier.json'), 'utf8')) as Described;
  const choose = async (placeholder: string, row: string): Promise<void> => {
    await workbench().page.locator(`.quick-input-widget input[placeholder*="${placeholder}"]`).waitFor();
    await workbench().pick(row);
  };

  test('what it would take is told before it begins', async () => {
    await workbench().statusBarItem('Patent Lab').waitFor();
    await workbench().run('Patent Lab: Show Classifier Training');
    await panel().getByText('LoRA of small (fp32)').waitFor();
    await panel().getByText('are held out to choose the epoch').waitFor();
    await panel().getByText('are free').waitFor();
    await workbench().screenshot('training-estimate');
  });

  test('it trains in the panel, and leaves a classifier and a report', async () => {
    await panel().getByText('Train', { exact: true }).click();
    await panel().locator('.report-conclusion').waitFor();
    expect(await panel().locator('.number-table tbody tr').count()).toBe(3);
    expect(await panel().locator('.pl-plot').count()).toBe(2);
    await workbench().screenshot('training-report');
    expect((await described()).finetuned?.method.kind).toBe('lora');
    const runs = (await readdir(state('runs'))).filter((name) => name.startsWith('training-'));
    expect(runs).toHaveLength(1);
    expect((await readdir(state('runs', runs[0] ?? ''))).sort()).toEqual([
      'report.csv',
      'report.json',
      'report.md',
    ]);
  });

  test('the classifier reads patents like any other', async () => {
    await workbench().openFile('lamp.txt');
    await workbench().run('Patent Lab: Classify Patent');
    await workbench().viewWebview.getByText('lamp', { exact: true }).first().waitFor();
    await workbench().screenshot('training-classified');
  });

  test('what training again would take stands above the report', async () => {
    await workbench().run('Patent Lab: Show Classifier Training');
    await panel().getByText('are free').waitFor();
    await panel().locator('.report-conclusion').waitFor();
    await workbench().screenshot('training-again');
  });

  test('a head alone can be trained on an encoder of the folder', async () => {
    await panel().getByText('Choose what is trained…').click();
    await choose('The choice is written to', 'Head only');
    await workbench().quickRows('Built-In Encoder').waitFor();
    await workbench().screenshot('training-head-base');
    await choose('Which encoder does the head read from', 'small (fp32)');
    await panel().getByText('The encoder stays as it is').waitFor();
    await panel().getByText('Train', { exact: true }).click();
    await expect.poll(async () => (await described()).finetuned).toBeUndefined();
    expect((await described()).encoder.folder).toBe('../../../base');
    await workbench().openFile('lamp.txt');
    await workbench().run('Patent Lab: Classify Patent');
    await workbench().viewWebview.getByText('lamp', { exact: true }).first().waitFor();
    await workbench().screenshot('training-head');
  });

  test('and on the built-in one again', async () => {
    await workbench().run('Patent Lab: Choose What Is Trained');
    await choose('The choice is written to', 'Head only');
    await choose('Which encoder does the head read from', 'Built-In Encoder');
    const config = async (): Promise<unknown> =>
      JSON.parse(await readFile(path.join(opened().workspace, 'patent-lab.json'), 'utf8'));
    await expect.poll(config).toEqual({ training: { family: 'frozen', epochs: 2, batch: 4 } });
    // The panel comes to the front, and takes the focus from whatever would be open by then.
    await workbench().page.locator('.tab.active', { hasText: 'Classifier Training' }).waitFor();
    await panel().getByText('The encoder stays as it is').waitFor();
  });

  test('it is exported as files for others, and shown where it went', async () => {
    await workbench().run('Patent Lab: Export Classifier');
    await workbench().quickRows('Triton').waitFor();
    await workbench().screenshot('export-layout');
    await workbench().pick('Plain Folder');
    await workbench().quickInput.getByText('What is its folder called?').waitFor();
    await workbench().answer('../parts');
    await workbench().quickInput.getByText('Letters, digits, points').waitFor();
    await workbench().answer('for-others');
    // The dialog fills its input by itself when it is there.
    const place = workbench().quickInput.locator('input.input');
    await expect.poll(() => place.inputValue()).toContain(path.basename(opened().workspace));
    await workbench().quickInput.getByText('Export Here').click();
    await workbench().notification('read back, it says what the classifier says').waitFor();
    await workbench().screenshot('export-done');
    const files = await readdir(path.join(opened().workspace, 'for-others'));
    for (const file of ['CARD.md', 'labels.json', 'model.onnx', 'tokenizer.json', 'vocabulary.json'])
      expect(files).toContain(file);
    await workbench().answerNotification('Exported to', 'Reveal');
    await workbench()
      .page.locator('.explorer-folders-view .monaco-list-row.selected', { hasText: 'for-others' })
      .waitFor();
  });

  test('what an earlier export left is replaced only when that is wanted', async () => {
    const labels = path.join(opened().workspace, 'for-others', 'labels.json');
    writeFileSync(labels, 'older');
    await workbench().run('Patent Lab: Export Classifier');
    await workbench().pick('Plain Folder');
    await workbench().quickInput.getByText('What is its folder called?').waitFor();
    await workbench().answer('for-others');
    await workbench().quickInput.getByText('Export Here').click();
    const dialog = workbench().page.locator('.monaco-dialog-box');
    await dialog.getByText('There are files in').waitFor();
    expect(await readFile(labels, 'utf8')).toBe('older');
    await dialog.getByRole('button', { name: 'Replace', exact: true }).click();
    await expect.poll(() => readFile(labels, 'utf8')).toContain('"threshold"');
  });
});
