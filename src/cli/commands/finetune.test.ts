/** `finetune` and `adapt` as commands: what they tell before they begin, and what they leave. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { readDescription } from '../../engine/classifier/store.ts';
import { smallBase, smallDocuments, smallTaxonomy } from '../../engine/finetune/testing/small-base.ts';
import { temporaryFolder } from '../../engine/testing/folder.ts';
import { parseAdapt } from '../arguments/adapt.ts';
import { parseFinetune } from '../arguments/finetune.ts';
import { adaptCommand } from './adapt.ts';
import { finetuneCommand } from './finetune.ts';

const WHAT_IT_TAKES = /It takes (\d+) steps at most, and about \d+ MB of memory; \S+ [MG]B are free\.$/m;

let root = '';
let base = '';
let told = '';
let printed = '';

const inRoot = (...parts: readonly string[]): string => path.join(root, ...parts);

const finetuned = (method: string, ...options: readonly string[]): Promise<number> =>
  finetuneCommand(
    parseFinetune([
      ...['--base', base, '--taxonomy', inRoot('taxonomy.json'), '--corpus', inRoot('corpus.jsonl')],
      ...['--method', method, '--out', inRoot('models', `mobility-${method}`), ...options],
    ]),
  );

beforeAll(async () => {
  root = await temporaryFolder({});
  base = await smallBase(root);
  await writeFile(inRoot('taxonomy.json'), JSON.stringify(smallTaxonomy()));
  await smallDocuments(root, 60);
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    told += String(text);
    return true;
  });
});

beforeEach(() => {
  told = '';
  printed = '';
});

it.each([
  ['lora', ['--epochs', '1', '--batch', '4']],
  ['head', []],
])('a classifier by %s is called what its folder is called', async (method, options) => {
  expect(await finetuned(method, ...options)).toBe(0);
  expect((await readDescription(inRoot('models', `mobility-${method}`))).name).toBe(`mobility-${method}`);
});

it('fine-tuning tells on stderr what it takes: steps to choose the epoch, and those on all documents', async () => {
  await finetuned('full', '--epochs', '2', '--batch', '4', '--certainty', '0', '--rate', '0.003', '--json');
  const steps = Number(WHAT_IT_TAKES.exec(told)?.[1]);
  const made = (JSON.parse(printed) as { readonly steps: number }).steps;
  // Each text counts once an epoch: 48 of 60 to choose, then all, in batches of up to 4 of like lengths.
  expect(steps).toBeGreaterThanOrEqual(2 * (12 + 15));
  expect(steps).toBeGreaterThanOrEqual(made);
  expect(steps).toBeLessThan(2 * (12 + 15) + 16);
});

it('adapting tells on stderr what it takes', async () => {
  const command = parseAdapt([
    ...['--base', base, '--corpus', inRoot('corpus.jsonl'), '--objective', 'mlm', '--out', inRoot('adapted')],
    ...['--epochs', '2', '--json'],
  ]);
  expect(await adaptCommand(command)).toBe(0);
  const made = (JSON.parse(printed) as { readonly steps: number }).steps;
  expect(Number(WHAT_IT_TAKES.exec(told)?.[1])).toBe(made);
});
