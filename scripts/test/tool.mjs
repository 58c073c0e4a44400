/** Runs the program of an installed package with this very Node. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/paths.mjs';
import { run } from '../lib/process.mjs';

/**
 * @param {string} name the package
 * @param {readonly string[]} args
 * @param {string} [program] where it is called otherwise
 * @returns {Promise<number>} the exit code
 */
export async function runTool(name, args, program = name) {
  const folder = path.join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = path.join(folder, typeof bin === 'string' ? bin : bin[program]);
  const { code } = await run(process.execPath, [file, ...args], { cwd: root });
  return code;
}
