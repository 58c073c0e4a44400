/**
 * A GGUF model in memory, with as many places to write at once as memory allows. Loading the library itself costs half
 * a second, so that it is imported with the first model and not with the engine.
 */
import { open } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { JsonSchema } from '../../../../core/generation/chat.ts';
import { MOST_TOKENS } from '../../../models/catalog.ts';
import { cancelled } from '../../../task.ts';
import { ModelError } from '../../client.ts';
import type * as binding from './binding.ts';
import type { GbnfJsonObjectSchema, Llama, LlamaContext, LlamaGrammar, LlamaModel } from './binding.ts';

type Binding = typeof binding;

/** Documents at once, tried from the front: batches use a processor better, and each place takes memory. [ours] */
const PLACES = [4, 2, 1] as const;

/** Bytes of a GGUF header: magic, version, numbers of tensors and of keys. */
const HEADER = 24;
const MOST_ENTRIES = 1_000_000n;

export interface LoadOptions {
  readonly file: string;
  readonly threads?: number;
  /** Places to write at once; fewer where memory does not suffice. */
  readonly places?: number;
  /** Tokens of a place. */
  readonly contextSize?: number;
  /** Loads onto a graphics processor where there is one; true when left out. */
  readonly gpu?: boolean;
  readonly warn: (message: string) => void;
  /** From 0 to 1. */
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
  /** The library; left out, it is imported. */
  readonly importLibrary?: () => Promise<Binding>;
}

export class MemoryModel {
  readonly binding: Binding;
  readonly model: LlamaModel;
  readonly context: LlamaContext;
  /** Such as `CPU, 2 threads`, or the name of the graphics processor. */
  readonly device: string;
  readonly #llama: Llama;
  readonly #grammars = new Map<string, Promise<LlamaGrammar>>();

  private constructor(
    binding: Binding,
    llama: Llama,
    model: LlamaModel,
    context: LlamaContext,
    device: string,
  ) {
    this.binding = binding;
    this.#llama = llama;
    this.model = model;
    this.context = context;
    this.device = device;
  }

  /** Throws a {@link ModelError} of kind `stop`, or `cancelled`. */
  static async load(options: LoadOptions): Promise<MemoryModel> {
    await checkFile(options.file);
    const binding = await importBinding(options.importLibrary);
    const threads = options.threads ?? os.availableParallelism();
    const llama = await startLlama(binding, options.gpu !== false);
    try {
      const model = await llama.loadModel({
        modelPath: options.file,
        ...(options.onProgress ? { onLoadProgress: options.onProgress } : {}),
        ...(options.signal ? { loadSignal: options.signal } : {}),
      });
      const context = await makeContext(binding, model, threads, options);
      return new MemoryModel(binding, llama, model, context, await deviceOf(llama, threads));
    } catch (cause) {
      await llama.dispose();
      if (options.signal?.aborted === true) throw cancelled();
      if (cause instanceof ModelError) throw cause;
      throw unusable(options.file, cause instanceof Error ? cause.message : String(cause), cause);
    }
  }

  schemaGrammar(schema: JsonSchema): Promise<LlamaGrammar> {
    // The library's type lists the keywords one by one; schemas of answers are objects.
    return this.#remembered(JSON.stringify(schema), () =>
      this.#llama.createGrammarForJsonSchema(schema as GbnfJsonObjectSchema),
    );
  }

  /** @param text in llama.cpp's notation */
  grammar(text: string): Promise<LlamaGrammar> {
    return this.#remembered(text, () => this.#llama.createGrammar({ grammar: text }));
  }

  #remembered(key: string, make: () => Promise<LlamaGrammar>): Promise<LlamaGrammar> {
    const known = this.#grammars.get(key);
    if (known) return known;
    const made = make();
    this.#grammars.set(key, made);
    return made;
  }

  dispose(): Promise<void> {
    return this.#llama.dispose();
  }
}

async function checkFile(file: string): Promise<void> {
  const handle = await open(file).catch((cause: unknown) => {
    throw new ModelError(
      {
        code: 'model-missing',
        message: `There is no model file ${file}.`,
        remedy: 'Fetch the built-in model, or choose a GGUF file that you have.',
        place: { file },
      },
      { kind: 'stop' },
      { cause },
    );
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEADER), 0, HEADER, 0);
    if (bytesRead < HEADER || buffer.toString('latin1', 0, 4) !== 'GGUF')
      throw unusable(file, 'it is no GGUF file');
    const version = buffer.readUInt32LE(4);
    if (version < 2 || version > 3) throw unusable(file, `it has version ${version} of the format`);
    // Tensors and keys of the largest models are counted in thousands.
    if (buffer.readBigUInt64LE(8) > MOST_ENTRIES || buffer.readBigUInt64LE(16) > MOST_ENTRIES)
      throw unusable(file, 'its header is damaged');
  } finally {
    await handle.close();
  }
}

async function importBinding(library = () => import('./binding.ts')): Promise<Binding> {
  try {
    return await library();
  } catch (cause) {
    throw noBinary(cause);
  }
}

async function startLlama(binding: Binding, gpu: boolean): Promise<Llama> {
  try {
    return await binding.getLlama({
      build: 'never',
      gpu: gpu ? 'auto' : false,
      // Each context says itself how many it takes.
      maxThreads: 0,
      logLevel: binding.LlamaLogLevel.error,
      progressLogs: false,
    });
  } catch (cause) {
    if (cause instanceof binding.NoBinaryFoundError) throw noBinary(cause);
    throw cause;
  }
}

async function makeContext(
  { InsufficientMemoryError }: Binding,
  model: LlamaModel,
  threads: number,
  { places, contextSize, warn }: LoadOptions,
): Promise<LlamaContext> {
  const size = Math.min(contextSize ?? MOST_TOKENS, model.trainContextSize);
  const counts = PLACES.filter((count) => count <= (places ?? PLACES[0]));
  for (const sequences of counts.length > 0 ? counts : [1]) {
    for (const tokens of [size, Math.ceil(size / 2)]) {
      try {
        const context = await model.createContext({ contextSize: tokens, sequences, threads });
        if (tokens < size) warn(`Memory suffices for documents of ${tokens} tokens with their prompt.`);
        return context;
      } catch (cause) {
        if (!(cause instanceof InsufficientMemoryError)) throw cause;
      }
    }
  }
  throw new ModelError(
    {
      code: 'model-failed',
      message: 'There is not enough free memory for the model.',
      remedy: 'Close other programs, or take a smaller model.',
    },
    { kind: 'stop' },
  );
}

async function deviceOf(llama: Llama, threads: number): Promise<string> {
  if (llama.gpu === false) return `CPU, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
  const names = await llama.getGpuDeviceNames();
  return `${names.join(', ') || 'graphics processor'} (${llama.gpu})`;
}

const noBinary = (cause: unknown): ModelError =>
  new ModelError(
    {
      code: 'model-failed',
      message: `There is no llama.cpp for this system (${process.platform}-${process.arch}) in this installation.`,
      remedy: 'Install the package that was made for this system, or use a model server such as Ollama.',
    },
    { kind: 'stop' },
    { cause },
  );

const unusable = (file: string, why: string, cause?: unknown): ModelError =>
  new ModelError(
    {
      code: 'model-failed',
      message: `${path.basename(file)} cannot be used as a model: ${why}.`,
      remedy: 'Choose another GGUF file; one that came from a download may be incomplete.',
      place: { file },
    },
    { kind: 'stop' },
    { cause },
  );
