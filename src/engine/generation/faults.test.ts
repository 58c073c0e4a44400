/** Whole runs against a server that behaves as real ones do on bad days, through the real client. */
import { afterEach, describe, expect, it } from 'vitest';
import type { GenerationEvent, GenerationResult } from '../../protocol/generation.ts';
import { quietTask } from '../task.ts';
import { openOpenAiClient } from './clients/openai/client.ts';
import { runGeneration } from './session.ts';
import { startChatServer, type ChatFault, type ChatServer } from './testing/chat-server.ts';
import { madeAnswer, planOf, workspaceFolder } from './testing/documents.ts';
import { FastClock } from './testing/scripted-client.ts';

let server: ChatServer | undefined;
afterEach(() => server?.close());

const PLAN = planOf({
  model: { client: 'endpoint', endpoint: 'here', model: 'test-model' },
  labelSets: [{ labels: ['spoon'], count: 5 }],
  retries: 1,
});

interface Tried {
  readonly result: GenerationResult;
  readonly served: ChatServer;
  readonly clock: FastClock;
  readonly waits: readonly number[];
}

async function run(root: string, faults: readonly ChatFault[], url?: string): Promise<Tried> {
  const served = await startChatServer({ faults, reply: ({ seed = 0 }) => madeAnswer(seed) });
  server = served;
  const endpoint = { name: 'here', url: url ?? served.url, concurrency: 2 };
  // Only silence is waited out; what comes at all may come slowly on a busy machine.
  const isSilent = faults.some(({ kind }) => kind === 'silent' || kind === 'stalled');
  const patience = isSilent ? 400 : 30_000;
  const waits: number[] = [];
  const clock = new FastClock();
  const result = await runGeneration(
    { root, plan: PLAN, existing: 'only-missing' },
    {
      openClient: ({ model }) =>
        openOpenAiClient({
          endpoint,
          model,
          localOnly: true,
          warn: () => undefined,
          patience: { connect: 10_000, first: patience, idle: patience },
        }),
      context: { access: { endpoints: [endpoint], localOnly: true }, warn: () => undefined },
      tell: (event: GenerationEvent) => {
        if (event.kind === 'failure' && event.wait !== undefined) waits.push(event.wait);
      },
      clock,
    },
    quietTask,
  );
  return { result, served, clock, waits };
}

const status = (code: number, headers: Readonly<Record<string, string>> = {}): ChatFault => ({
  kind: 'status',
  status: code,
  headers,
});

describe('a run meets', () => {
  it.each<[string, ChatFault, string]>([
    ['429 without a header', status(429), 'model-rate-limited'],
    ['429 with a header', status(429, { 'retry-after': '30' }), 'model-rate-limited'],
    ['500', status(500), 'model-failed'],
    ['503', status(503), 'model-failed'],
    ['a connection cut in the middle of an answer', { kind: 'cut', pieces: 5 }, 'model-unreachable'],
    ['a server that says nothing', { kind: 'silent' }, 'model-unreachable'],
    ['a server that falls silent', { kind: 'stalled' }, 'model-unreachable'],
  ])('%s, and goes on', async (what, fault, code) => {
    const { result, waits, served } = await run(await workspaceFolder(), [fault]);
    expect(result.stopped).toBeUndefined();
    expect(result.summary.counts).toMatchObject({ accepted: 5, failures: { [code]: 1 } });
    expect(served.requests).toHaveLength(6);
    expect(waits).toHaveLength(1);
    if (what.includes('with a header')) expect(waits[0]).toBeGreaterThanOrEqual(30_000);
  });

  it.each<[string, ChatFault, string]>([
    ['an answer that never ends', { kind: 'huge', characters: 5_000_000 }, 'model-answer-too-large'],
  ])('%s, gives that one up, and asks for it the next time', async (_what, fault, code) => {
    const root = await workspaceFolder();
    const { result } = await run(root, [fault]);
    expect(result.summary).toMatchObject({
      finished: false,
      counts: { accepted: 4, failures: { [code]: 1 } },
    });
    await server?.close();
    const again = await run(root, []);
    expect(again.served.requests).toHaveLength(1);
    expect(again.result.summary).toMatchObject({ finished: true, counts: { accepted: 5 } });
  });

  it('an answer of one megabyte, and a later try is served', async () => {
    const { result } = await run(await workspaceFolder(), [{ kind: 'huge', characters: 1_000_000 }]);
    // It is received, kept and refused; the re-try is another answer.
    expect(result.summary.counts).toMatchObject({
      accepted: 5,
      answers: 6,
      rejections: { 'too-long': 1 },
      failures: {},
    });
  });

  it('an answer that the limit cut off, and asks again', async () => {
    const fault: ChatFault = {
      kind: 'finish',
      reason: 'length',
      text: '{"title": "A lid", "abstract": "A lid that',
    };
    const { result } = await run(await workspaceFolder(), [fault]);
    expect(result.summary.counts).toMatchObject({ accepted: 5, rejections: { truncated: 1 } });
  });

  it('a refusal of the provider, and asks again', async () => {
    const { result } = await run(await workspaceFolder(), [{ kind: 'refusal', text: 'No.' }]);
    expect(result.summary.counts).toMatchObject({ accepted: 5, rejections: { refusal: 1 } });
  });

  it.each([
    ['401', 401, 'model-unauthorised'],
    ['403', 403, 'model-unauthorised'],
    ['404', 404, 'model-missing'],
  ] as const)('%s, and stops at once', async (_what, code, expected) => {
    const { result, waits } = await run(await workspaceFolder(), [status(code), status(code)]);
    expect(result.stopped).toMatchObject({ kind: 'model', error: { code: expected } });
    expect(waits).toEqual([]);
  });

  it('a server that is down, and asks nothing', async () => {
    const gone = await startChatServer();
    await gone.close();
    const root = await workspaceFolder();
    await expect(run(root, [], gone.url)).rejects.toMatchObject({ code: 'model-unreachable' });
    expect((await run(root, [])).result.summary.counts.accepted).toBe(5);
  });
});
