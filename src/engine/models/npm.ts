/** The user's own npm as a downloader: it knows the registry, the proxy and the certificates of this machine. */
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { cancelled } from '../task.ts';
import { downloadFailed } from './errors.ts';

/**
 * Fetches one published package as its archive.
 * @param specifier `name@version`
 * @param folder that holds nothing else; npm's cache goes there too, so that its growth can be seen
 */
export async function npmPack(specifier: string, folder: string, signal: AbortSignal): Promise<string> {
  const cache = path.join(folder, 'cache');
  const args = ['pack', specifier, '--silent', '--ignore-scripts', '--no-update-notifier', '--cache', cache];
  const { code, output } = await call(args, folder, signal);
  const archive = (await readdir(folder)).find((name) => name.endsWith('.tgz'));
  if (code === 0 && archive !== undefined) return path.join(folder, archive);
  const words = output.trim().split('\n').slice(-3).join(' ');
  throw downloadFailed(
    `npm could not fetch ${specifier}${words === '' ? '.' : `: ${words}`}`,
    'Connect to the network, and check that "npm ping" works here. What was fetched before is kept.',
  );
}

function call(
  args: readonly string[],
  cwd: string,
  signal: AbortSignal,
): Promise<{ readonly code: number; readonly output: string }> {
  const windows = process.platform === 'win32';
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(cancelled());
    const child = spawn(windows ? 'npm.cmd' : 'npm', args, {
      cwd,
      env: environment(),
      shell: windows,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, so that npm's helpers end with it.
      detached: !windows,
    });
    const stop = (): void => {
      if (child.pid === undefined) return;
      if (windows) spawn('taskkill', ['/pid', String(child.pid), '/t', '/f']);
      else process.kill(-child.pid, 'SIGTERM');
    };
    signal.addEventListener('abort', stop, { once: true });
    let output = '';
    const collect = (data: Buffer): void => void (output = (output + data.toString('utf8')).slice(-4000));
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (cause) => {
      signal.removeEventListener('abort', stop);
      const remedy = 'Install Node.js with npm, or choose a GGUF file that you have.';
      reject(downloadFailed('npm could not be started.', remedy, { cause }));
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      if (signal.aborted) reject(cancelled());
      else resolve({ code: code ?? 1, output });
    });
  });
}

/** Without what an outer npm exported about itself, which would redirect this one. */
function environment(): NodeJS.ProcessEnv {
  const misleading = /^npm_(config|package|lifecycle)_/i;
  const useful = /registry|proxy|cafile/i;
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !misleading.test(name) || useful.test(name)),
  );
}
