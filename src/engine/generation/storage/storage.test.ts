/** Files of a run that a crash cuts off anywhere, a disk that is full, and locks of the living and the dead. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/folder.ts';
import { readJournal } from './journal.ts';
import { LineFile } from './line-file.ts';
import { isLocked, lockFile, RunLock } from './lock.ts';

const VALUES = [{ a: 1 }, { text: 'zwei\nzeilen “ü” 轮椅' }, { b: [2, 3] }];

describe('a file of lines', () => {
  it('cut at every byte keeps what was whole and goes on behind it', async () => {
    const folder = await temporaryFolder();
    const file = path.join(folder, 'deep', 'a.jsonl');
    const lines = await LineFile.open(file);
    await Promise.all(VALUES.map((value) => lines.append(value)));
    await lines.close();
    const whole = await readFile(file);
    const ends = VALUES.map((_, at) =>
      VALUES.slice(0, at + 1).reduce((sum, value) => sum + Buffer.byteLength(JSON.stringify(value)) + 1, 0),
    );
    expect(whole.length).toBe(ends.at(-1));
    for (let size = 0; size <= whole.length; size++) {
      await writeFile(file, whole);
      await truncate(file, size);
      const again = await LineFile.open(file);
      await again.append({ last: size });
      await again.close();
      // A line that lacks nothing but its line break counts.
      const kept = VALUES.filter((_, at) => size >= (ends[at] ?? 0) - 1);
      const text = await readFile(file, 'utf8');
      expect(
        text
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      ).toEqual([...kept, { last: size }]);
      expect(text.endsWith('\n')).toBe(true);
    }
  });

  it('finds a long torn tail', async () => {
    const folder = await temporaryFolder({ 'a.jsonl': `{"a":1}\n{"text":"${'x'.repeat(200_000)}` });
    const file = path.join(folder, 'a.jsonl');
    await (await LineFile.open(file)).close();
    expect(await readFile(file, 'utf8')).toBe('{"a":1}\n');
  });

  it.skipIf(!existsSync('/dev/full'))('on a full disk says so', async () => {
    const lines = await LineFile.open('/dev/full');
    await expect(lines.append({ a: 1 })).rejects.toMatchObject({ code: 'disk-full' });
    await lines.close();
  });
});

describe('a journal', () => {
  it('leaves out a line that is none, says which, and does not speak of a torn tail', async () => {
    const entry = { kind: 'judgement', slot: 1, attempt: 1, reason: 'empty', detail: 'Nothing.' };
    const folder = await temporaryFolder({
      'answers.jsonl': `${JSON.stringify(entry)}\n{"kind":"other"}\n${JSON.stringify(entry)}\n{"kind":"answ`,
    });
    const { entries, problems } = await readJournal(folder);
    expect(entries).toEqual([entry, entry]);
    expect(problems.map(({ code, place }) => [code, place?.line])).toEqual([
      ['generation-journal-damaged', 2],
    ]);
    expect(await readJournal(path.join(folder, 'nowhere'))).toEqual({ entries: [], problems: [] });
  });
});

describe('a lock', () => {
  /** Only where the system tells when a process began. */
  const REUSED: [string, (root: string) => Promise<void>][] = existsSync('/proc/self/stat')
    ? [
        [
          'a process whose number another one has by now',
          (root) => heldBy(root, { pid: process.pid, host: hostname(), began: '1' }),
        ],
      ]
    : [];
  const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

  async function heldBy(root: string, holder: object | string): Promise<void> {
    const file = lockFile(root, 'trial');
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(
      file,
      typeof holder === 'string' ? holder : JSON.stringify({ at: '', key: 'other', ...holder }),
    );
  }

  it('is one process’s, and free afterwards', async () => {
    const root = await temporaryFolder();
    const lock = await RunLock.take(root, 'trial');
    expect(await isLocked(root, 'trial')).toBe(true);
    await expect(RunLock.take(root, 'trial')).rejects.toMatchObject({ code: 'generation-running' });
    await (await RunLock.take(root, 'other')).release();
    await lock.release();
    expect(await isLocked(root, 'trial')).toBe(false);
    await (await RunLock.take(root, 'trial')).release();
  });

  it.each<[string, (root: string) => Promise<void>]>([
    ['a process that is gone', (root) => heldBy(root, { pid: deadPid(), host: hostname() })],
    ['a crash while it was written', (root) => heldBy(root, '{"pid": 12')],
    ...REUSED,
    [
      'a process that died while it took the lock over',
      async (root) => {
        await heldBy(root, { pid: deadPid(), host: hostname() });
        await mkdir(`${lockFile(root, 'trial')}.takeover`);
      },
    ],
  ])('of %s is taken over, by one of many', async (_what, hold) => {
    const root = await temporaryFolder();
    await hold(root);
    expect(await isLocked(root, 'trial')).toBe(false);
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => RunLock.take(root, 'trial')));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await isLocked(root, 'trial')).toBe(true);
  });

  it('is taken over where a process was killed while it took it over', async () => {
    const root = await temporaryFolder();
    await heldBy(root, { pid: deadPid(), host: hostname() });
    const gate = `${lockFile(root, 'trial')}.takeover`;
    await mkdir(gate);
    const longAgo = new Date(Date.now() - 60_000);
    await utimes(gate, longAgo, longAgo);
    await (await RunLock.take(root, 'trial')).release();
    expect([await isLocked(root, 'trial'), existsSync(gate)]).toEqual([false, false]);
  });

  it('of another machine is not taken over', async () => {
    const root = await temporaryFolder();
    await heldBy(root, { pid: deadPid(), host: 'elsewhere' });
    await expect(RunLock.take(root, 'trial')).rejects.toMatchObject({
      code: 'generation-running',
      message: expect.stringContaining('elsewhere') as string,
    });
  });

  it('that somebody else has by now is left alone', async () => {
    const root = await temporaryFolder();
    const lock = await RunLock.take(root, 'trial');
    await heldBy(root, { pid: process.pid, host: hostname() });
    await lock.release();
    expect(await isLocked(root, 'trial')).toBe(true);
  });
});
