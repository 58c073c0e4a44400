/** npm as a downloader: one clean way to call it, whichever npm script this one was started from. */
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { cache } from './paths.mjs';
import { Problem } from './problem.mjs';
import { run } from './process.mjs';

const OFFLINE = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED|network)\b/;

/**
 * The environment for a nested npm: what the outer `npm run` exported about itself would redirect the inner one, so
 * only what tells how to reach the registry stays. Without a usable home the download cache moves below `.cache`.
 * @param {NodeJS.ProcessEnv} [outer]
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(outer = process.env) {
  const misleading = /^npm_(config|package|lifecycle)_/i;
  const useful = /registry|proxy|cafile|cache/i;
  const kept = Object.entries(outer).filter(([name]) => !misleading.test(name) || useful.test(name));
  /** @type {NodeJS.ProcessEnv} */
  const env = Object.fromEntries(kept);
  const home = process.platform === 'win32' ? env['LOCALAPPDATA'] : env['HOME'];
  if (!home && !env['npm_config_cache']) env['npm_config_cache'] = path.join(cache, 'npm');
  return env;
}

/**
 * Calls npm and throws a problem with its last words when it fails.
 * @param {readonly string[]} args
 * @param {string} cwd
 */
export async function npm(args, cwd) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];
  const script = process.env['npm_execpath'];
  const direct = script !== undefined && path.basename(script) === 'npm-cli.js';
  const windows = process.platform === 'win32';
  const { code, output } = await run(
    direct ? process.execPath : windows ? 'npm.cmd' : 'npm',
    [...(direct ? [script] : []), ...args, ...quiet],
    { cwd, env: cleanEnvironment(), shell: windows && !direct, quiet: true },
  ).catch((error) => {
    throw new Problem('npm could not be started.', 'Install Node.js with npm, and try again.', {
      cause: error,
    });
  });
  if (code === 0) return;
  const lines = output.split('\n').filter((line) => line.trim() && !/complete log of this run/i.test(line));
  throw new Problem(
    `npm ${args.join(' ')} failed:\n${lines.slice(-12).join('\n')}`,
    OFFLINE.test(output)
      ? 'Connect to the network once and run the command again. What was fetched before is kept.'
      : 'Read the message above; running the command again continues where it stopped.',
  );
}

/**
 * Fetches one published package as its archive.
 * @param {string} specifier name@version
 * @param {string} folder made if missing
 * @returns {Promise<string>} the archive's path
 */
export async function fetchPackage(specifier, folder) {
  await mkdir(folder, { recursive: true });
  await npm(['pack', '--silent', specifier], folder);
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (!archive) {
    throw new Problem(
      `npm fetched no archive of ${specifier}.`,
      'Check the registry that npm is set to use.',
    );
  }
  return path.join(folder, archive);
}
