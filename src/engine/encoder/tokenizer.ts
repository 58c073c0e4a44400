/**
 * The tokenizer of an encoder folder. Two kinds are known: WordPiece as BERT has it, and byte-level pairs as RoBERTa and
 * ModernBERT have them. Any other is refused by name: cut in a wrong way, texts would be read as other words.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { PatentLabError } from '../../core/errors.ts';
import { bertWords } from './bert-words.ts';
import { byteWords } from './byte-words.ts';
import { ENCODER_REMEDY } from './spec.ts';
import { WordTokenizer } from './tokens.ts';

export const TOKENIZER_FILE = 'tokenizer.json';
export const TOKENIZER_CONFIG_FILE = 'tokenizer_config.json';

const typed = z.looseObject({ type: z.string() });

const definitionSchema = z.looseObject({
  added_tokens: z.array(
    z.looseObject({ id: z.number().int(), content: z.string(), special: z.boolean().optional() }),
  ),
  normalizer: typed.nullable(),
  pre_tokenizer: z
    .looseObject({
      type: z.string(),
      add_prefix_space: z.boolean().optional(),
      use_regex: z.boolean().optional(),
    })
    .nullable(),
  model: z.looseObject({ type: z.string().optional() }),
});

type Definition = z.infer<typeof definitionSchema>;

/** How mask tokens are spelled. */
const MASKS = ['[MASK]', '<mask>'];

/** @throws `encoder-missing`, `encoder-unsupported` */
export async function openTokenizer(folder: string): Promise<WordTokenizer> {
  const [definition, settings] = await Promise.all([
    readTokenizerFile(folder, TOKENIZER_FILE, definitionSchema),
    readTokenizerFile(folder, TOKENIZER_CONFIG_FILE, z.looseObject({})),
  ]);
  return wordTokenizer(definition, settings, path.join(folder, TOKENIZER_FILE));
}

function wordTokenizer(definition: Definition, settings: object, file: string): WordTokenizer {
  const { added_tokens: added, pre_tokenizer: cutting, model } = definition;
  const maskToken = added.find(({ content }) => MASKS.includes(content))?.id;
  if (cutting?.type === 'BertPreTokenizer' && model.type === 'WordPiece') {
    return new WordTokenizer(new Tokenizer(definition, settings), { words: bertWords, maskToken });
  }
  const composed = isComposed(definition.normalizer);
  const cuts = cutting?.type === 'ByteLevel' && cutting.use_regex !== false;
  if (!cuts || model.type !== 'BPE' || composed === undefined) throw unsupported(definition, file);
  const whole = added.filter(({ special }) => special !== true);
  const plain = {
    ...definition,
    added_tokens: whole,
    pre_tokenizer: { ...cutting, add_prefix_space: false },
    post_processor: null,
  };
  return new WordTokenizer(new Tokenizer(plain, settings), {
    words: byteWords({ composed, whole: whole.map(({ content }) => content) }),
    maskToken,
    prefix: cutting.add_prefix_space === true ? ' ' : '',
  });
}

/** Undefined: it does something else. */
function isComposed(normalizer: Definition['normalizer']): boolean | undefined {
  if (!normalizer) return false;
  return normalizer.type === 'NFC' ? true : undefined;
}

/** Parsed without places: a vocabulary is large, and nobody mends one by hand. */
async function readTokenizerFile<T>(folder: string, name: string, schema: z.ZodType<T>): Promise<T> {
  const file = path.join(folder, name);
  try {
    return schema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (cause) {
    throw new PatentLabError(
      {
        code: 'encoder-missing',
        message: `The encoder in ${folder} is not complete: ${name} cannot be read.`,
        remedy: ENCODER_REMEDY,
        place: { file },
      },
      { cause },
    );
  }
}

function unsupported(
  { normalizer, pre_tokenizer: cutting, model }: Definition,
  file: string,
): PatentLabError {
  const parts = [normalizer?.type, cutting?.type, model.type].filter((part) => part !== undefined);
  return new PatentLabError({
    code: 'encoder-unsupported',
    message: `The encoder's tokenizer (${parts.join(', ')}) is not known here.`,
    remedy: 'Take an encoder with the tokenizer of BERT, RoBERTa or ModernBERT.',
    place: { file },
  });
}
