/** Exports travel in parts that a message can hold, and leave nothing behind when they are cancelled. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../engine/testing/folder.ts';
import { madeUpLabel, madeUpOutcome } from '../../engine/testing/outcomes.ts';
import { buildProgram, EngineProcess } from '../../engine/testing/program.ts';
import { sendExport } from './send-export.ts';

let engine: EngineProcess;
beforeAll(async () => {
  engine = new EngineProcess(await buildProgram());
});
afterAll(() => engine.kill());

const outcomes = Array.from({ length: 60_000 }, (_, at) =>
  madeUpOutcome({
    document: { id: `N${at}`, title: `Walking aid ${at}` },
    labels: Array.from({ length: 20 }, (_label, label) => madeUpLabel(`label-${label}`, 0.3)),
  }),
);

describe('an export', () => {
  it('of 60,000 rows reaches the file whole', { timeout: 60_000 }, async () => {
    const file = path.join(await temporaryFolder(), 'all.csv');
    const sent: number[] = [];
    const options = { path: file, format: 'csv', onSent: (rows: number) => sent.push(rows) } as const;
    expect(await sendExport(engine, outcomes, options)).toBe(60_000);
    expect(sent.at(-1)).toBe(60_000);
    const lines = (await readFile(file, 'utf8')).split('\r\n');
    expect(lines).toHaveLength(60_002);
    expect(lines[0]?.split(',')).toHaveLength(27);
    expect(lines[60_000]).toMatch(/^N59999,/);
  });

  it('that is cancelled leaves nothing behind', async () => {
    const folder = await temporaryFolder();
    let parts = 0;
    const options = {
      path: path.join(folder, 'all.jsonl'),
      format: 'jsonl',
      isCancelled: () => ++parts > 3,
    } as const;
    expect(await sendExport(engine, outcomes, options)).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });
});
