/** A training's state on disk: what is read is what was written, bit for bit, in pieces of any size, or it is damaged. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../testing/folder.ts';
import { readState, writeCheckpoint, type Checkpoint } from './checkpoint.ts';

const schema = z.object({ words: z.string() });
type Saved = Checkpoint<z.infer<typeof schema>>;

const numbers = (from: number): Float32Array => Float32Array.from({ length: 37 }, (_, i) => (from + i) / 3);
const checkpoint = (words: string): Saved => ({
  progress: { words },
  state: { parameters: numbers(1), first: numbers(-200), second: numbers(1e30) },
  best: Float32Array.from(numbers(5), (value, i) => (i === 3 ? Number.NaN : value)),
});

let file = '';
beforeEach(async () => {
  file = path.join(await temporaryFolder(), 'a.checkpoint');
});

describe('a checkpoint', () => {
  it.each([
    ['short', 'a'],
    ['long, as after many epochs', 'ä'.repeat(40_000)],
  ])('with a %s header is read as it was written', async (_, words) => {
    const written = checkpoint(words);
    await writeCheckpoint(file, written);
    for (const piece of [7, 64, 4 * 37, undefined]) {
      expect(await readState(file, schema, piece)).toEqual(written);
    }
  });

  it('that is not there is none', async () => {
    expect(await readState(file, schema)).toBeUndefined();
  });

  it.each<[string, (content: Buffer) => Uint8Array]>([
    ['empty', () => new Uint8Array()],
    ['cut short', (content) => content.subarray(0, -1)],
    ['too long', (content) => Buffer.concat([content, Buffer.of(0)])],
    ['without a header', () => Buffer.alloc(300_000, 'x')],
    [
      'of another kind',
      (content) => Buffer.from(content.toString('latin1').replace('finetune', 'other'), 'latin1'),
    ],
    [
      'with one bit turned',
      (content) => content.map((byte, at) => (at === content.length - 50 ? byte ^ 1 : byte)),
    ],
    [
      'of another schema',
      (content) => Buffer.from(content.toString('latin1').replace('words', 'worth'), 'latin1'),
    ],
  ])('%s is damaged', async (_, change) => {
    await writeCheckpoint(file, checkpoint('a'));
    await writeFile(file, change(await readFile(file)));
    await expect(readState(file, schema)).rejects.toMatchObject({
      code: 'training-interrupted',
      place: { file },
    });
  });
});
