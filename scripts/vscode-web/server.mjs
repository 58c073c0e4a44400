/** Starts and ends one VS Code server for the browser, with a home of its own and nothing asked of the outside. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Problem } from '../lib/problem.mjs';
import { endTree, run, signalTree } from '../lib/process.mjs';
import { vscodeWeb } from '../setup/vscode-web.mjs';
import { installFromSource } from './source-extension.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} workspace folder to open
 * @property {string} home folder for the server's data, its settings and installed extensions; made if missing
 * @property {string} [extension] folder of an extension to run from its source; replaces what is installed
 * @property {readonly string[]} [others] folders of further extensions to run from their source
 * @property {string} [vsix] packaged extension to install before the start
 * @property {number} [port] a free one when absent
 * @property {Record<string, unknown>} [settings] user settings over {@link QUIET_SETTINGS};
 *   without it, settings that a person changed in an earlier run stay
 * @property {boolean} [trust] asks for Workspace Trust as on the desktop; otherwise every folder is trusted
 */

/** A workbench without tips, updates, experiments, telemetry or accounts. */
export const QUIET_SETTINGS = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoUpdate': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/**
 * @param {ServerOptions} options
 * @returns {Promise<{ url: string, log: () => string, exited: Promise<void>, stop: () => Promise<void> }>}
 */
export async function startServer({
  workspace,
  home,
  extension,
  others = [],
  vsix,
  port,
  settings,
  trust = false,
}) {
  const userSettings = path.join(home, 'data', 'User', 'settings.json');
  await mkdir(path.dirname(userSettings), { recursive: true });
  if (settings !== undefined || !existsSync(userSettings)) {
    await writeFile(userSettings, `${JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2)}\n`);
  }
  await writeFile(path.join(home, 'config.yaml'), '');
  if (vsix) await installExtension(vsix, home);
  for (const source of [...(extension ? [extension] : []), ...others])
    await installFromSource(source, path.join(home, 'extensions'));

  const address = `127.0.0.1:${port ?? (await freePort())}`;
  // Its sockets, which it leaves behind. Elsewhere the path of a temporary folder is too long for another part.
  const temporary =
    process.platform === 'linux' ? await mkdtemp(path.join(tmpdir(), 'patent-lab-')) : undefined;
  const child = spawn(
    vscodeWeb.node,
    [
      vscodeWeb.entry,
      ...['--bind-addr', address, '--auth', 'none', '--disable-telemetry', '--disable-update-check'],
      ...['--disable-getting-started-override', '--ignore-last-opened'],
      ...(trust ? [] : ['--disable-workspace-trust']),
      ...homeArguments(home),
    ],
    // A group of its own, so that ending it ends all it started and nothing else.
    { detached: true, env: environment(home, temporary), stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (log = (log + text).slice(-200_000)));
  }
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => child.once('close', () => resolve()));
  const killNow = () => signalTree(child, 'SIGKILL');
  process.once('exit', killNow);
  const stop = async () => {
    await endTree(child);
    await exited;
    process.off('exit', killNow);
    if (temporary) await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  };
  child.once('error', (error) => (log += error.message));

  await waitUntilReady(address, child).catch(async (error) => {
    await stop();
    throw new Problem(`VS Code did not start: ${error.message}\n${log.slice(-2000)}`, 'Try again.');
  });
  return { url: urlOf(address, workspace), log: () => log, exited, stop };
}

/**
 * @param {string} vsix
 * @param {string} home
 */
async function installExtension(vsix, home) {
  const { code, output } = await run(
    vscodeWeb.node,
    [vscodeWeb.entry, '--install-extension', vsix, '--force', ...homeArguments(home)],
    { env: environment(home), quiet: true },
  );
  if (code !== 0 || !/successfully installed/i.test(output)) {
    throw new Problem(
      `${path.basename(vsix)} could not be installed:\n${output.trim()}`,
      'Package it again.',
    );
  }
}

/** @param {string} home */
function homeArguments(home) {
  return [
    ...['--config', path.join(home, 'config.yaml')],
    ...['--user-data-dir', path.join(home, 'data'), '--extensions-dir', path.join(home, 'extensions')],
  ];
}

/**
 * @param {string} home
 * @param {string} [temporary]
 */
function environment(home, temporary) {
  const env = {
    ...process.env,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    // It keeps a few files of its own outside the folders it is told to use.
    PATENT_LAB_CACHE: path.join(home, 'data', 'patent-lab-cache'),
    XDG_DATA_HOME: path.join(home, 'data', 'xdg'),
    ...(temporary ? { TMPDIR: temporary } : {}),
  };
  const misleading =
    /^(VSCODE_.*|ELECTRON_.*|VITEST.*|TEST|NODE_ENV|NODE_OPTIONS|PORT|PASSWORD|npm_.*|INIT_CWD)$/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !misleading.test(name)));
}

/**
 * @param {string} address
 * @param {import('node:child_process').ChildProcess} child
 */
async function waitUntilReady(address, child) {
  for (let tries = 0; tries < 600; tries++) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('it ended at once');
    const answer = await fetch(`http://${address}/healthz`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error('no answer within a minute');
}

/**
 * @param {string} address
 * @param {string} workspace
 */
function urlOf(address, workspace) {
  const url = new URL(`http://${address}/`);
  url.searchParams.set('folder', workspace.replaceAll('\\', '/').replace(/^([A-Za-z]:)/, '/$1'));
  return url.href;
}

/**
 * A port that is free now; any one, or the given one.
 * @param {number} [port]
 * @returns {Promise<number>}
 */
function freePort(port = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

/** @param {number} port */
export function isFree(port) {
  return freePort(port).then(
    () => true,
    () => false,
  );
}
