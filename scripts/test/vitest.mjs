/** Runs one project of the tests and counts what it ran. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { readJson } from '../lib/files.mjs';
import { cache } from '../lib/paths.mjs';
import { runTool } from './tool.mjs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * @param {string} project
 * @param {readonly string[]} filters parts of test file names; all files without any
 * @returns {Promise<Counts>}
 */
export async function runVitest(project, filters) {
  const report = path.join(cache, 'reports', `${project}.json`);
  await mkdir(path.dirname(report), { recursive: true });
  await rm(report, { force: true });
  const code = await runTool('vitest', [
    ...['run', '--project', project, ...filters],
    ...['--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ]);
  return countsOf(readJson(report), code);
}

/**
 * The counts of a JSON report. A run that failed without a failed test (a file that does not load, say) counts as one.
 * @param {unknown} report
 * @param {number} code exit code of the run
 * @returns {Counts}
 */
export function countsOf(report, code) {
  /** @typedef {{ numPassedTests?: number, numFailedTests?: number, numPendingTests?: number, numTodoTests?: number }} Report */
  const numbers = /** @type {Report | undefined} */ (report);
  const failed = numbers?.numFailedTests ?? 0;
  return {
    passed: numbers?.numPassedTests ?? 0,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: (numbers?.numPendingTests ?? 0) + (numbers?.numTodoTests ?? 0),
  };
}
