/**
 * How node-llama-cpp is bundled. It brings along what builds llama.cpp from source and downloads models; we only load
 * its prebuilt binaries, so that part is left out, and two of its files find their neighbours another way.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../lib/paths.mjs';

const PACKAGE = path.join(root, 'node_modules/node-llama-cpp');

/** The one module that loads it, as its neighbours import it. */
const BINDING = /^\.\/binding\.ts$/;
const BUNDLE = './llama.mjs';

/** Used for building and downloading alone. */
const LEFT_OUT = /^(simple-git|ipull|ora|cmake-js|stdout-update)$/;

/** The engine's import of the binding, as the bundle beside it. @type {import('esbuild').Plugin} */
export const llamaOutside = {
  name: 'llama-outside',
  setup({ onResolve }) {
    onResolve({ filter: BINDING }, ({ resolveDir }) =>
      path.basename(resolveDir) === 'built-in' ? { path: BUNDLE, external: true } : undefined,
    );
  },
};

/** @type {import('esbuild').Plugin} */
export const llamaInside = {
  name: 'llama-inside',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: LEFT_OUT }, ({ path: name }) => ({ path: name, namespace: 'left-out' }));
    onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
    // It reads these from files in its package.
    onLoad({ filter: /bindings[\\/]utils[\\/]binariesGithubRelease\.js$/ }, async () => {
      const { release } = await readPackageJson('llama/binariesGithubRelease.json');
      const names = ['builtinLlamaCppRelease', 'defaultLlamaCppRelease'].map((name) => `release as ${name}`);
      const get = 'export const getBinariesGithubRelease = async () => release;';
      return {
        contents: `const release = ${JSON.stringify(release)}; export { ${names.join(', ')} }; ${get}`,
      };
    });
    onLoad({ filter: /utils[\\/]getModuleVersion\.js$/ }, async () => {
      const { version } = await readPackageJson('package.json');
      return { contents: `export const getModuleVersion = async () => ${JSON.stringify(version)};` };
    });
    // It tries a binary out in a process of its own, which runs this very file.
    onLoad({ filter: /testBindingBinary\.js$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      const own = 'fileURLToPath(import.meta.url)';
      if (!text.includes(own)) throw new Error(`${file} does not name itself any more.`);
      return {
        contents: text.replace(own, "fileURLToPath(new URL('./testBindingBinary.mjs', import.meta.url))"),
      };
    });
  },
};

/** @param {string} name @returns {Promise<Record<string, unknown>>} */
async function readPackageJson(name) {
  return JSON.parse(await readFile(path.join(PACKAGE, name), 'utf8'));
}

/** Entry points of the bundle, by name. */
export const llamaEntries = {
  llama: 'src/engine/generation/clients/built-in/binding.ts',
  testBindingBinary: 'node_modules/node-llama-cpp/dist/bindings/utils/testBindingBinary.js',
};
