/** The encoder: the published model's embeddings, whatever else is encoded, with every token's share in them. */
import { copyFile, open, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeTask } from '../task.ts';
import { realEncoder } from '../testing/encoder.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder, writeFiles } from '../testing/folder.ts';
import { transformersPeer, type Peer } from '../testing/peer.ts';
import { ENCODER, readRepositoryText } from '../testing/repository.ts';
import { sampleRecords } from '../testing/samples.ts';
import { Encoder, type TokenEncoding } from './encoder.ts';
import { TOKEN_LIMIT } from './reader.ts';

let encoder: Encoder;
let texts: readonly string[];
/** Some hundred sentences: several windows. */
let long: string;

beforeAll(async () => {
  encoder = await realEncoder();
  const records = sampleRecords();
  texts = records.slice(0, 12).map(({ title, abstract }) => `${title}\n${abstract}`);
  long = records
    .slice(20, 36)
    .map(({ abstract }) => abstract)
    .join('\n');
});

const norm = (vector: Float32Array): number => Math.sqrt(vector.reduce((sum, value) => sum + value ** 2, 0));

const farthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - (b[i] ?? NaN))));

function sumOfShares({ shares, special, tokens }: TokenEncoding): Float64Array {
  const total = Float64Array.from(special);
  for (let token = 0; token < tokens.ids.length; token++) {
    for (let d = 0; d < total.length; d++) {
      total[d] = (total[d] ?? 0) + (shares[token * total.length + d] ?? NaN);
    }
  }
  return total;
}

describe('an embedding', () => {
  let peer: Peer;
  beforeAll(async () => {
    peer = await transformersPeer();
  });

  it('equals that of transformers.js on the same model for texts of one window', async () => {
    const short = [
      'wheelchair',
      'Ångström naïve 车轮椅',
      ...texts.filter((text) => encoder.tokenize(text).ids.length <= 254),
    ];
    expect(short.length).toBeGreaterThan(8);
    for (const text of short) {
      const { embedding, windows } = await encoder.encode(text);
      expect(windows).toHaveLength(1);
      expect(farthest(embedding, await peer(text)), text).toBeLessThan(1e-5);
    }
  });

  it('of an empty text is that of the two special tokens', async () => {
    const { embedding, tokens, windows } = await encoder.encode('');
    expect(tokens.ids).toHaveLength(0);
    expect(windows).toEqual([{ start: 0, end: 0 }]);
    expect(farthest(embedding, await peer(''))).toBeLessThan(1e-5);
  });

  it('is normalised and has the stated dimension', async () => {
    for (const text of ['', 'wheelchair', long]) {
      const { embedding } = await encoder.encode(text);
      expect(embedding).toHaveLength(384);
      expect(norm(embedding)).toBeCloseTo(1, 6);
    }
  });

  it('depends on its text alone, bit by bit: not on order, neighbours or simultaneous work', async () => {
    const alone = [];
    for (const text of texts) alone.push((await encoder.encode(text)).embedding);
    const reversed = [];
    for (const text of [...texts].reverse()) reversed.push((await encoder.encode(text)).embedding);
    const together = await Promise.all(texts.map(async (text) => (await encoder.encode(text)).embedding));
    expect(reversed.reverse()).toEqual(alone);
    expect(together).toEqual(alone);
  });
});

describe('a text of several windows', () => {
  it('is read to its end, each window ending with a sentence', async () => {
    const { windows, tokens, read } = await encoder.encode(long);
    expect(windows.length).toBeGreaterThan(3);
    expect(read).toBe(tokens.ids.length);
    expect(windows.at(-1)?.end).toBe(read);
    for (const { start, end } of windows) {
      expect(end - start).toBeLessThanOrEqual(254);
      expect(long.slice(0, tokens.spans[2 * end - 1])).toMatch(/[.;:]$/);
    }
  });

  it('has the mean over all tokens of all windows', async () => {
    const whole = await encoder.encodeTokens(long);
    const mean = new Float64Array(384);
    for (const { start, end } of whole.windows) {
      const [from, to] = [whole.tokens.spans[2 * start] ?? 0, whole.tokens.spans[2 * end - 1] ?? 0];
      const part = await encoder.encodeTokens(long.slice(from, to));
      expect([...part.tokens.ids]).toEqual([...whole.tokens.ids.subarray(start, end)]);
      // A window's shares are over its own norm; the raw states differ from them by one factor.
      const factor = shareFactor(whole, start, part);
      part.embedding.forEach((value, d) => (mean[d] = (mean[d] ?? 0) + value * factor));
    }
    expect(farthest(whole.embedding, mean)).toBeLessThan(1e-5);
  });

  it('is cut at the limit of tokens, and says so', async () => {
    const limited = await Encoder.load(ENCODER, { tokenLimit: 300 });
    const { read, tokens, windows, shares } = await limited.encodeTokens(long);
    expect(tokens.ids.length).toBeGreaterThan(1000);
    expect(read).toBe(300);
    expect(windows.at(-1)?.end).toBe(300);
    expect(shares).toHaveLength(300 * 384);
    expect(TOKEN_LIMIT).toBeGreaterThanOrEqual(65_536);
  });

  it('can be cancelled between two windows', async () => {
    let checkpoints = 0;
    const task = makeTask(
      () => undefined,
      () => ++checkpoints === 2,
    );
    expect((await failureOf(encoder.encode(long, task))).code).toBe('cancelled');
    expect(checkpoints).toBe(2);
  });
});

