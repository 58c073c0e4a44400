/** `numerics` as it is shipped: what it answers and with which exit code, and what it refuses. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../engine/testing/folder.ts';
import { brokenFile } from '../engine/numerics/testing/fake-providers.ts';
import { buildProgram, runCommand, type Program } from '../engine/testing/program.ts';
import { ENCODER } from '../engine/testing/repository.ts';
import { smallWorkspace } from '../engine/testing/samples.ts';
import { smallClassifier } from '../engine/testing/training.ts';
import { ACCELERATORS, type NumericsReport, type ProviderStanding } from '../protocol/numerics.ts';

let program: Program;
let root: string;
let model: string;
beforeAll(async () => {
  program = await buildProgram();
  root = await temporaryFolder(smallWorkspace());
  model = (await smallClassifier()).folder;
  process.env['PATENT_LAB_CACHE'] = path.join(root, 'cache');
}, 120_000);
afterAll(() => {
  delete process.env['PATENT_LAB_CACHE'];
});

const numerics = (...argv: readonly string[]) =>
  runCommand(
    program,
    'numerics',
    ...['--model', model, '--corpus', path.join(root, 'corpus'), '--limit', '12', '--resamples', '50'],
    ...argv,
  );

describe('numerics', { timeout: 120_000 }, () => {
  it('answers with one object, and 0 for what passes', async () => {
    const { code, stdout } = await numerics('--candidate', ENCODER, '--json');
    const report = JSON.parse(stdout) as NumericsReport;
    expect(report).toMatchObject({ verdict: 'passed', kind: 'precision', documents: { compared: 12 } });
    expect(code).toBe(0);
  });

  it('ends with 3 for what does not, and writes the report', async () => {
    const file = path.join(root, 'report.md');
    const { code, stdout } = await numerics('--candidate', await brokenFile('nan', root), '--report', file);
    expect(stdout).toContain('collapsed, held against');
    expect(code).toBe(3);
    expect(await readFile(file, 'utf8')).toContain('## Criteria');
  });

  it('keeps a run in the workspace', async () => {
    const { stderr } = await runCommand(
      program,
      ...['numerics', '--workspace', root, '--candidate', ENCODER, '--limit', '5'],
    );
    expect(stderr).toMatch(/The report stands in .*numerics-/);
  });

  it('names a provider that is not here, without a trace', async () => {
    const absent = process.platform === 'win32' ? 'coreml' : 'dml';
    const { code, stderr } = await numerics('--candidate', absent);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^(DirectML|CoreML) cannot be used here: it is a part of .*\n.*CPU does the work/);
    expect(stderr).not.toContain('    at ');
  });

  it('lists the providers', async () => {
    const { code, json } = await runCommand(program, 'numerics', '--providers', '--json');
    expect(code).toBe(0);
    const [standings = []] = json<readonly ProviderStanding[]>();
    expect(standings.map(({ provider }) => provider)).toEqual(ACCELERATORS);
  });
});
