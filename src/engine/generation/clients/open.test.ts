/** Which client a plan's choice opens, and what a plan may not choose. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../../core/generation/chat.ts';
import type { ModelAccess } from '../../../protocol/generation.ts';
import { temporaryFolder } from '../../testing/folder.ts';
import type { ClientContext } from '../client.ts';
import { serverModels } from '../server-models.ts';
import { startChatServer, type ChatServer } from '../testing/chat-server.ts';
import { HostClient, openHostClient } from './host.ts';
import { openClient } from './open.ts';

const REQUEST: ChatRequest = {
  messages: [{ role: 'user', content: 'A lid.' }],
  maxTokens: 20,
  temperature: 0,
};
const context = (access: Partial<ModelAccess> = {}, more: Partial<ClientContext> = {}): ClientContext => ({
  access: { endpoints: [], localOnly: false, ...access },
  warn: () => undefined,
  ...more,
});

const servers: ChatServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});
const serve = async (...options: Parameters<typeof startChatServer>): Promise<ChatServer> => {
  const server = await startChatServer(...options);
  servers.push(server);
  return server;
};

describe('a model file', () => {
  const choice = (model: string) => ({ client: 'built-in', model }) as const;

  it.each(['/etc/passwd', 'C:\\models\\a.gguf', '\\\\server\\share\\a.gguf'])(
    'is not chosen by a path in a plan: %s',
    async (file) => {
      const opening = openClient(choice(file), context({ modelFiles: [{ name: 'own', path: file }] }));
      await expect(opening).rejects.toMatchObject({
        code: 'model-not-configured',
        kind: 'stop',
        message: expect.stringContaining('by its path') as string,
        remedy: expect.stringContaining('patentLab.generation.modelFiles') as string,
      });
    },
  );

  it('is opened by the name that the machine gave it, and by no other', async () => {
    const file = path.join(await temporaryFolder(), 'own.gguf');
    await writeFile(file, 'no model, which is seen when it is opened');
    const access = { modelFiles: [{ name: 'own', path: file }] };
    await expect(openClient(choice('own'), context(access))).rejects.toMatchObject({
      code: 'model-failed',
      place: { file },
    });
    await expect(openClient(choice('other'), context(access))).rejects.toMatchObject({
      code: 'model-not-configured',
      remedy: expect.stringMatching(/^There are: tinyllama-1\.1b-chat, own\./) as string,
    });
  });

  it('cannot stand in for the built-in model', async () => {
    const folder = await temporaryFolder();
    const access = {
      modelFolder: folder,
      modelFiles: [{ name: 'tinyllama-1.1b-chat', path: path.join(folder, 'other.gguf') }],
    };
    await expect(openClient(choice('tinyllama-1.1b-chat'), context(access))).rejects.toMatchObject({
      code: 'model-missing',
      message: expect.stringContaining('are not on this machine') as string,
    });
  });
});

describe('an endpoint', () => {
  const choice = { client: 'endpoint', endpoint: 'here', model: 'test-model' } as const;

  it('is opened by its name in the settings', async () => {
    const { url } = await serve({ reply: () => 'A lid.' });
    const client = await openClient(choice, context({ endpoints: [{ name: 'here', url }], localOnly: true }));
    expect((await client.ask(REQUEST, new AbortController().signal)).text).toBe('A lid.');
    await client.close();
  });

  it('that the settings lack is not guessed at', async () => {
    const endpoints = [{ name: 'there', url: 'http://127.0.0.1:9/v1' }];
    await expect(openClient(choice, context({ endpoints }))).rejects.toMatchObject({
      code: 'model-not-configured',
      remedy: expect.stringContaining('"there"') as string,
    });
  });
});

describe('the list of a server', () => {
  it('is asked for with its key, and may not be there', async () => {
    const { url } = await serve({ models: ['a', 'b'], key: 'secret' });
    const endpoint = { name: 'here', url, key: 'secret' };
    expect(await serverModels({ endpoint, localOnly: true })).toEqual({ models: ['a', 'b'] });
    const silent = await serve({ lists: false });
    expect(await serverModels({ endpoint: { name: 'here', url: silent.url }, localOnly: true })).toEqual({});
  });

  it('is not asked of another machine where only this one is allowed', async () => {
    const endpoint = { name: 'far', url: 'http://192.0.2.7/v1', key: 'secret' };
    expect(await serverModels({ endpoint, localOnly: true })).toMatchObject({
      problem: { code: 'model-not-local' },
    });
  });
});

describe('a model of the editor', () => {
  const answer = { text: 'A lid.', finish: 'stop', model: 'm' } as const;

  it('is asked through the host, under its name', async () => {
    const asked: unknown[] = [];
    const client = await openClient(
      { client: 'editor', model: 'vendor/family' },
      context({}, { hostChat: (params) => (asked.push(params), Promise.resolve(answer)) }),
    );
    expect(await client.ask(REQUEST, new AbortController().signal)).toEqual(answer);
    expect(asked).toEqual([{ model: 'vendor/family', request: REQUEST }]);
    expect(client.recipient).toBe('vendor/family of the editor');
    expect(client.capabilities.structured).toBe(false);
  });

  it('is left alone when the run is cancelled or the client closed', async () => {
    const until = (_: unknown, signal: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
    const client = new HostClient('m', until);
    const stop = new AbortController();
    const first = client.ask(REQUEST, stop.signal);
    stop.abort();
    await expect(first).rejects.toThrow('aborted');
    const second = client.ask(REQUEST, new AbortController().signal);
    await client.close();
    await expect(second).rejects.toThrow('aborted');
  });

  it.each([
    ['where only this machine is allowed', context({ localOnly: true }), 'model-not-local'],
    ['without an editor', context(), 'model-not-configured'],
  ])('is refused %s', (_, given, code) => {
    expect(() => openHostClient('m', given)).toThrow(
      expect.objectContaining({ code, kind: 'stop' }) as Error,
    );
  });
});
