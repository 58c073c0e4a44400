/**
 * What is used of node-llama-cpp. It is loaded with the first model, and in the build this file is a bundle of its own,
 * so that the engine starts without it.
 */
export {
  getLlama,
  InsufficientMemoryError,
  LlamaChat,
  LlamaLogLevel,
  NoBinaryFoundError,
  type ChatHistoryItem,
  type GbnfJsonObjectSchema,
  type Llama,
  type LlamaContext,
  type LlamaContextSequence,
  type LlamaGrammar,
  type LlamaModel,
} from 'node-llama-cpp';