/** How much larger the states of `part` are in the whole text's shares, by its first token. */
function shareFactor(whole: TokenEncoding, token: number, part: TokenEncoding): number {
  const [a, b] = [whole.shares.subarray(token * 384, (token + 1) * 384), part.shares.subarray(0, 384)];
  return norm(a) / norm(b);
}

describe('shares', () => {
  it.each([
    ['no token', () => ''],
    ['one window', () => texts[0] ?? ''],
    ['several windows', () => long],
  ])('of a text of %s sum, with the special tokens’, to the embedding', async (_name, text) => {
    const encoding = await encoder.encodeTokens(text());
    expect(encoding.shares).toHaveLength(384 * encoding.tokens.ids.length);
    expect(farthest(encoding.embedding, sumOfShares(encoding))).toBeLessThan(1e-5);
  });

  it('do not change the embedding', async () => {
    for (const text of ['', texts[0] ?? '', long]) {
      const [plain, explained] = [await encoder.encode(text), await encoder.encodeTokens(text)];
      expect(explained.embedding).toEqual(plain.embedding);
      expect(explained.windows).toEqual(plain.windows);
    }
  });
});

describe('loading', () => {
  /** The encoder's folder by links, so that single files can be broken. */
  async function brokenEncoder(files: Readonly<Record<string, string | undefined>>): Promise<string> {
    const folder = await temporaryFolder();
    for (const name of ['encoder.json', 'model.onnx', 'tokenizer.json', 'tokenizer_config.json']) {
      await symlink(path.join(ENCODER, name), path.join(folder, name));
    }
    for (const [name, content] of Object.entries(files)) {
      await rm(path.join(folder, name));
      if (content !== undefined) await writeFiles(folder, { [name]: content });
    }
    return folder;
  }
  const card = readRepositoryText('encoders', 'all-MiniLM-L6-v2-int8', 'encoder.json');

  it.each([
    ['there is no folder', { 'encoder.json': undefined }, 'encoder-missing'],
    ['the card is no JSON', { 'encoder.json': card.slice(0, 100) }, 'encoder-missing'],
    ['the card lacks a field', { 'encoder.json': card.replace('"dimension"', '"width"') }, 'encoder-missing'],
    ['the weights are missing', { 'model.onnx': undefined }, 'encoder-missing'],
    ['the weights are others', { 'model.onnx': 'not a model' }, 'encoder-hash-mismatch'],
    ['the tokenizer is missing', { 'tokenizer.json': undefined }, 'encoder-missing'],
    ['the tokenizer is cut off', { 'tokenizer.json': '{"version":"1.0","trunc' }, 'encoder-missing'],
    ['the tokenizer’s settings are missing', { 'tokenizer_config.json': undefined }, 'encoder-missing'],
  ])('says so, with a remedy, when %s', async (_when, files, code) => {
    const folder = await brokenEncoder(files);
    const failure = await failureOf(Encoder.load(folder));
    expect(failure).toMatchObject({ code, place: { file: path.join(folder, Object.keys(files)[0] ?? '') } });
    expect(failure.remedy).toMatch(/reinstall/);
  });

  it('refuses weights that differ from the published ones in a single byte', async () => {
    const folder = await brokenEncoder({ 'model.onnx': undefined });
    await copyFile(path.join(ENCODER, 'model.onnx'), path.join(folder, 'model.onnx'));
    const file = await open(path.join(folder, 'model.onnx'), 'r+');
    await file.write(Buffer.from([0x42]), 0, 1, 1_000_000);
    await file.close();
    expect((await failureOf(Encoder.load(folder))).code).toBe('encoder-hash-mismatch');
  });
});
