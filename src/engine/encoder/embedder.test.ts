/** Texts to embeddings: in their order, each encoded once, nothing lost when it is interrupted. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { quietTask, makeTask } from '../task.ts';
import { freshEmbedder, realEncoder } from '../testing/encoder.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';

const TEXTS = ['wheelchair', 'hearing aid', 'wheelchair', '', 'É♿ 车'];
const MESSAGE = 'Encoding';

describe('embedding many texts', () => {
  it('gives a row a text, in their order, equal texts equal rows', async () => {
    const encoder = await realEncoder();
    const matrix = await (await freshEmbedder()).embedAll(TEXTS, quietTask, MESSAGE);
    expect(matrix).toHaveLength(TEXTS.length * 384);
    for (const [row, text] of TEXTS.entries()) {
      expect(matrix.subarray(384 * row, 384 * (row + 1))).toEqual((await encoder.encode(text)).embedding);
    }
  });

  it('encodes nothing that was encoded before, also by another embedder on the same folder', async () => {
    const folder = await temporaryFolder();
    const first = await (await freshEmbedder(folder)).embedAll(TEXTS, quietTask, MESSAGE);
    const forbidden = makeTask(
      () => undefined,
      () => true,
    );
    expect(await (await freshEmbedder(folder)).embedAll(TEXTS, forbidden, MESSAGE)).toEqual(first);
    expect(await readdir(folder)).toHaveLength(1);
  });

  it('tells its progress by the texts that are done', async () => {
    const seen: unknown[] = [];
    const task = makeTask(
      (...progress) => void seen.push(progress),
      () => false,
    );
    await (
      await freshEmbedder()
    ).embedAll(
      Array.from({ length: 10 }, (_, n) => `text ${n}`),
      task,
      MESSAGE,
    );
    expect(seen).toEqual([
      [MESSAGE, 0, 10],
      [MESSAGE, 8, 10],
    ]);
  });

  it('that is cancelled keeps what was done', async () => {
    const folder = path.join(await temporaryFolder(), 'cache');
    let checkpoints = 0;
    const task = makeTask(
      () => undefined,
      () => ++checkpoints > 2,
    );
    const work = (await freshEmbedder(folder)).embedAll(TEXTS, task, MESSAGE);
    expect((await failureOf(work)).code).toBe('cancelled');
    checkpoints = 0;
    const again = (await freshEmbedder(folder)).embedAll(TEXTS, task, MESSAGE);
    // Two of four texts are left to encode: three checkpoints would be one too many.
    expect(await again).toHaveLength(TEXTS.length * 384);
  });

  it('of none is nothing', async () => {
    expect(await (await freshEmbedder()).embedAll([], quietTask, MESSAGE)).toHaveLength(0);
  });
});
