/** The stages of the test command, in the order they run: the cheap ones first. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { buildAll, buildIfNeeded } from '../build/build.mjs';
import { root } from '../lib/paths.mjs';
import { run } from '../lib/process.mjs';
import { vsixFile } from '../package/targets.mjs';
import { setUpChromium } from '../setup/chromium.mjs';
import { TRAINABLE } from '../setup/encoder-pin.mjs';
import { setUpEncoder, trainableFolder } from '../setup/encoder.mjs';
import { setUpTinyLlama } from '../setup/tinyllama.mjs';
import { setUpVSCodeWeb } from '../setup/vscode-web.mjs';
import { runToolBeside } from './tool.mjs';
import { runVitest } from './vitest.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {readonly (() => Promise<void>)[]} needs set-up beside the dependencies
 * @property {boolean} [beside] whether it may run at the same time as its neighbours that may, too
 * @property {(filters: readonly string[]) => Promise<import('./vitest.mjs').Counts | number | void>} run
 *   gives test counts or an exit code
 */

const browser = [setUpEncoder, setUpVSCodeWeb, setUpChromium].map((setUp) => () => setUp());
const tinyLlama = async () => void (await setUpTinyLlama());
const script = (/** @type {string} */ name) => path.join(root, 'scripts', name);

/** @type {readonly Stage[]} */
export const stages = [
  { name: 'types', needs: [], beside: true, run: types },
  { name: 'lint', needs: [], beside: true, run: () => runToolBeside('eslint', ['.']) },
  {
    name: 'format',
    needs: [],
    beside: true,
    run: () => runToolBeside('prettier', ['--check', '--log-level=warn', '.']),
  },
  {
    name: 'unit',
    // The browser brings the graphics device in software that training on WebGPU is tested on.
    needs: [() => setUpEncoder(), tinyLlama, trainable, () => setUpChromium()],
    run: (filters) => runVitest('unit', filters),
  },
  { name: 'build', needs: [], run: async () => void (await buildAll()) },
  { name: 'e2e', needs: browser, run: endToEnd },
  { name: 'package', needs: [() => setUpEncoder()], run: makePackage },
  { name: 'installed', needs: browser, run: installed },
  { name: 'start', needs: [], run: start },
];

/** Encoders in single precision, which are not shipped: the tests of fine-tuning read the published weights. */
async function trainable() {
  for (const pin of TRAINABLE) await setUpEncoder(pin, trainableFolder(pin));
}

/** The projects that `npm run check` names, one after another. */
async function types() {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  for (const command of scripts.check.split('&&')) {
    const [, ...args] = command.trim().split(/\s+/);
    const code = await runToolBeside('typescript', args, 'tsc');
    if (code !== 0) return code;
  }
  return 0;
}

/** @param {readonly string[]} filters */
async function endToEnd(filters) {
  await buildIfNeeded();
  return runVitest('e2e', filters);
}

async function makePackage() {
  return (await run(process.execPath, [script('package.mjs')], { cwd: root })).code;
}

/** What the README tells a newcomer to call, up to the point where VS Code would open. */
async function start() {
  return (await run(process.execPath, [script('start.mjs'), '--no-open'], { cwd: root })).code;
}

/** @param {readonly string[]} filters */
async function installed(filters) {
  if (!existsSync(vsixFile())) {
    const code = await makePackage();
    if (code !== 0) return code;
  }
  return runVitest('installed', filters);
}
