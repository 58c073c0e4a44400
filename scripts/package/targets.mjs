/** The platforms that packages are made for, as VS Code names them, and what of ONNX Runtime each of them needs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../lib/paths.mjs';
import { Problem } from '../lib/problem.mjs';

const BINARIES = 'node_modules/onnxruntime-node/bin';

export const currentTarget = `${process.platform}-${process.arch}`;

/** The package that is made for a target. */
export function vsixFile(target = currentTarget) {
  const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return path.join(root, `${name}-${target}-${version}.vsix`);
}

/**
 * ONNX Runtime's folder of binaries for a target, and the files in it that are worth shipping: no provider that needs
 * a CUDA installation, and no second copy of a library under another name.
 * @param {string} target
 * @returns {{ folder: string, files: readonly string[] }}
 */
export function runtimeBinaries(target) {
  const [api] = readdirSync(path.join(root, BINARIES));
  const [platform = '', architecture = ''] = target.split('-');
  const folder = path.join(BINARIES, api ?? '', platform, architecture);
  /** @type {string[]} */
  let files;
  try {
    files = readdirSync(path.join(root, folder));
  } catch (error) {
    throw new Problem(
      `ONNX Runtime has no binaries for ${target}.`,
      'Choose one of linux-x64, linux-arm64, darwin-arm64, win32-x64, win32-arm64.',
      { cause: error },
    );
  }
  return { folder, files: files.filter((file) => !isSuperfluous(file)) };
}

/** @param {string} file */
function isSuperfluous(file) {
  // The binding loads libonnxruntime.1.dylib; the fully numbered one is the same file again.
  return /providers_(cuda|tensorrt)/.test(file) || /^libonnxruntime\.\d+\.\d+\.\d+\.dylib$/.test(file);
}

/** node-llama-cpp's packages of binaries, by target; the processor's only, but on Macs, where the graphics are always there. */
const LLAMA = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-arm64': 'mac-arm64-metal',
  'win32-x64': 'win-x64',
  'win32-arm64': 'win-arm64',
};

/**
 * The package that holds llama.cpp for a target, as a folder relative to the root; undefined where npm has not
 * installed it: it installs those of its own system, and the package then has no built-in models.
 * @param {string} target
 */
export function llamaPackage(target) {
  const name = Object.entries(LLAMA).find(([one]) => one === target)?.[1];
  const folder = name && `node_modules/@node-llama-cpp/${name}`;
  return folder && existsSync(path.join(root, folder, 'bins')) ? folder : undefined;
}
