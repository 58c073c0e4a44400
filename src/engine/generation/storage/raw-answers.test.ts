import { appendFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { rawAnswer } from './raw-answers.ts';

const entry = (slot: number, attempt: number, text: string): string =>
  `${JSON.stringify({
    kind: 'answer',
    slot,
    attempt,
    at: '2026-01-01T00:00:00Z',
    milliseconds: 1,
    promptHash: 'h',
    text,
    finish: 'stop',
    model: 'm',
  })}\n`;
const judgement = `${JSON.stringify({ kind: 'judgement', slot: 1, attempt: 1, reason: 'empty' })}\n`;

const RUNS = '.patent-lab/runs';
const folderAt = (time: string, name: string): string =>
  `${RUNS}/generation-2026-01-${time}T10-00-00-000Z-${name}`;

async function runs(content: string) {
  const folder = folderAt('02', 'trial');
  const root = await temporaryFolder({
    [`${folderAt('01', 'trial')}/answers.jsonl`]: entry(1, 1, 'of an earlier run'),
    [`${folderAt('03', 'second-trial')}/answers.jsonl`]: entry(1, 1, 'of another run'),
    [`${folder}/answers.jsonl`]: content,
  });
  const textOf = async (slot: number, attempt = 1): Promise<string | undefined> =>
    (await rawAnswer(root, 'trial', slot, attempt))?.text;
  return { root, file: path.join(root, folder, 'answers.jsonl'), textOf };
}

it('finds answers of the last run of a name, whatever their characters', async () => {
  const { root, textOf } = await runs(
    `${entry(1, 1, 'Gerät “één” 水')}${judgement}no json\n${entry(1, 2, 'again')}`,
  );
  expect([await textOf(1), await textOf(1, 2), await textOf(2)]).toEqual([
    'Gerät “één” 水',
    'again',
    undefined,
  ]);
  expect(await rawAnswer(root, 'nobody', 1, 1)).toBeUndefined();
});

it('follows a journal that grows, and leaves a torn line for later', async () => {
  const { file, textOf } = await runs(entry(1, 1, 'one'));
  expect(await textOf(2)).toBeUndefined();
  const line = entry(2, 1, 'two');
  await appendFile(file, line.slice(0, 20));
  expect(await textOf(2)).toBeUndefined();
  await appendFile(file, line.slice(20));
  expect([await textOf(2), await textOf(1)]).toEqual(['two', 'one']);
});

it('notices a journal that is another one', async () => {
  const { file, textOf } = await runs(entry(1, 1, 'one') + entry(2, 1, 'two'));
  expect(await textOf(2)).toBe('two');
  await writeFile(
    file,
    entry(2, 1, 'a longer answer than before') + entry(1, 1, 'one') + entry(3, 1, 'three'),
  );
  expect([await textOf(1), await textOf(2), await textOf(3)]).toEqual([
    'one',
    'a longer answer than before',
    'three',
  ]);
  await writeFile(file, entry(1, 1, 'short'));
  expect([await textOf(1), await textOf(2)]).toEqual(['short', undefined]);
});
