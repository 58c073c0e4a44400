/** Which execution providers this build of ONNX Runtime has, and whether they work on this machine. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ACCELERATORS, type Accelerator, type ProviderStanding } from '../../protocol/numerics.ts';
import type { Encoder } from '../encoder/encoder.ts';
import { ort, runtimeVersion } from '../onnx/runtime.ts';
import { probeProvider, runtimeFolder } from './probe.ts';

/** Loads an encoder onto a provider. */
export type LoadOn<P> = (provider: P) => Promise<Encoder>;

/** What the check needs of the providers; the real ones are {@link realProviders}. */
export interface Providers {
  /** Those this build of ONNX Runtime knows, in no order of preference. */
  offered(): readonly Accelerator[];
  standing(provider: Accelerator, signal?: AbortSignal): Promise<ProviderStanding>;
  open(provider: Accelerator, load: LoadOn<Accelerator>): Promise<Encoder>;
}

export const realProviders: Providers = {
  offered: () => {
    const names = ort.listSupportedBackends().map(({ name }) => name);
    return ACCELERATORS.filter((provider) => names.includes(provider));
  },
  async standing(provider, signal) {
    if (!this.offered().includes(provider))
      return { provider, state: 'absent', reason: missingReason(provider) };
    if (provider === 'cuda' && !existsSync(path.join(runtimeFolder(), CUDA_LIBRARY))) {
      return { provider, state: 'absent', reason: 'its libraries are not installed', setUp: cudaSetUp() };
    }
    const reason = await probeProvider(provider, signal);
    return reason === undefined
      ? { provider, state: 'ready', reason: '' }
      : { provider, state: 'failed', reason };
  },
  open: (provider, load) => load(provider),
};

function missingReason(provider: Accelerator): string {
  switch (provider) {
    case 'webgpu':
    case 'cuda':
      return `ONNX Runtime has no build of it for ${process.platform} on ${process.arch}`;
    case 'dml':
      return 'it is a part of Windows';
    case 'coreml':
      return 'it is a part of macOS on Apple processors';
  }
}

const CUDA_LIBRARY = 'libonnxruntime_providers_cuda.so';

/**
 * The libraries are too large for the extension (hundreds of megabytes) and fit one version of ONNX Runtime: its own
 * package fetches them, and they are put beside the ones that are here. CUDA 12 and cuDNN 9 must be installed.
 */
export function cudaSetUp(): readonly string[] {
  const made = path.join(
    'node_modules',
    'onnxruntime-node',
    'bin',
    'napi-v6',
    process.platform,
    process.arch,
  );
  return [
    'cd "$(mktemp -d)"',
    `ONNXRUNTIME_NODE_INSTALL=cuda12 npm install onnxruntime-node@${runtimeVersion()}`,
    `cp ${path.join(made, 'libonnxruntime_providers_')}*.so "${path.resolve(runtimeFolder())}"`,
  ];
}
