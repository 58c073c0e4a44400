/** Child processes: run one to its end, quietly or in the open, and end one with everything it started. */
import { spawn, spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * @typedef {{ cwd?: string, env?: NodeJS.ProcessEnv, shell?: boolean, quiet?: boolean, toStderr?: boolean }} RunOptions
 * `quiet` collects the output instead of showing it; `toStderr` shows what the child writes to stdout on stderr.
 */

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { cwd, env, shell = false, quiet = false, toStderr = false } = {}) {
  return new Promise((resolve, reject) => {
    /** @type {import('node:child_process').StdioOptions} */
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['inherit', toStderr ? 2 : 'inherit', 'inherit'];
    const child = spawn(command, args, { cwd, env, shell, stdio });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 1), output }));
  });
}

/**
 * Sends a signal to a child that was spawned with `detached: true`, and to all it started.
 * @param {import('node:child_process').ChildProcess} child
 * @param {'SIGTERM' | 'SIGKILL'} signal
 */
export function signalTree(child, signal) {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/T', '/F', '/PID', String(child.pid)], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Nothing of that group is left.
  }
}

/** @param {number} pid */
function groupAlive(pid) {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}

/**
 * Ends a detached child with everything it started: politely first, and for good after five seconds.
 * @param {import('node:child_process').ChildProcess} child
 */
export async function endTree(child) {
  if (child.pid === undefined) return;
  signalTree(child, 'SIGTERM');
  if (process.platform === 'win32') return;
  for (let waited = 0; waited < 5000 && groupAlive(child.pid); waited += 50) await sleep(50);
  signalTree(child, 'SIGKILL');
}
