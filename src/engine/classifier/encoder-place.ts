/** How a classifier states where the encoder lies that it reads with. */
import path from 'node:path';
import { STATE_FOLDER } from '../../core/corpus/workspace-files.ts';

/**
 * From the classifier's folder where both are of one workspace, which may then be moved; elsewhere from the root of the
 * file system. Both are read with `path.resolve(folder, stated)`.
 * @param folder of the classifier
 */
export function statedPlace(folder: string, encoder: string): string {
  const [from, to] = [path.resolve(folder), path.resolve(encoder)];
  const state = from.split(path.sep).lastIndexOf(STATE_FOLDER);
  const workspace = from.split(path.sep).slice(0, state).join(path.sep);
  if (state < 0 || !to.startsWith(workspace + path.sep)) return to;
  // The same on every system.
  return path.relative(from, to).split(path.sep).join('/');
}
