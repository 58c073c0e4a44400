/** `finetune` as a command: the classifier that it leaves. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, expect, it, vi } from 'vitest';
import { readDescription } from '../../engine/classifier/store.ts';
import { smallBase, smallDocuments, smallTaxonomy } from '../../engine/finetune/testing/small-base.ts';
import { temporaryFolder } from '../../engine/testing/folder.ts';
import { parseFinetune } from '../arguments/finetune.ts';
import { finetuneCommand } from './finetune.ts';

let root = '';
let files: readonly string[] = [];

beforeAll(async () => {
  root = await temporaryFolder({});
  const taxonomy = path.join(root, 'taxonomy.json');
  await writeFile(taxonomy, JSON.stringify(smallTaxonomy()));
  await smallDocuments(root);
  const corpus = path.join(root, 'corpus.jsonl');
  files = ['--base', await smallBase(root), '--taxonomy', taxonomy, '--corpus', corpus];
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

it.each([
  ['lora', ['--epochs', '1', '--batch', '4']],
  ['head', []],
])('a classifier by %s is called what its folder is called', async (method, options) => {
  const out = path.join(root, 'models', `mobility-${method}`);
  const command = parseFinetune([...files, '--method', method, '--out', out, ...options]);
  expect(await finetuneCommand(command)).toBe(0);
  expect((await readDescription(out)).name).toBe(`mobility-${method}`);
});
