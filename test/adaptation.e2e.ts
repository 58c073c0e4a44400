/**
 * Adapting an encoder as a person does it: the choices, what it would take, its curves, an interruption, the report, and a
 * classifier on what came of it. The encoder is a tiny random one and the documents are fictitious, both made for this test.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../scripts/lib/paths.mjs';
import { smallBase, smallDocuments } from '../src/engine/finetune/testing/small-base.ts';
import { ENCODER } from '../src/engine/testing/repository.ts';
import type { AdaptationReport } from '../src/protocol/adaptation.ts';
import { useVSCode } from './vscode/use.ts';

const COMMAND = 'Patent Lab: Adapt Encoder to These Patents';
const NAME = 'base-words';
const DOCUMENTS = 3000;
const SHOWN = '3,000';

const folder = mkdtempSync(path.join(tmpdir(), 'patent-lab-adaptation-'));
const workspace = path.join(folder, 'parts');
mkdirSync(path.join(workspace, 'corpus'), { recursive: true });
const files = {
  // Enough steps that training is still on when it is cancelled.
  'patent-lab.json': `${JSON.stringify({ training: { base: ENCODER }, adaptation: { epochs: 4, batch: 2 } })}\n`,
  'taxonomy.json': JSON.stringify({
    name: 'Parts (fictitious)',
    labels: ['wheel', 'lamp', 'pump'].map((name, i) => ({ id: ['wheels', 'lights', 'fluids'][i], name })),
  }),
};
for (const [name, text] of Object.entries(files)) writeFileSync(path.join(workspace, name), text);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('adapting an encoder', () => {
  beforeAll(async () => {
    await smallBase(workspace);
    await smallDocuments(path.join(workspace, 'corpus'), DOCUMENTS);
  });
  const opened = useVSCode({ workspace, extension: { source: root } });
  const workbench = () => opened().workbench;
  const panel = (): FrameLocator => workbench().panelWebview;
  const state = (...parts: readonly string[]): string =>
    path.join(opened().workspace, '.patent-lab', ...parts);
  const choose = async (placeholder: string, row: string): Promise<void> => {
    await workbench().page.locator(`.quick-input-widget input[placeholder*="${placeholder}"]`).waitFor();
    await workbench().pick(row);
  };
  const chooseBase = async (row: string): Promise<void> => {
    await choose('Which encoder is trained', row);
    await choose('What does it learn', 'Guess hidden words');
    await choose('What of the encoder', 'LoRA');
  };

  test('an encoder that cannot be trained is refused with the way out', async () => {
    await workbench().statusBarItem('Patent Lab').waitFor();
    await workbench().run(COMMAND);
    await workbench().quickRows('is not in single precision').waitFor();
    await workbench().screenshot('adaptation-bases');
    await chooseBase('int8');
    await workbench().quickInput.getByText('What is the new encoder called?').waitFor();
    await workbench().answer('../out');
    await workbench().quickInput.getByText('A plain folder name.').waitFor();
    await workbench().answer(NAME);
    await panel().getByText('take the fp32 export of the same one').waitFor();
    await workbench().screenshot('adaptation-quantised');
  });

  test('what it would take is told, and it can be cancelled while it trains', async () => {
    await panel().getByText('Choose something else…').click();
    await chooseBase('small (fp32)');
    await workbench().quickInput.getByText('What is the new encoder called?').waitFor();
    await workbench().answer(NAME);
    await panel().getByText('LoRA of small (fp32)').waitFor();
    await panel().getByText(`${SHOWN} of ${SHOWN} in this folder`).waitFor();
    await workbench().screenshot('adaptation-estimate');
    await panel().getByText('Adapt', { exact: true }).click();
    await panel().locator('.number-table tbody tr').first().waitFor();
    await workbench().screenshot('adaptation-running');
    await panel().getByText('Cancel', { exact: true }).click();
    await panel().getByText('Go on', { exact: true }).waitFor();
    await workbench().screenshot('adaptation-stopped');
  });

  test('it goes on where it was, and leaves an encoder and a report', async () => {
    await workbench().run(COMMAND);
    await choose('Go on with what was interrupted', `Continue ${NAME}`);
    await panel().locator('.report-conclusion').waitFor();
    expect(await panel().locator('.pl-plot').count()).toBe(2);
    await workbench().screenshot('adaptation-report');
    const runs = (await readdir(state('runs'))).filter((name) => name.startsWith('adaptation-'));
    expect(runs).toHaveLength(1);
    const report = JSON.parse(
      await readFile(state('runs', runs[0] ?? '', 'report.json'), 'utf8'),
    ) as AdaptationReport;
    expect(report.resumed).toBeGreaterThan(0);
    expect(report.resumed).toBeLessThan(report.steps);
    expect((await readdir(state('encoders', NAME))).sort()).toEqual(
      expect.arrayContaining(['adaptation.json', 'encoder.json', 'model.onnx', 'tokenizer.json']),
    );
  });

  test('a classifier can be trained on it at once', async () => {
    await panel().getByText('Train a classifier with it').click();
    await choose('The choice is written to', 'LoRA');
    await panel().getByText('LoRA of small+mlm (fp32)').waitFor();
    const config = JSON.parse(
      await readFile(path.join(opened().workspace, 'patent-lab.json'), 'utf8'),
    ) as object;
    expect(config).toMatchObject({ training: { family: 'lora', base: `.patent-lab/encoders/${NAME}` } });
    await workbench().screenshot('adaptation-training');
  });

  test('the run is listed and opens its report again', async () => {
    await workbench().run('Patent Lab: Show Runs');
    await workbench().page.getByRole('treeitem', { name: 'Encoder adaptations' }).waitFor();
    await workbench().run('Patent Lab: Show Encoder Adaptation');
    await panel().locator('.report-conclusion').waitFor();
    await workbench().screenshot('adaptation-runs');
  });
});
