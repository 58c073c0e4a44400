/**
 * Synthetic patents: a run of the project's own over the sample taxonomy with the built-in model; tokens a second beside
 * the raw binding with the same prompts; eight requests at once to a real server in a process of its own; and what the
 * tool itself costs per document, against a server that answers at once.
 *
 * Small while developing: `PATENT_LAB_BENCH_DOCUMENTS=4 PATENT_LAB_BENCH_PARTS=in-process npm run bench -- generate`.
 * With `PATENT_LAB_BENCH_FOLDER`, the workspaces are kept there, and a run that was ended goes on.
 */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { getLlama, LlamaChat, LlamaLogLevel, type ChatHistoryItem } from 'node-llama-cpp';
import type { ChatRequest } from '../src/core/generation/chat.ts';
import {
  formatPlan,
  parsePlan,
  PLAN_SUFFIX,
  type GenerationPlan,
  type ModelChoice,
} from '../src/core/generation/plan.ts';
import type { ChatClient, ClientContext } from '../src/engine/generation/client.ts';
import { openBuiltInClient } from '../src/engine/generation/clients/built-in/client.ts';
import { openClient } from '../src/engine/generation/clients/open.ts';
import { proposePlan } from '../src/engine/generation/propose.ts';
import { runGeneration } from '../src/engine/generation/session.ts';
import { startChatServer } from '../src/engine/generation/testing/chat-server.ts';
import { fileOf, modelFolder, TINYLLAMA } from '../src/engine/models/catalog.ts';
import { quietTask } from '../src/engine/task.ts';
import type { GenerationResult } from '../src/protocol/generation.ts';
import { serveModel, SERVED_MODEL, startServer } from './lib/llama-server.ts';
import { root } from './lib/places.ts';
import { mean, printMachine, show } from './lib/rounds.ts';

const number = (name: string, otherwise: number): number =>
  Number(process.env[`PATENT_LAB_BENCH_${name}`] ?? otherwise);
const DOCUMENTS = number('DOCUMENTS', 40);
/** Of an answer, at most. */
const TOKENS = number('TOKENS', 600);
const THREADS = number('THREADS', os.availableParallelism());
/** Requests that are timed beside the raw binding. */
const COMPARED = number('COMPARED', 6);
const OVERHEAD_DOCUMENTS = number('OVERHEAD_DOCUMENTS', 200);
/** Real documents in a prompt: a prompt is read slowly on a processor. */
const EXEMPLARS = number('EXEMPLARS', 0);
/** A weak model fails as often the second time; every answer counts, and none is asked for again. */
const RETRIES = number('RETRIES', 0);
const PARTS = (process.env['PATENT_LAB_BENCH_PARTS'] ?? 'in-process,binding,server,overhead').split(',');
const FOLDER = process.env['PATENT_LAB_BENCH_FOLDER'];

const script = process.argv[1] ?? '';
const weights = fileOf(TINYLLAMA.id, modelFolder(undefined)) ?? '';

if (process.argv[2] === 'serve') await serveModel(process.argv[3] ?? '');
else await measure();

async function measure(): Promise<void> {
  printMachine();
  const isWanted = (part: string): boolean => PARTS.includes(part);
  if (isWanted('in-process')) await inProcess();
  if (isWanted('binding')) await besideTheBinding();
  if (isWanted('server')) await againstAServer();
  if (isWanted('overhead')) await overhead();
}

