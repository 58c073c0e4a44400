/** A GGUF model that writes in this process: no server, nothing leaves the machine. */
import type { ChatAnswer, ChatMessage, ChatRequest, FinishReason } from '../../../../core/generation/chat.ts';
import { cancelled, orAbort } from '../../../task.ts';
import { ModelError, type ChatCapabilities, type ChatClient } from '../../client.ts';
import type { ChatHistoryItem, LlamaChat, LlamaGrammar } from './binding.ts';
import { MemoryModel, type LoadOptions } from './memory-model.ts';

/** Room that an answer needs at least, in tokens. [ours] */
const LEAST_ANSWER = 64;
/** What llama.cpp samples with where nobody says otherwise. */
const SAMPLING = { topK: 40, topP: 0.95, minP: 0.05 };
/** Runs of more than four tokens that stood before become unlikely, the longer the more; names of parts stay free. [ours] */
const NO_LOOPS = { strength: 0.8, allowedLength: 4 };

/** Loads the model. Throws a {@link ModelError} of kind `stop`. @param name what a plan calls it */
export async function openBuiltInClient(name: string, options: LoadOptions): Promise<BuiltInClient> {
  return new BuiltInClient(name, await MemoryModel.load(options));
}

export class BuiltInClient implements ChatClient {
  readonly recipient: string;
  readonly capabilities: ChatCapabilities;
  readonly #name: string;
  readonly #loaded: MemoryModel;
  /** Places that are free; a chat keeps what it read, so that prompts which begin alike are read once. */
  readonly #free: LlamaChat[];
  readonly #waiting: (() => void)[] = [];
  readonly #closing = new AbortController();
  readonly #writing = new Set<Promise<unknown>>();

  constructor(name: string, loaded: MemoryModel) {
    this.#name = name;
    this.#loaded = loaded;
    const { context, binding } = loaded;
    this.#free = Array.from(
      { length: context.totalSequences },
      () => new binding.LlamaChat({ contextSequence: context.getSequence() }),
    );
    this.recipient = `${name} on this machine (${loaded.device})`;
    this.capabilities = { structured: true, grammar: true, concurrency: context.totalSequences };
  }

  async ask(request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
    const both = AbortSignal.any([signal, this.#closing.signal]);
    const chat = await this.#takePlace(both);
    const writing = this.#write(chat, request, both).finally(() => this.#leave(chat));
    this.#writing.add(writing);
    void writing.catch(() => undefined).finally(() => this.#writing.delete(writing));
    // A prompt is read in large batches that cannot be interrupted: who cancels does not wait for them.
    return orAbort(writing, both);
  }

  async close(): Promise<void> {
    this.#closing.abort();
    await Promise.allSettled(this.#writing);
    await this.#loaded.dispose();
  }

  async #write(chat: LlamaChat, request: ChatRequest, signal: AbortSignal): Promise<ChatAnswer> {
    const history = historyOf(request.messages);
    const { sequence, model } = chat;
    const prompt = chat.chatWrapper
      .generateContextState({ chatHistory: [...history, { type: 'model', response: [] }] })
      .contextText.tokenize(model.tokenizer).length;
    const room = sequence.context.contextSize - prompt;
    if (room < LEAST_ANSWER) throw this.#tooLong(prompt);
    const grammar = await this.#grammarOf(request);
    const before = sequence.tokenMeter.getState();
    try {
      const { response, metadata } = await chat.generateResponse(history, {
        ...(grammar ? { grammar } : {}),
        ...SAMPLING,
        maxTokens: Math.min(request.maxTokens, room - 1),
        ...(request.repeats === 'discouraged' ? { dryRepeatPenalty: NO_LOOPS } : {}),
        temperature: request.temperature,
        ...(request.seed === undefined ? {} : { seed: request.seed }),
        signal,
      });
      return {
        text: response,
        finish: finishOf(metadata.stopReason),
        promptTokens: prompt,
        completionTokens: sequence.tokenMeter.diff(before).usedOutputTokens,
        model: this.#name,
      };
    } catch (cause) {
      if (signal.aborted) throw cancelled();
      throw this.#failed(cause);
    }
  }

  async #grammarOf({ grammar, schema }: ChatRequest): Promise<LlamaGrammar | undefined> {
    if (grammar !== undefined) return this.#loaded.grammar(grammar);
    return schema && this.#loaded.schemaGrammar(schema);
  }

  async #takePlace(signal: AbortSignal): Promise<LlamaChat> {
    for (;;) {
      if (signal.aborted) throw cancelled();
      const chat = this.#free.pop();
      if (chat) return chat;
      await orAbort(new Promise<void>((resolve) => this.#waiting.push(resolve)), signal);
    }
  }

  #leave(chat: LlamaChat): void {
    this.#free.push(chat);
    // All look; who finds no place waits again.
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #tooLong(tokens: number): ModelError {
    return new ModelError(
      {
        code: 'model-failed',
        message: `The prompt has ${tokens} tokens, which leaves ${this.#name} no room for an answer.`,
        remedy: 'Take fewer exemplars or shorter seeds in the plan, or a model that reads more.',
      },
      { kind: 'skip' },
    );
  }

  #failed(cause: unknown): ModelError {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new ModelError(
      {
        code: 'model-failed',
        message: `${this.#name} failed: ${why}`,
        remedy: 'Try it again; if it keeps failing, take another model.',
      },
      { kind: 'skip' },
      { cause },
    );
  }
}

function historyOf(messages: readonly ChatMessage[]): ChatHistoryItem[] {
  return messages.map(({ role, content }): ChatHistoryItem => {
    switch (role) {
      case 'system':
        return { type: 'system', text: content };
      case 'user':
        return { type: 'user', text: content };
      case 'assistant':
        return { type: 'model', response: [content] };
    }
  });
}

function finishOf(reason: string): FinishReason {
  switch (reason) {
    case 'eogToken':
    case 'stopGenerationTrigger':
      return 'stop';
    case 'maxTokens':
      return 'length';
    default:
      return 'unknown';
  }
}
