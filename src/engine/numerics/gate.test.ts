/** The gate: only what gave the CPU's results on this machine is used, and what is used, and why, is said. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Provider, ProviderChoice, ProviderDecision } from '../../protocol/numerics.ts';
import { Encoder } from '../encoder/encoder.ts';
import { readEncoderSpec } from '../encoder/spec.ts';
import { runtimeVersion } from '../onnx/runtime.ts';
import { temporaryFolder, writeFiles } from '../testing/folder.ts';
import { ENCODER } from '../testing/repository.ts';
import { ProviderGate } from './gate.ts';
import { Outcomes, type Outcome } from './outcomes.ts';
import { fakeProviders, type Behaviour, type FakeProviders } from './testing/fake-providers.ts';

let folder: string;
let model: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  model = (await readEncoderSpec(ENCODER)).sha256;
});

const load = (provider: Provider): Promise<Encoder> => {
  // The real encoder on the CPU; on anything else only the fake knows how.
  if (provider !== 'cpu') throw new Error(`nothing loads onto ${provider} here`);
  return Encoder.load(ENCODER);
};

async function choose(
  choice: ProviderChoice,
  providers: FakeProviders,
  machine = 'this machine',
): Promise<ProviderDecision | undefined> {
  let decision: ProviderDecision | undefined;
  const gate = new ProviderGate({
    choice,
    providers,
    outcomes: new Outcomes(folder),
    machine: () => Promise.resolve(machine),
    onDecision: (made) => (decision = made),
  });
  const encoder = await gate.open(load);
  await encoder.encode('It encodes, whatever was chosen.');
  await encoder.release();
  return decision;
}

const cuda = (behaviour: Behaviour): FakeProviders => fakeProviders({ cuda: behaviour }, folder);
const record = (outcome: Partial<Outcome>): Promise<void> =>
  new Outcomes(folder).record({
    provider: 'cuda',
    model,
    onnxruntime: runtimeVersion(),
    machine: 'this machine',
    state: 'passed',
    reason: '',
    speed: 3,
    ...outcome,
  });

describe('a provider', () => {
  it('that calculates rightly is used, and is not checked again', async () => {
    const providers = cuda({ kind: 'right' });
    expect(await choose('cuda', providers)).toMatchObject({
      provider: 'cuda',
      reason: expect.stringContaining('CUDA passed the numerics check on this machine'),
    });
    // Once for the check, once for the work.
    expect(providers.opened).toHaveLength(2);
    await choose('cuda', providers);
    expect(providers.opened).toHaveLength(3);
  });

  it('is checked again with another driver', async () => {
    const providers = cuda({ kind: 'right' });
    await choose('cuda', providers);
    await choose('cuda', providers, 'this machine after an update');
    expect(providers.opened).toHaveLength(4);
  });

  it.each([
    ['kernel', 'worst cosine'],
    ['nan', 'NaN'],
    ['overflow', 'NaN'],
  ] as const)('with a planted %s is refused', async (breakage, reason) => {
    const providers = cuda({ kind: 'broken', breakage });
    for (let start = 0; start < 2; start++) {
      const decision = await choose('cuda', providers);
      expect(decision?.provider).toBe('cpu');
      expect(decision?.reason).toContain('CUDA: it did not pass the numerics check');
      expect(decision?.reason).toContain(reason);
    }
    // The second start goes by what the first one found.
    expect(providers.opened).toHaveLength(1);
  });

  it('that fails when it is opened is named, without a trace', async () => {
    const message =
      '/onnxruntime_src/onnxruntime/core/providers/cuda/cuda_call.cc:129 bool onnxruntime::CudaCall() CUDA failure 100: no CUDA-capable device is detected';
    const decision = await choose('cuda', cuda({ kind: 'fails', message }));
    expect(decision).toEqual({
      provider: 'cpu',
      reason: 'The CPU. CUDA: there is no CUDA device, or its driver is too old.',
    });
  });

  it('that is not there is looked for again at every start', async () => {
    const absent = cuda({ kind: 'not-ready', state: 'absent', reason: 'its libraries are not installed' });
    expect((await choose('cuda', absent))?.reason).toBe('The CPU. CUDA: its libraries are not installed.');
    expect((await choose('cuda', cuda({ kind: 'right' })))?.provider).toBe('cuda');
  });

  it('that took the engine down with it is not tried again at the next start', async () => {
    await record({ state: 'trying', reason: 'it ended the engine when it was tried', speed: 0 });
    const providers = cuda({ kind: 'right' });
    expect((await choose('cuda', providers))?.reason).toContain('it ended the engine when it was tried');
    expect(providers.opened).toEqual([]);
  });

  it('that passed and can no longer be opened gives way to the CPU', async () => {
    await record({ state: 'passed' });
    const decision = await choose('cuda', cuda({ kind: 'fails', message: 'CUDA out of memory' }));
    expect(decision).toEqual({ provider: 'cpu', reason: 'The CPU. CUDA: its memory does not suffice.' });
  });
});

describe('auto', () => {
  it('takes the fastest that passed', async () => {
    await record({ provider: 'cuda', speed: 3 });
    await record({ provider: 'webgpu', speed: 5 });
    const both = fakeProviders({ cuda: { kind: 'right' }, webgpu: { kind: 'right' } }, folder);
    expect((await choose('auto', both))?.provider).toBe('webgpu');
  });

  it('stays on the CPU where none is worth it', async () => {
    await record({ speed: 1.02 });
    expect(await choose('auto', cuda({ kind: 'right' }))).toEqual({
      provider: 'cpu',
      reason:
        'The CPU. CUDA: it passed the numerics check, but is no faster (1.0 times the speed of the CPU).',
    });
  });

  it('says that there is nothing to choose from', async () => {
    expect((await choose('auto', fakeProviders({}, folder)))?.reason).toContain('no accelerator');
  });
});

it('the CPU is not asked about', async () => {
  const providers = cuda({ kind: 'right' });
  expect(await choose('cpu', providers)).toBeUndefined();
  expect(providers.opened).toEqual([]);
});

describe('what is kept', () => {
  const key = () => ({
    provider: 'cuda' as const,
    model,
    onnxruntime: runtimeVersion(),
    machine: 'this machine',
  });
  const after = (days: number) => new Outcomes(folder, () => Date.now() + days * 86_400_000);

  it('holds for a while', async () => {
    await record({ state: 'passed' });
    expect(await after(29).find(key())).toMatchObject({ state: 'passed', speed: 3 });
    expect(await after(31).find(key())).toBeUndefined();
  });

  it('of what could not be used holds for a day', async () => {
    await record({ state: 'unusable' });
    expect(await after(0.9).find(key())).toBeDefined();
    expect(await after(1.1).find(key())).toBeUndefined();
  });

  it('is about one model and one runtime', async () => {
    await record({});
    expect(await new Outcomes(folder).find({ ...key(), model: 'f'.repeat(64) })).toBeUndefined();
    expect(await new Outcomes(folder).find({ ...key(), onnxruntime: '1.99.0' })).toBeUndefined();
  });

  it.each(['', '{"version":1,"outcomes":[{"provider":"cuda"}]}', '{"version":1,"outco'])(
    'is as if it were not there where the file is damaged: %j',
    async (text) => {
      await writeFiles(folder, { 'numerics.json': text });
      expect(await new Outcomes(folder).find(key())).toBeUndefined();
      await record({});
      expect(await new Outcomes(folder).find(key())).toBeDefined();
    },
  );

  it('is what a person can read', async () => {
    await record({});
    const text = await readFile(path.join(folder, 'numerics.json'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({ version: 1, outcomes: [{ provider: 'cuda', state: 'passed' }] });
  });
});
