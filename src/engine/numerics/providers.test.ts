/** The providers of this very machine, whatever it has: each works or is named with a reason, and nothing is thrown. */
import { describe, expect, it } from 'vitest';
import { ACCELERATORS } from '../../protocol/numerics.ts';
import { probeProvider } from './probe.ts';
import { cudaSetUp, realProviders } from './providers.ts';

describe('providers', () => {
  it.each(ACCELERATORS)('%s works or is said not to', async (provider) => {
    const standing = await realProviders.standing(provider);
    expect(standing.provider).toBe(provider);
    if (standing.state === 'ready') expect(standing.reason).toBe('');
    else expect(standing.reason).toMatch(/^[^/\\]{10,200}$/);
    if (!realProviders.offered().includes(provider)) expect(standing.state).toBe('absent');
  });

  it('a provider that no build has is told by the probe as the runtime tells it', async () => {
    const other = process.platform === 'win32' ? 'coreml' : 'dml';
    expect(await probeProvider(other)).toBe('this build of ONNX Runtime does not have it');
  });

  it('CUDA is installed for the version that is here', () => {
    const commands = cudaSetUp().join('\n');
    expect(commands).toMatch(/ONNXRUNTIME_NODE_INSTALL=cuda12 npm install onnxruntime-node@\d+\.\d+\.\d+\n/);
    expect(commands).toMatch(/cp .*libonnxruntime_providers_\*\.so ".*napi-v6/);
  });
});
