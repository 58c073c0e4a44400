/** Small random encoders as base folders, and documents in their few words. */
import { createHash } from 'node:crypto';
import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LabelledDocument } from '../../../core/corpus/labelled.ts';
import { parseTaxonomy, type Taxonomy } from '../../../core/corpus/taxonomy.ts';
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataLocation } from '../../../core/graph/onnx_pb.ts';
import { externalEntries } from '../../../core/graph/serialise.ts';
import { encoderBytes, SIZES } from '../../../core/graph/testing/encoders.ts';
import { Random } from '../../../core/random.ts';
import { readLabelledDocuments } from '../../workspace/records.ts';
import type { EncoderSpec } from '../../encoder/spec.ts';
import { byteTokenizer, MODERNBERT_SPECIAL, ROBERTA_SPECIAL } from '../../encoder/testing/byte-tokenizer.ts';
import { writeFiles } from '../../testing/folder.ts';

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const THEMES = [
  ['wheel', 'axle', 'brake', 'frame', 'tyre', 'hub'],
  ['lamp', 'lens', 'beam', 'mirror', 'diode', 'glow'],
  ['pump', 'valve', 'pipe', 'flow', 'hose', 'tank'],
] as const;
const COMMON = ['the', 'a', 'of', 'with', 'device', 'and', 'for', 'has'];
const WORDS = [...SPECIAL, ...THEMES.flat(), ...COMMON];

export async function smallBase(root: string): Promise<string> {
  const tokenizer = {
    version: '1.0',
    added_tokens: SPECIAL.map((content, id) => ({ id, content, special: true })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    },
  };
  const given = {
    model: encoderBytes('bert-17'),
    tokenizer,
    startToken: 2,
    endToken: 3,
    pooling: 'mean',
  } as const;
  return writeBase(path.join(root, 'base'), given, { tokenizer_class: 'BertTokenizer' });
}

/** The architectures whose tokens are bytes. */
export type ByteArchitecture = 'roberta' | 'modernbert';

/** A small random encoder with a byte-level tokenizer as a base folder. */
export async function smallByteBase(
  root: string,
  architecture: ByteArchitecture,
  pooling: EncoderSpec['pooling'],
): Promise<string> {
  const isRoberta = architecture === 'roberta';
  const tokenizer = byteTokenizer({
    special: isRoberta ? ROBERTA_SPECIAL : MODERNBERT_SPECIAL,
    words: [...THEMES.flat(), ...COMMON],
    ...(isRoberta ? {} : { composed: true, whole: ['  '] }),
  });
  const words = Object.keys(tokenizer.model.vocab).length;
  const exported = encoderBytes(isRoberta ? 'roberta-14' : 'modernbert-14');
  const given = {
    model: withVocabulary(exported, isRoberta ? 'word.weight' : 'tok_embeddings.weight', words),
    tokenizer,
    startToken: isRoberta ? 0 : 2,
    endToken: isRoberta ? 2 : 3,
    pooling,
  };
  return writeBase(path.join(root, `${architecture}-${pooling}`), given, {});
}

/** The model with random embeddings for so many words. */
function withVocabulary(model: Uint8Array, table: string, words: number): Uint8Array {
  const parsed = fromBinary(ModelProtoSchema, model);
  const stored = parsed.graph?.initializer.find(({ name }) => name === table);
  if (!stored) throw new Error(`the model has no ${table}`);
  const random = new Random(17);
  const numbers = Float32Array.from({ length: words * SIZES.dimension }, () => random.uniform() - 0.5);
  stored.dims = [BigInt(words), BigInt(SIZES.dimension)];
  stored.rawData = new Uint8Array(numbers.buffer);
  return toBinary(ModelProtoSchema, parsed);
}

interface GivenBase extends Pick<EncoderSpec, 'startToken' | 'endToken' | 'pooling'> {
  readonly model: Uint8Array;
  readonly tokenizer: object;
}

async function writeBase(
  folder: string,
  { model, tokenizer, ...given }: GivenBase,
  settings: object,
): Promise<string> {
  const spec: EncoderSpec = {
    id: 'test/small',
    precision: 'fp32',
    model: 'model.onnx',
    sha256: createHash('sha256').update(model).digest('hex'),
    dimension: SIZES.dimension,
    maxTokens: 16,
    output: 'last_hidden_state',
    licence: 'MIT',
    ...given,
  };
  await writeFiles(folder, {
    'model.onnx': model,
    'encoder.json': JSON.stringify(spec),
    'tokenizer.json': JSON.stringify(tokenizer),
    'tokenizer_config.json': JSON.stringify(settings),
  });
  return folder;
}

/**
 * The same base with its model in a folder of its own, as hubs have it, and the weights in a file beside that.
 * @param location of the weights as the model names it
 */
export async function withDataBeside(base: string, location = 'weights.bin'): Promise<string> {
  const folder = `${base}-beside`;
  const spec = JSON.parse(await readFile(path.join(base, 'encoder.json'), 'utf8')) as EncoderSpec;
  const model = fromBinary(ModelProtoSchema, await readFile(path.join(base, spec.model)));
  const data: Uint8Array[] = [];
  let offset = 0;
  for (const tensor of model.graph?.initializer ?? []) {
    const { length } = tensor.rawData;
    if (length < 64) continue;
    tensor.externalData = externalEntries({ location, offset }, length);
    data.push(tensor.rawData);
    offset += length;
    tensor.rawData = new Uint8Array();
    tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
  }
  const bytes = toBinary(ModelProtoSchema, model);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  await cp(base, folder, { recursive: true });
  await rm(path.join(folder, spec.model));
  await writeFiles(folder, {
    'onnx/model.onnx': bytes,
    [path.join('onnx', location)]: Buffer.concat(data),
    'encoder.json': JSON.stringify({ ...spec, model: 'onnx/model.onnx', sha256 }),
  });
  return folder;
}

export const smallTaxonomy = (): Taxonomy =>
  parseTaxonomy(
    JSON.stringify({
      name: 'Parts',
      labels: [
        { id: 'wheels', name: 'wheel' },
        { id: 'lights', name: 'lamp' },
        { id: 'fluids', name: 'pump' },
      ],
    }),
    'taxonomy.json',
  );

/** Every document is about one or two themes; every fourth fills two windows. */
export async function smallDocuments(root: string, count = 40): Promise<readonly LabelledDocument[]> {
  const random = new Random(11);
  const pick = (words: readonly string[]): string => words[random.integer(words.length)] ?? '';
  const records = Array.from({ length: count }, (_, i) => {
    const themes = [...new Set([i % 3, random.integer(3)])];
    const length = i % 4 === 0 ? 24 : 10;
    const words = Array.from({ length }, () =>
      random.integer(3) === 0 ? pick(COMMON) : pick(THEMES[themes[random.integer(themes.length)] ?? 0] ?? []),
    );
    const labels = themes.map((theme) => ['wheels', 'lights', 'fluids'][theme]);
    const claims = [words.slice(0, 6).reverse().join(' ')];
    return JSON.stringify({ id: `doc-${i}`, title: pick(COMMON), abstract: words.join(' '), claims, labels });
  });
  const file = path.join(root, 'corpus.jsonl');
  await writeFile(file, `${records.join('\n')}\n`);
  return readLabelledDocuments([file], smallTaxonomy(), []);
}
