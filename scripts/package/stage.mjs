/** Lays out what a package holds, for one target, in a folder of its own: nothing gets in by accident. */
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { replaceFolder } from '../lib/files.mjs';
import { cache, root } from '../lib/paths.mjs';
import { encoderFolder } from '../setup/encoder.mjs';
import { thirdPartyNotices } from './notices.mjs';
import { llamaPackage, runtimeBinaries } from './targets.mjs';

/** Where the bundles find packages that are not bundled: beside them. */
const MODULES = 'dist/node_modules';

/** What of the checkout is shipped as it is, where it exists. */
const PLAIN = ['media', 'samples', 'schemas', 'l10n', 'README.md', 'CHANGELOG.md', 'LICENSE'];

/**
 * @param {string} target
 * @param {readonly string[]} inputs source files of the bundles, for the notices
 * @returns {Promise<string>} the folder
 */
export async function stage(target, inputs) {
  const folder = path.join(cache, 'vsix', target);
  await replaceFolder(folder, async (making) => {
    await writeFile(path.join(making, 'package.json'), await trimmedManifest());
    await writeFile(path.join(making, '.vscodeignore'), '# Everything in this folder is shipped.\n');
    for (const name of [...PLAIN, ...(await readdir(root)).filter(isTranslation)]) {
      if (existsSync(path.join(root, name))) await cp(path.join(root, name), path.join(making, name), deep);
    }
    await cp(path.join(root, 'dist'), path.join(making, 'dist'), {
      recursive: true,
      filter: (file) => !/\.(map|tmp)$/.test(file),
    });
    const encoder = encoderFolder();
    await cp(encoder, path.join(making, path.relative(root, encoder)), deep);
    await stageRuntime(making, target);
    // The bundle of pdf.js reads its character maps of CJK fonts by name.
    await stageScripts(making, 'node_modules/pdfjs-dist', ['cmaps']);
    await stageScripts(making, 'node_modules/snowball-stemmers', ['snowball-stemmers.js']);
    const llama = llamaPackage(target);
    if (llama) await stageScripts(making, llama, ['bins', 'dist']);
    const notices = thirdPartyNotices(inputs, [
      'onnxruntime-node',
      'onnxruntime-common',
      'pdfjs-dist',
      'snowball-stemmers',
      ...(llama ? [path.relative('node_modules', llama).split(path.sep).join('/')] : []),
    ]);
    await writeFile(path.join(making, 'THIRD_PARTY_NOTICES.txt'), notices);
  });
  return folder;
}

const deep = {
  recursive: true,
  // What someone made while trying the samples stays here.
  filter: (/** @type {string} */ file) => !/[\\/](\.patent-lab|labels\.jsonl)$/.test(file),
};

/** @param {string} name */
function isTranslation(name) {
  return /^package\.nls(\..+)?\.json$/.test(name);
}

/** The manifest without what only a checkout needs; everything it depends on is inside the package. */
async function trimmedManifest() {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  const dropped = ['devDependencies', 'dependencies', 'scripts', 'private', 'overrides'];
  const kept = Object.fromEntries(Object.entries(manifest).filter(([name]) => !dropped.includes(name)));
  kept['engines'] = { vscode: manifest.engines.vscode };
  return `${JSON.stringify(kept, null, 2)}\n`;
}

/**
 * ONNX Runtime with the binaries of the target only, and the package it builds on.
 * @param {string} making
 * @param {string} target
 */
async function stageRuntime(making, target) {
  const runtime = 'node_modules/onnxruntime-node';
  const { folder, files } = runtimeBinaries(target);
  const binaries = path.join(making, 'dist', folder);
  await mkdir(binaries, { recursive: true });
  for (const file of files) await copyFile(path.join(root, folder, file), path.join(binaries, file));
  await stageScripts(making, runtime, ['dist']);
  // The package.json inside dist/cjs is needed: it says that those files are CommonJS.
  await stageScripts(making, 'node_modules/onnxruntime-common', ['dist/cjs', 'dist/esm']);
}

/**
 * @param {string} making
 * @param {string} from package folder relative to the root
 * @param {readonly string[]} folders
 */
async function stageScripts(making, from, folders) {
  const to = path.join(making, MODULES, path.relative('node_modules', from));
  await mkdir(to, { recursive: true });
  await copyFile(path.join(root, from, 'package.json'), path.join(to, 'package.json'));
  for (const folder of folders) {
    await cp(path.join(root, from, folder), path.join(to, folder), {
      recursive: true,
      filter: (file) => !/\.(map|d\.ts)$/.test(file),
    });
  }
}
