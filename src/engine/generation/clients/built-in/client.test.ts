/** The built-in client with the real small model; nothing of it is simulated. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { ChatRequest } from '../../../../core/generation/chat.ts';
import { smallModelFile } from '../../../testing/small-model.ts';
import { openBuiltInClient, type BuiltInClient } from './client.ts';

const never = new AbortController().signal;
const REQUEST: ChatRequest = {
  messages: [
    { role: 'system', content: 'You write short titles of fictitious patents.' },
    { role: 'user', content: 'Write a title for a patent about a lid of a jar, as JSON.' },
  ],
  schema: {
    type: 'object',
    properties: { title: { type: 'string', maxLength: 16 } },
    required: ['title'],
    additionalProperties: false,
  },
  maxTokens: 24,
  temperature: 0.8,
  seed: 7,
};
const answerShape = z.strictObject({ title: z.string() });

let client: BuiltInClient;
const warnings: string[] = [];
beforeAll(async () => {
  const shares: number[] = [];
  client = await openBuiltInClient('small', {
    file: smallModelFile,
    threads: 1,
    places: 1,
    contextSize: 512,
    gpu: false,
    warn: (message) => void warnings.push(message),
    onProgress: (share) => void shares.push(share),
  });
  expect(shares.at(-1)).toBe(1);
}, 60_000);
afterAll(() => client.close());

describe('the built-in model', () => {
  it('says what and where it is', () => {
    expect(client.recipient).toMatch(/^small on this machine \(CPU, 1 thread\)$/);
    expect(client.capabilities).toEqual({ structured: true, grammar: true, concurrency: 1 });
    expect(warnings).toEqual([]);
  });

  it('writes what the schema asks for, counts it, and writes the same for the same seed', async () => {
    const first = await client.ask(REQUEST, never);
    expect(first).toMatchObject({ finish: 'stop', model: 'small' });
    expect(answerShape.parse(JSON.parse(first.text)).title.length).toBeLessThanOrEqual(16);
    expect(first.promptTokens).toBeGreaterThan(30);
    expect(first.promptTokens).toBeLessThan(100);
    expect(first.completionTokens).toBeGreaterThan(3);
    expect(first.completionTokens).toBeLessThanOrEqual(24);
    expect(await client.ask(REQUEST, never)).toEqual(first);
  }, 60_000);

  it('keeps to a grammar before a schema', async () => {
    const grammar = 'root ::= "{\\"title\\": \\"A " ("lid" | "jar") "\\"}"\n';
    expect((await client.ask({ ...REQUEST, grammar }, never)).text).toMatch(/^{"title": "A (lid|jar)"}$/);
  }, 60_000);

  it('is cut off at the limit, and says so', async () => {
    const answer = await client.ask({ ...REQUEST, maxTokens: 3 }, never);
    expect(answer).toMatchObject({ finish: 'length', completionTokens: 3 });
  }, 60_000);

  it('stops within a second, and is still of use', async () => {
    const stop = new AbortController();
    const asking = client.ask({ ...REQUEST, schema: undefined, maxTokens: 400 }, stop.signal);
    setTimeout(() => stop.abort(), 300);
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' });
    await expect(client.ask(REQUEST, AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    expect(await client.ask({ ...REQUEST, maxTokens: 2 }, never)).toMatchObject({ finish: 'length' });
  }, 60_000);

  it('refuses a prompt that leaves no room, and shortens none', async () => {
    const messages = [{ role: 'user', content: 'jar '.repeat(600) }] as const;
    await expect(client.ask({ ...REQUEST, messages }, never)).rejects.toMatchObject({
      code: 'model-failed',
      kind: 'skip',
    });
  });
});

it('an installation without the library for this system says so', async () => {
  const importLibrary = (): Promise<never> =>
    Promise.reject(new Error("Cannot find package '@node-llama-cpp'"));
  const load = openBuiltInClient('small', { file: smallModelFile, importLibrary, warn: () => undefined });
  await expect(load).rejects.toMatchObject({
    code: 'model-failed',
    kind: 'stop',
    message: expect.stringContaining(`${process.platform}-${process.arch}`) as string,
    remedy: expect.stringContaining('model server') as string,
  });
});

describe('what is no model', () => {
  it('is said before anything is loaded', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'patent-lab-'));
    const file = path.join(folder, 'a.gguf');
    const load = (): Promise<unknown> => openBuiltInClient('a', { file, warn: () => undefined });
    await expect(load()).rejects.toMatchObject({ code: 'model-missing', kind: 'stop' });
    await writeFile(file, 'not a model');
    await expect(load()).rejects.toMatchObject({ code: 'model-failed', kind: 'stop' });
    await writeFile(file, Buffer.concat([Buffer.from('GGUF'), Buffer.alloc(20, 3)]));
    await expect(load()).rejects.toMatchObject({ code: 'model-failed', kind: 'stop' });
    await rm(folder, { recursive: true });
  }, 60_000);
});
