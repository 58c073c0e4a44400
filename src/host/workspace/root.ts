/**
 * Which folder's taxonomy and classifier a document belongs to: the nearest folder upwards that has a
 * `patent-lab.json`, else its workspace folder, else the folder it lies in.
 */
import path from 'node:path';

export const WORKSPACE_FILE = 'patent-lab.json';

export async function rootOf(
  file: string,
  workspaceFolder: string | undefined,
  exists: (file: string) => Promise<boolean>,
): Promise<string> {
  const last = workspaceFolder ?? path.dirname(file);
  const isInside = file === last || file.startsWith(last + path.sep);
  if (!isInside) return last;
  for (let folder = file; ; folder = path.dirname(folder)) {
    if (await exists(path.join(folder, WORKSPACE_FILE))) return folder;
    if (folder === last || folder === path.dirname(folder)) return last;
  }
}
