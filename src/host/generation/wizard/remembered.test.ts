import { expect, it } from 'vitest';
import { newDraft, type Draft } from './draft.ts';
import { rememberChoices, rememberedChoices } from './remembered.ts';

/** As VS Code keeps it: as JSON. */
function memento() {
  const kept = new Map<string, string>();
  return {
    get: (key: string): unknown => JSON.parse(kept.get(key) ?? 'null'),
    update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, JSON.stringify(value))),
  };
}

const draft: Draft = {
  ...newDraft(['a'], 20),
  strategy: 'paraphrase',
  times: 5,
  genres: ['claim-led', 'standard'],
  labelInstruction: 'named',
  model: { client: 'endpoint', endpoint: 'here', model: 'large' },
  documents: 12,
};

it('remembers choices of a root, and neither labels nor amounts', async () => {
  const memory = memento();
  await rememberChoices(memory, '/w', draft);
  expect(rememberedChoices(memory, '/w')).toEqual({
    strategy: 'paraphrase',
    times: 5,
    genres: ['claim-led', 'standard'],
    labelInstruction: 'named',
    model: { client: 'endpoint', endpoint: 'here', model: 'large' },
  });
  expect(rememberedChoices(memory, '/other')).toBeUndefined();
});

it.each([['nonsense'], [{ strategy: 'dictation' }], [{}]])('makes nothing of %j', async (value) => {
  const memory = memento();
  await memory.update('patentLab.generation.choices:/w', value);
  expect(rememberedChoices(memory, '/w')).toBeUndefined();
});

it('remembers nothing before a model is chosen', async () => {
  const memory = memento();
  await rememberChoices(memory, '/w', newDraft(['a'], 20));
  expect(rememberedChoices(memory, '/w')).toBeUndefined();
});