/** Declared as a function: the measuring above begins before what follows it is set. */
function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`;
}

/** A copy of the sample workspace, removed afterwards where it is not to be kept. */
async function withSamples<T>(name: string, use: (folder: string) => Promise<T>): Promise<T> {
  const samples = path.join(root, 'samples');
  if (FOLDER !== undefined) {
    const folder = path.join(FOLDER, name);
    await mkdir(folder, { recursive: true });
    await cp(samples, folder, { recursive: true });
    return use(folder);
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'patent-lab-generate-'));
  try {
    await cp(samples, folder, { recursive: true });
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Asked {
  readonly request: ChatRequest;
  readonly milliseconds: number;
}

interface Run {
  readonly result: GenerationResult;
  readonly asked: readonly Asked[];
  readonly plan: GenerationPlan;
}

async function generate(
  name: string,
  model: ModelChoice,
  documents: number,
  context: Omit<ClientContext, 'warn'>,
  change: Partial<GenerationPlan> = {},
): Promise<Run> {
  return withSamples(name, async (folder) => {
    const plan = await planIn(folder, name, model, documents, change);
    const asked: Asked[] = [];
    const result = await runGeneration(
      { root: folder, plan, existing: 'only-missing' },
      {
        openClient: async (choice, inner) => recording(await openClient(choice, inner), asked),
        context: { ...context, warn: (message) => console.log(`  ${message}`) },
        tell: () => undefined,
      },
      quietTask,
    );
    const kept = await readFile(result.summary.file, 'utf8').catch(() => '');
    const lines = kept.split('\n').filter((line) => line !== '').length;
    if (lines !== result.summary.counts.accepted) throw new Error(`${lines} documents are stored`);
    return { result, asked, plan };
  });
}

/** The plan that is there, or a new one: what a run has written changes what a new plan would propose. */
async function planIn(
  folder: string,
  name: string,
  model: ModelChoice,
  documents: number,
  change: Partial<GenerationPlan>,
): Promise<GenerationPlan> {
  const file = path.join(folder, `${name}${PLAN_SUFFIX}`);
  const known = await readFile(file, 'utf8').catch(() => undefined);
  if (known !== undefined) return parsePlan(known, file);
  const proposal = await proposePlan({ root: folder, strategy: 'conditioned', model, name, documents });
  const attributes = { length: ['short' as const] };
  const plan = {
    ...proposal.plan,
    maxTokens: TOKENS,
    exemplars: EXEMPLARS,
    attributes,
    temperature: 0.7,
    retries: RETRIES,
    ...change,
  };
  await writeFile(file, formatPlan(plan));
  return plan;
}

function recording(client: ChatClient, asked: Asked[]): ChatClient {
  return {
    get recipient() {
      return client.recipient;
    },
    get capabilities() {
      return client.capabilities;
    },
    ask: async (request, signal) => {
      const begun = performance.now();
      const answer = await client.ask(request, signal);
      asked.push({ request, milliseconds: performance.now() - begun });
      return answer;
    },
    close: () => client.close(),
  };
}

function printRun({ result, asked }: Run): void {
  const { counts } = result.summary;
  const { seconds } = result;
  const reasons = Object.entries(counts.rejections).map(([reason, count]) => `${reason} ${count}`);
  console.log(`  planned ${counts.planned}, answers ${counts.answers}, accepted ${counts.accepted}`);
  console.log(`  rejected ${counts.rejected}; answers rejected by reason: ${reasons.join(', ') || 'none'}`);
  if (result.stopped) console.log(`  stopped: ${JSON.stringify(result.stopped)}`);
  const { promptTokens, completionTokens } = counts;
  console.log(`  tokens: ${promptTokens} read, ${completionTokens} written, in ${seconds.toFixed(1)} s`);
  console.log(`  ${(completionTokens / seconds).toFixed(2)} written tokens/s over the whole run`);
  console.log(`  a request: ${show(asked.map(({ milliseconds }) => milliseconds / 1000))} s`);
}

async function inProcess(): Promise<void> {
  console.log(`\n${DOCUMENTS} documents by the built-in model, in process, ${THREADS} threads`);
  const before = process.memoryUsage.rss();
  let most = before;
  const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 200);
  const access = { endpoints: [], localOnly: true, threads: THREADS };
  const run = await generate('bench', { client: 'built-in', model: TINYLLAMA.id }, DOCUMENTS, { access });
  clearInterval(watch);
  printRun(run);
  console.log(`  memory: ${megabytes(before)} before, ${megabytes(most)} at most`);
}

/** Requests as a run over the samples would send them, in its order. */
async function sampleRequests(count: number): Promise<readonly ChatRequest[]> {
  const requests: ChatRequest[] = [];
  const watching: ChatClient = {
    recipient: 'nobody',
    capabilities: { structured: true, grammar: true, concurrency: 1 },
    ask: (request) => {
      requests.push(request);
      return Promise.resolve({ text: '', finish: 'stop', model: 'none' });
    },
    close: () => Promise.resolve(),
  };
  const folder = await mkdtemp(path.join(os.tmpdir(), 'patent-lab-generate-'));
  await cp(path.join(root, 'samples'), folder, { recursive: true });
  const model = { client: 'built-in', model: TINYLLAMA.id } as const;
  const plan = await planIn(folder, 'sampled', model, DOCUMENTS, { retries: 0 });
  await runGeneration(
    { root: folder, plan, existing: 'never', most: count },
    {
      openClient: () => Promise.resolve(watching),
      context: { access: { endpoints: [], localOnly: true }, warn: console.log },
      tell: () => undefined,
    },
    quietTask,
  );
  await rm(folder, { recursive: true, force: true });
  return requests;
}

/** The same prompt and as many tokens: through our client with and without the grammar, and through the bare binding. */
async function besideTheBinding(): Promise<void> {
  const requests = await sampleRequests(COMPARED);
  console.log(`\nBeside the raw binding: ${requests.length} requests, one at a time`);
  const contextSize = 2048;
  const client = await openBuiltInClient(TINYLLAMA.id, {
    file: weights,
    threads: THREADS,
    places: 1,
    contextSize,
    gpu: false,
    warn: console.log,
  });
  const llama = await getLlama({
    build: 'never',
    gpu: false,
    maxThreads: 0,
    logLevel: LlamaLogLevel.error,
    progressLogs: false,
  });
  const model = await llama.loadModel({ modelPath: weights });
  const context = await model.createContext({ contextSize, sequences: 1, threads: THREADS });
  const chat = new LlamaChat({ contextSequence: context.getSequence() });
  const raw = async ({ messages, temperature, seed }: ChatRequest, tokens: number): Promise<number> => {
    const { sequence } = chat;
    await sequence.clearHistory();
    const chatHistory = messages.map(({ role, content }): ChatHistoryItem =>
      role === 'assistant' ? { type: 'model', response: [content] } : { type: role, text: content },
    );
    const { contextText } = chat.chatWrapper.generateContextState({
      chatHistory: [...chatHistory, { type: 'model', response: [] }],
    });
    const begun = performance.now();
    let count = 0;
    const options = { temperature, topK: 40, topP: 0.95, minP: 0.05, yieldEogToken: true };
    const writing = sequence.evaluate(contextText.tokenize(model.tokenizer), {
      ...options,
      ...(seed === undefined ? {} : { seed }),
    });
    const reading = writing[Symbol.asyncIterator]();
    while (count < tokens && (await reading.next()).done !== true) count++;
    await reading.return?.();
    return (performance.now() - begun) / count;
  };
  const ours = async (request: ChatRequest): Promise<{ readonly each: number; readonly tokens: number }> => {
    const begun = performance.now();
    const { completionTokens = 0 } = await client.ask(request, new AbortController().signal);
    return { each: (performance.now() - begun) / completionTokens, tokens: completionTokens };
  };
  const ratios = { held: [] as number[], plain: [] as number[] };
  const speeds = { held: [] as number[], plain: [] as number[], raw: [] as number[] };
  for (const request of requests) {
    const short = { ...request, maxTokens: Math.min(request.maxTokens, 150) };
    // Each reads the whole prompt: the client forgets the last one by being asked something else.
    const held = await ours(short);
    const bare = await raw(short, held.tokens);
    await ours({ ...short, messages: [{ role: 'user', content: 'A word.' }], maxTokens: 1 });
    const plain = await ours({ ...short, schema: undefined, grammar: undefined });
    await ours({ ...short, messages: [{ role: 'user', content: 'A word.' }], maxTokens: 1 });
    ratios.held.push(held.each / bare);
    ratios.plain.push(plain.each / bare);
    speeds.held.push(1000 / held.each);
    speeds.plain.push(1000 / plain.each);
    speeds.raw.push(1000 / bare);
  }
  console.log(`  tokens/s, prompt included: with the grammar ${show(speeds.held)}`);
  console.log(`                             without it       ${show(speeds.plain)}`);
  console.log(`                             raw binding      ${show(speeds.raw)}`);
  console.log(`  time of a token against the raw binding: with the grammar ${show(ratios.held)} times`);
  console.log(`                                           without it       ${show(ratios.plain)} times`);
  await client.close();
  await llama.dispose();
}

async function againstAServer(): Promise<void> {
  const documents = Math.max(8, Math.ceil(DOCUMENTS / 5));
  console.log(`\n${documents} documents from a model server in another process, 8 requests at once`);
  const { url, child } = await startServer(script, weights);
  try {
    const endpoint = { name: 'bench', url, concurrency: 8 };
    const access = { endpoints: [endpoint], localOnly: true };
    const choice = { client: 'endpoint', model: SERVED_MODEL, endpoint: 'bench' } as const;
    // What the proposal chooses by itself for the same model in process.
    const change = { prompts: 'short', concurrency: 8 } as const;
    printRun(await generate('bench-server', choice, documents, { access }, change));
  } finally {
    child.kill();
  }
}

async function overhead(): Promise<void> {
  console.log(`\nThe tool's own time: ${OVERHEAD_DOCUMENTS} documents from a server that answers at once`);
  const server = await startChatServer({ models: ['m'], reply: (_, served) => distinctPatent(served) });
  try {
    const access = { endpoints: [{ name: 'bench', url: server.url, concurrency: 8 }], localOnly: true };
    const choice = { client: 'endpoint', model: 'm', endpoint: 'bench' } as const;
    const { result, asked } = await generate('bench-overhead', choice, OVERHEAD_DOCUMENTS, { access });
    const { counts } = result.summary;
    console.log(`  ${counts.answers} answers, ${counts.accepted} accepted, ${result.seconds.toFixed(2)} s`);
    console.log(
      `  ${((result.seconds * 1000) / counts.answers).toFixed(2)} ms a document, everything included`,
    );
    console.log(
      `  of it ${mean(asked.map(({ milliseconds }) => milliseconds)).toFixed(2)} ms in the client and server`,
    );
  } finally {
    await server.close();
  }
}

/** Answers that the checks take: each one about something else. */
function distinctPatent(at: number): string {
  const word = (step: number): string => `part${(at * 7919 + step * 104_729) % 100_003}`;
  const words = (from: number, count: number): string =>
    Array.from({ length: count }, (_, step) => `the ${word(from + step)} of the device`).join(', ');
  return JSON.stringify({
    title: `A fictitious holder with a ${word(0)} and a ${word(1)}`,
    abstract: `A holder has a frame and a lever. It comprises ${words(2, 12)}. The lever is moved by hand.`,
    claims: [
      `A holder comprising a frame and a lever, wherein ${words(20, 8)} are joined to the frame.`,
      `The holder of claim 1, wherein the lever is held by ${words(40, 4)}.`,
    ],
  });
}
