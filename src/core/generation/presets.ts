/**
 * Open models that write patents well enough to be worth training on, 3.8 to 12 billion parameters: their names at each
 * kind of server, and what they need. Facts of the models' own cards; memory is computed from them.
 */

export interface ModelPreset {
  readonly id: string;
  readonly name: string;
  /** Billions of parameters. */
  readonly parameters: number;
  /** As its card names it; "open" is not always "free for every use". */
  readonly licence: string;
  /** Tokens that it was trained for. */
  readonly contextLength: number;
  /** Weights at 4 bit (Q4_K_M), in megabytes. */
  readonly weights: number;
  /** Keys and values of the attention, in bytes a token at 16 bit: 2 × layers × key-value heads × head size × 2. */
  readonly cachePerToken: number;
  readonly names: {
    /** `ollama pull …` */
    readonly ollama: string;
    /** Repository that vLLM serves, and LM Studio finds it by. */
    readonly vllm: string;
    /** File of the 4-bit weights for llama.cpp and for the engine itself. */
    readonly gguf: string;
  };
}

const cache = (layers: number, heads: number, size: number): number => 2 * layers * heads * size * 2;

export const MODEL_PRESETS: readonly ModelPreset[] = [
  {
    id: 'phi-4-mini',
    name: 'Phi-4 mini 3.8B',
    parameters: 3.8,
    licence: 'MIT',
    contextLength: 131_072,
    weights: 2490,
    cachePerToken: cache(32, 8, 128),
    names: {
      ollama: 'phi4-mini:3.8b',
      vllm: 'microsoft/Phi-4-mini-instruct',
      gguf: 'Phi-4-mini-instruct-Q4_K_M.gguf',
    },
  },
  {
    id: 'mistral-7b-v0.3',
    name: 'Mistral 7B v0.3',
    parameters: 7.25,
    licence: 'Apache-2.0',
    contextLength: 32_768,
    weights: 4370,
    cachePerToken: cache(32, 8, 128),
    names: {
      ollama: 'mistral:7b',
      vllm: 'mistralai/Mistral-7B-Instruct-v0.3',
      gguf: 'Mistral-7B-Instruct-v0.3-Q4_K_M.gguf',
    },
  },
  {
    id: 'qwen2.5-7b',
    name: 'Qwen2.5 7B',
    parameters: 7.6,
    licence: 'Apache-2.0',
    contextLength: 32_768,
    weights: 4680,
    cachePerToken: cache(28, 4, 128),
    names: {
      ollama: 'qwen2.5:7b',
      vllm: 'Qwen/Qwen2.5-7B-Instruct',
      gguf: 'Qwen2.5-7B-Instruct-Q4_K_M.gguf',
    },
  },
  {
    id: 'llama-3.1-8b',
    name: 'Llama 3.1 8B',
    parameters: 8,
    licence: 'Llama 3.1 Community License',
    contextLength: 131_072,
    weights: 4920,
    cachePerToken: cache(32, 8, 128),
    names: {
      ollama: 'llama3.1:8b',
      vllm: 'meta-llama/Llama-3.1-8B-Instruct',
      gguf: 'Meta-Llama-3.1-8B-Instruct-Q4_K_M.gguf',
    },
  },
  {
    id: 'gemma-2-9b',
    name: 'Gemma 2 9B',
    parameters: 9.2,
    licence: 'Gemma Terms of Use',
    contextLength: 8192,
    weights: 5760,
    cachePerToken: cache(42, 8, 256),
    names: { ollama: 'gemma2:9b', vllm: 'google/gemma-2-9b-it', gguf: 'gemma-2-9b-it-Q4_K_M.gguf' },
  },
  {
    id: 'mistral-nemo-12b',
    name: 'Mistral Nemo 12B',
    parameters: 12.2,
    licence: 'Apache-2.0',
    contextLength: 131_072,
    weights: 7480,
    cachePerToken: cache(40, 8, 128),
    names: {
      ollama: 'mistral-nemo:12b',
      vllm: 'mistralai/Mistral-Nemo-Instruct-2407',
      gguf: 'Mistral-Nemo-Instruct-2407-Q4_K_M.gguf',
    },
  },
];

/** Of the runtime beside weights and cache, in megabytes. [ours] */
const RUNTIME = 500;

/** Megabytes of memory at 4 bit. @param tokens of one document's prompt and answer together */
export const memoryNeed = ({ weights, cachePerToken }: ModelPreset, tokens = 4096): number =>
  Math.ceil(weights + (cachePerToken * tokens) / 1e6 + RUNTIME);
