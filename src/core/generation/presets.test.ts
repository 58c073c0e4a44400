import { expect, it } from 'vitest';
import { MODEL_PRESETS, memoryNeed } from './presets.ts';

it('are six models of 3.8 to 12 billion parameters, each with a name of its own everywhere', () => {
  expect(MODEL_PRESETS).toHaveLength(6);
  for (const { parameters, weights, licence, contextLength } of MODEL_PRESETS) {
    expect(parameters).toBeGreaterThanOrEqual(3.8);
    expect(parameters).toBeLessThan(13);
    expect(licence).not.toBe('');
    expect(contextLength).toBeGreaterThanOrEqual(8192);
    // 4 bit and a little for what is kept more precisely.
    expect((weights * 8) / 1000 / parameters).toBeGreaterThan(4);
    expect((weights * 8) / 1000 / parameters).toBeLessThan(6);
  }
  const all = MODEL_PRESETS.flatMap(({ id, names }) => [id, names.ollama, names.vllm, names.gguf]);
  expect(new Set(all).size).toBe(all.length);
  for (const { names } of MODEL_PRESETS) {
    expect(names.ollama).toMatch(/^[a-z0-9.-]+:[0-9.]+b$/);
    expect(names.vllm).toMatch(/^[\w-]+\/[\w.-]+$/);
    expect(names.gguf).toMatch(/^[\w.-]+-Q4_K_M\.gguf$/);
  }
});

it('need more memory for longer documents', () => {
  const need = MODEL_PRESETS.map((preset) => memoryNeed(preset));
  expect(Math.min(...need)).toBeGreaterThan(3000);
  expect(Math.max(...need)).toBeLessThan(10_000);
  for (const preset of MODEL_PRESETS) expect(memoryNeed(preset, 8192)).toBeGreaterThan(memoryNeed(preset));
});
