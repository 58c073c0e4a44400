/**
 * Execution providers for tests on machines without any: a provider is a model that runs on the CPU under its name,
 * right or broken, or the error that ONNX Runtime gives when it cannot be opened.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Accelerator, ProviderStanding } from '../../../protocol/numerics.ts';
import { Encoder } from '../../encoder/encoder.ts';
import { readEncoderSpec } from '../../encoder/spec.ts';
import { writeFiles } from '../../testing/folder.ts';
import { ENCODER } from '../../testing/repository.ts';
import type { Providers } from '../providers.ts';
import { brokenModel, type Breakage } from './broken-models.ts';

export type Behaviour =
  | { readonly kind: 'right' }
  | { readonly kind: 'broken'; readonly breakage: Breakage }
  /** Words of the runtime at session creation. */
  | { readonly kind: 'fails'; readonly message: string }
  | { readonly kind: 'not-ready'; readonly state: 'absent' | 'failed'; readonly reason: string };

export interface FakeProviders extends Providers {
  /** What was opened so far. */
  readonly opened: readonly Accelerator[];
}

/** @param folder takes the broken models. */
export function fakeProviders(
  behaviours: Readonly<Partial<Record<Accelerator, Behaviour>>>,
  folder: string,
): FakeProviders {
  const opened: Accelerator[] = [];
  return {
    opened,
    offered: () => Object.keys(behaviours) as Accelerator[],
    standing: (provider) => Promise.resolve(standingOf(provider, behaviours[provider])),
    async open(provider) {
      opened.push(provider);
      const behaviour = behaviours[provider];
      if (behaviour?.kind === 'fails') throw new Error(behaviour.message);
      return behaviour?.kind === 'broken' ? brokenEncoder(behaviour.breakage, folder) : Encoder.load(ENCODER);
    },
  };
}

function standingOf(provider: Accelerator, behaviour: Behaviour | undefined): ProviderStanding {
  if (!behaviour) return { provider, state: 'absent', reason: 'there is none in this test' };
  if (behaviour.kind !== 'not-ready') return { provider, state: 'ready', reason: '' };
  return { provider, state: behaviour.state, reason: behaviour.reason };
}

/** The built-in encoder with one thing wrong, under its own name. */
export async function brokenEncoder(breakage: Breakage, folder: string): Promise<Encoder> {
  const { sha256, precision } = await readEncoderSpec(ENCODER);
  const file = await brokenFile(breakage, folder);
  return Encoder.load(ENCODER, { variant: { file, sha256, precision } });
}

export async function brokenFile(breakage: Breakage, folder: string): Promise<string> {
  const { model } = await readEncoderSpec(ENCODER);
  const bytes = await readFile(path.join(ENCODER, model));
  await writeFiles(folder, { [`${breakage}.onnx`]: brokenModel(bytes, breakage) });
  return path.join(folder, `${breakage}.onnx`);
}
