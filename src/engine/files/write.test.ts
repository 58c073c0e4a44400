/** Writing: what was there before survives every failure. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder, writeFiles } from '../testing/folder.ts';
import { appendLines, writeFileAtomically } from './write.ts';

let folder: string;

beforeEach(async () => {
  folder = await temporaryFolder();
});

describe('replacing a file', () => {
  it('makes the folders on the way and leaves nothing but the file', async () => {
    const file = path.join(folder, 'a', 'b', 'report.csv');
    await writeFileAtomically(file, 'one');
    await writeFileAtomically(file, Buffer.from('two'));
    expect(await readFile(file, 'utf8')).toBe('two');
    expect(await readdir(path.dirname(file))).toEqual(['report.csv']);
  });

  it('shows a reader the old content or the new one, never half of it', async () => {
    const file = path.join(folder, 'big.txt');
    const contents = ['a', 'b'].map((letter) => letter.repeat(2_000_000));
    await writeFileAtomically(file, contents[0] ?? '');
    let writing = true;
    const writes = (async () => {
      for (let n = 0; n < 6; n++) await writeFileAtomically(file, contents[n % 2] ?? '');
      writing = false;
    })();
    let reads = 0;
    while (writing) {
      expect(contents.includes(await readFile(file, 'utf8'))).toBe(true);
      reads++;
    }
    await writes;
    expect(reads).toBeGreaterThan(0);
  });

  it('keeps the old content and leaves no rest when the new file cannot be made', async () => {
    // The longest name a file may have: the temporary one beside it would be longer.
    const name = 'n'.repeat(255);
    await writeFiles(folder, { [name]: 'old' });
    const file = path.join(folder, name);
    expect(await failureOf(writeFileAtomically(file, 'new'))).toMatchObject({
      code: 'write-failed',
      place: { file },
    });
    expect(await readFile(file, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual([name]);
  });

  it('keeps what stands in the way and leaves no rest when it cannot be replaced', async () => {
    await writeFiles(folder, { 'report.csv/inside': 'old' });
    const failure = await failureOf(writeFileAtomically(path.join(folder, 'report.csv'), 'new'));
    expect(failure.code).toBe('write-failed');
    expect(await readdir(folder)).toEqual(['report.csv']);
    expect(await readFile(path.join(folder, 'report.csv', 'inside'), 'utf8')).toBe('old');
  });

  it('says which file when a file stands where a folder should', async () => {
    await writeFiles(folder, { reports: 'a file' });
    const file = path.join(folder, 'reports', 'report.csv');
    const failure = await failureOf(writeFileAtomically(file, 'new'));
    expect(failure).toMatchObject({ code: 'write-failed', place: { file } });
    expect(failure.message).toContain(file);
  });
});

describe('appending lines', () => {
  it('makes the file, then adds to it', async () => {
    const file = path.join(folder, 'new', 'labels.jsonl');
    await appendLines(file, '{"id":1}\n');
    await appendLines(file, '{"id":2}\n{"id":3}\n');
    expect(await readFile(file, 'utf8')).toBe('{"id":1}\n{"id":2}\n{"id":3}\n');
  });

  it('ends a torn line first, wherever it was cut', async () => {
    const file = path.join(folder, 'labels.jsonl');
    const whole = Buffer.from('{"id":"é"}\n{"id":"♿"}\n');
    for (let length = 0; length <= whole.length; length++) {
      const before = whole.subarray(0, length);
      await writeFile(file, before);
      await appendLines(file, '{"id":"new"}\n');
      const after = await readFile(file);
      expect(after.subarray(0, length).equals(before)).toBe(true);
      const lines = after.toString('utf8').split('\n');
      expect(lines.slice(-2)).toEqual(['{"id":"new"}', '']);
      const complete = before.toString('utf8').split('\n').slice(0, -1);
      expect(lines.slice(0, complete.length)).toEqual(complete);
    }
  });

  it('writes a record larger than the blocks the system writes in whole', async () => {
    const file = path.join(folder, 'labels.jsonl');
    const record = `{"text":"${'é'.repeat(1_000_000)}"}\n`;
    await appendLines(file, record);
    await appendLines(file, record);
    expect(await readFile(file, 'utf8')).toBe(record + record);
  });

  it('says which file when it cannot', async () => {
    await mkdir(path.join(folder, 'labels.jsonl'));
    const failure = await failureOf(appendLines(path.join(folder, 'labels.jsonl'), '{}\n'));
    expect(failure).toMatchObject({
      code: 'write-failed',
      place: { file: path.join(folder, 'labels.jsonl') },
    });
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    const file = path.join(folder, 'labels.jsonl');
    await symlink('/dev/full', file);
    const failure = await failureOf(appendLines(file, '{}\n'));
    expect(failure).toMatchObject({ code: 'disk-full', place: { file } });
    expect(failure.remedy).toContain('Free some disk space');
    expect((await stat('/dev/full')).isCharacterDevice()).toBe(true);
  });
});
