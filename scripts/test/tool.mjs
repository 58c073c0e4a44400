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
  const { code } = await runToolOn(name, args, program, false);
  return code;
}

/**
 * The same beside others: its output comes in one piece, when it has ended.
 * @param {string} name
 * @param {readonly string[]} args
 * @param {string} [program]
 * @returns {Promise<number>}
 */
export async function runToolBeside(name, args, program = name) {
  const { code, output } = await runToolOn(name, args, program, true);
  process.stdout.write(output);
  return code;
}

/**
 * @param {string} name
 * @param {readonly string[]} args
 * @param {string} program
 * @param {boolean} quiet
 */
function runToolOn(name, args, program, quiet) {
  const folder = path.join(root, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const file = path.join(folder, typeof bin === 'string' ? bin : bin[program]);
  return run(process.execPath, [file, ...args], { cwd: root, quiet });
}
