/** A classifier for a copied workspace, trained once for each build and then copied, so that tests start with one. */
import { existsSync } from 'node:fs';
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { replaceFolder, sha256 } from '../../scripts/lib/files.mjs';
import { cache, root } from '../../scripts/lib/paths.mjs';
import { run } from '../../scripts/lib/process.mjs';

const FOLDER = '.patent-lab';

export async function addClassifier(workspace: string): Promise<void> {
  const command = path.join(root, 'dist', 'cli.mjs');
  const key = sha256(`${path.basename(workspace)}${await readFile(command, 'utf8')}`).slice(0, 16);
  const kept = path.join(cache, 'trained', key);
  if (!existsSync(kept)) {
    const { code, output } = await run(process.execPath, [command, 'train', '--workspace', workspace], {
      quiet: true,
    });
    if (code !== 0) throw new Error(`training ${workspace} ended with ${code}:\n${output}`);
    await rm(path.dirname(kept), { recursive: true, force: true });
    await replaceFolder(kept, (folder) => cp(path.join(workspace, FOLDER), folder, { recursive: true }));
    return;
  }
  await cp(kept, path.join(workspace, FOLDER), { recursive: true });
}
