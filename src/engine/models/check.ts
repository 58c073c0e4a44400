/** Weights are used only when they are the published ones; a file is read once for it in the life of the process. */
import { stat } from 'node:fs/promises';
import { ModelError } from '../generation/client.ts';
import type { FetchableModel } from './catalog.ts';
import { sha256OfFile } from './fetch.ts';

const checked = new Set<string>();

/** Throws `model-missing` where the file is not there, or is another one. */
export async function checkWeights({ id, name, bytes, sha256 }: FetchableModel, file: string): Promise<void> {
  const information = await stat(file).catch(() => undefined);
  const refuse = (message: string, remedy: string): ModelError =>
    new ModelError({ code: 'model-missing', message, remedy, place: { file } }, { kind: 'stop' });
  if (!information) {
    throw refuse(
      `The weights of ${name} are not on this machine.`,
      `Fetch them first (${id}); they need no server.`,
    );
  }
  const key = `${file}:${information.size}:${information.mtimeMs}`;
  if (checked.has(key)) return;
  if (information.size !== bytes || (await sha256OfFile(file)) !== sha256) {
    throw refuse(`${file} is not the published file of ${name}.`, 'Remove it and fetch the model again.');
  }
  checked.add(key);
}
