import { CancellationTokenSource } from 'vscode-jsonrpc/node';
import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../../protocol/generation.ts';
import { english } from '../../l10n.ts';
import type { EditorModel, EditorModels } from './api.ts';
import { askEditorModel } from './chat.ts';

const request: ChatRequest = {
  messages: [
    { role: 'system', content: 'You write patents.' },
    { role: 'user', content: 'Write one.' },
  ],
  maxTokens: 100,
  temperature: 0.5,
  seed: 7,
};

interface Fake extends EditorModel<string> {
  readonly sent: unknown[];
}

function fake(id: string, more: Partial<EditorModel<string>> = {}): Fake {
  const sent: unknown[] = [];
  return {
    id,
    vendor: 'acme',
    family: 'large',
    sent,
    sendRequest(messages, options) {
      sent.push({ messages, options });
      return Promise.resolve({ text: parts('A cane', ' with a lamp.') });
    },
    countTokens: (text) => Promise.resolve(text.split(' ').length),
    ...more,
  };
}

async function* parts(...texts: readonly string[]): AsyncIterable<string> {
  for (const text of texts) yield await Promise.resolve(text);
}

const models = (...all: readonly EditorModel<string>[]): EditorModels<string> => ({
  select: ({ id, vendor, family }) =>
    Promise.resolve(
      all.filter(
        (model) =>
          (id === undefined || model.id === id) &&
          (vendor === undefined || model.vendor === vendor) &&
          (family === undefined || model.family === family),
      ),
    ),
  user: (content) => `user: ${content}`,
  assistant: (content) => `assistant: ${content}`,
});

const { token } = new CancellationTokenSource();
const ask = (model: string, api: EditorModels<string>) =>
  askEditorModel({ model, request }, api, token, english);

describe('askEditorModel', () => {
  it('gives the whole answer and what the model counts', async () => {
    const model = fake('large-1');
    expect(await ask('large-1', models(fake('other'), model))).toEqual({
      text: 'A cane with a lamp.',
      finish: 'unknown',
      model: 'acme/large-1',
      promptTokens: 7,
      completionTokens: 5,
    });
    expect(model.sent).toEqual([
      {
        messages: ['user: You write patents.', 'user: Write one.'],
        options: {
          justification: expect.stringContaining('synthetic patents') as string,
          modelOptions: { temperature: 0.5, max_tokens: 100, seed: 7 },
        },
      },
    ]);
  });

  it.each(['acme/large', 'acme/large-1', 'large-1'])('finds %s', async (name) => {
    expect((await ask(name, models(fake('large-1')))).model).toBe('acme/large-1');
  });

  it('says where there is no such model', async () => {
    await expect(ask('acme/small', models(fake('large-1')))).rejects.toMatchObject({ code: 'NotFound' });
  });

  it.each([
    ['fails', () => Promise.reject(new Error('no tokenizer'))],
    ['answers nothing', () => Promise.resolve(0)],
  ])('leaves tokens unknown where counting %s', async (_, countTokens) => {
    const answer = await ask('large-1', models(fake('large-1', { countTokens })));
    expect(Object.keys(answer).sort()).toEqual(['finish', 'model', 'text']);
  });

  it('passes on an answer that breaks off', async () => {
    async function* broken(): AsyncIterable<string> {
      yield 'A cane';
      await Promise.resolve();
      throw new Error('connection lost');
    }
    const sendRequest = () => Promise.resolve({ text: broken() });
    await expect(ask('large-1', models(fake('large-1', { sendRequest })))).rejects.toThrow('connection lost');
  });
});
