/** A small random encoder as a base folder, and documents in its few words. */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { LabelledDocument } from '../../../core/corpus/labelled.ts';
import { parseTaxonomy, type Taxonomy } from '../../../core/corpus/taxonomy.ts';
import { encoderBytes, SIZES } from '../../../core/graph/testing/encoders.ts';
import { Random } from '../../../core/random.ts';
import { readLabelledDocuments } from '../../workspace/records.ts';
import type { EncoderSpec } from '../../encoder/spec.ts';

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const THEMES = [
  ['wheel', 'axle', 'brake', 'frame', 'tyre', 'hub'],
  ['lamp', 'lens', 'beam', 'mirror', 'diode', 'glow'],
  ['pump', 'valve', 'pipe', 'flow', 'hose', 'tank'],
] as const;
const COMMON = ['the', 'a', 'of', 'with', 'device', 'and', 'for', 'has'];
const WORDS = [...SPECIAL, ...THEMES.flat(), ...COMMON];

export async function smallBase(root: string): Promise<string> {
  const folder = path.join(root, 'base');
  await mkdir(folder, { recursive: true });
  const model = encoderBytes('bert-17');
  const spec: EncoderSpec = {
    id: 'test/small',
    precision: 'fp32',
    model: 'model.onnx',
    sha256: createHash('sha256').update(model).digest('hex'),
    dimension: SIZES.dimension,
    maxTokens: 16,
    pooling: 'mean',
    startToken: 2,
    endToken: 3,
    output: 'last_hidden_state',
    licence: 'MIT',
  };
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
  await writeFile(path.join(folder, 'model.onnx'), model);
  await writeFile(path.join(folder, 'encoder.json'), JSON.stringify(spec));
  await writeFile(path.join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  await writeFile(path.join(folder, 'tokenizer_config.json'), '{"tokenizer_class":"BertTokenizer"}');
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
    return JSON.stringify({ id: `doc-${i}`, title: pick(COMMON), abstract: words.join(' '), labels });
  });
  const file = path.join(root, 'corpus.jsonl');
  await writeFile(file, `${records.join('\n')}\n`);
  return readLabelledDocuments([file], smallTaxonomy(), []);
}
