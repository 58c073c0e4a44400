/**
 * Training on WebGPU, as the command line does it: on a graphics device in software, which is slow and calculates as a
 * device does, in buffers of its own. A process of its own, because its libraries are found when it starts.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { softwareVulkan } from '../../../scripts/setup/chromium.mjs';
import { temporaryFolder } from '../testing/folder.ts';
import { buildProgram, runCommandWith, type Program } from '../testing/program.ts';
import { smallBase, smallDocuments } from './testing/small-base.ts';

const device = softwareVulkan();

let program: Program;
let root = '';
let common: readonly string[] = [];

interface Trained {
  readonly history: readonly { readonly loss?: number; readonly heldOutLoss?: number }[];
  readonly provider: { readonly provider: string; readonly reason: string } | null;
}

async function trained(provider: string, argv: readonly string[]): Promise<Trained> {
  const out = path.join(root, `${argv[0]}-${provider}`);
  const environment = { ...device, PATENT_LAB_CACHE: path.join(root, 'cache') };
  const ran = await runCommandWith(
    environment,
    program,
    ...argv,
    ...common,
    '--provider',
    provider,
    '--out',
    out,
  );
  if (ran.code !== 0) throw new Error(ran.stderr);
  const [told] = ran.json<Trained>();
  if (!told) throw new Error('nothing was told');
  return told;
}

describe.skipIf(!device)('on a device in software', () => {
  beforeAll(async () => {
    program = await buildProgram();
    root = await temporaryFolder();
    const base = await smallBase(root);
    await smallDocuments(root, 40);
    const labels = ['wheels', 'lights', 'fluids'].map((id) => ({ id, name: id }));
    await writeFile(path.join(root, 'taxonomy.json'), JSON.stringify({ name: 'Parts', labels }));
    common = ['--base', base, '--corpus', path.join(root, 'corpus.jsonl'), '--epochs', '1', '--json'];
  });

  it.each([
    [
      'a fine-tuning of all weights, several batches a step',
      ['finetune', '--method', 'full', '--batch', '4', '--accumulate', '2', '--rate', '0.01'],
    ],
    [
      'an adaptation by adapters',
      ['adapt', '--objective', 'mlm', '--method', 'lora', '--rank', '2', '--batch', '8', '--rate', '0.05'],
    ],
  ])(
    '%s comes to what the CPU comes to',
    async (_, argv) => {
      const taxonomy = argv[0] === 'finetune' ? ['--taxonomy', path.join(root, 'taxonomy.json')] : [];
      const [theirs, ours] = [
        await trained('webgpu', [...argv, ...taxonomy]),
        await trained('cpu', [...argv, ...taxonomy]),
      ];
      expect(ours.provider).toBeNull();
      expect(theirs.provider).toMatchObject({
        provider: 'webgpu',
        reason: expect.stringContaining('WebGPU passed the numerics check on this machine') as unknown,
      });
      expect(theirs.history).toHaveLength(2);
      for (const [epoch, { loss, heldOutLoss }] of theirs.history.entries()) {
        const close = (value: number | undefined, expected: number | undefined): void => {
          if (expected !== undefined) expect((value ?? Number.NaN) / expected).toBeCloseTo(1, 2);
        };
        close(loss, ours.history[epoch]?.loss);
        close(heldOutLoss, ours.history[epoch]?.heldOutLoss);
      }
      expect(theirs.history[1]?.loss).toBeGreaterThan(0);
    },
    300_000,
  );
});
