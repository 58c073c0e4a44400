/**
 * From a fresh checkout to the extension at work: sets up, builds, trains the sample classifier, shows what it says
 * about one patent, and opens the sample workspace in VS Code with the extension in it.
 *
 * `--no-open` ends before VS Code opens; `--web` opens VS Code in the browser even where `code` is installed;
 * `--port N` is the port of that one.
 */
import path from 'node:path';
import { buildIfNeeded, dist } from './build/build.mjs';
import { cache, root } from './lib/paths.mjs';
import { Problem, runMain } from './lib/problem.mjs';
import { note } from './lib/progress.mjs';
import { run } from './lib/process.mjs';
import { setUpDependencies } from './setup/dependencies.mjs';
import { setUpEncoder } from './setup/encoder.mjs';
import { setUpVSCodeWeb } from './setup/vscode-web.mjs';
import { openInDesktop } from './vscode-web/desktop.mjs';
import { isFree, startServer } from './vscode-web/server.mjs';

const PORT = 8123;
const samples = path.join(root, 'samples');

await runMain(async () => {
  await setUpDependencies();
  await setUpEncoder();
  await buildIfNeeded();
  await must(patentLab('train', '--workspace', samples, '--if-needed'));
  console.log();
  const classify = () => patentLab('classify', '--workspace', samples, firstPatent());
  if ((await classify()) !== 0) {
    note('The sample classifier of an earlier version does not do; training it again.');
    await must(patentLab('train', '--workspace', samples));
    await must(classify());
  }
  if (process.argv.includes('--no-open')) return;
  if (!process.argv.includes('--web') && (await openInDesktop(root, samples))) return;
  await serve();
});

/**
 * Runs the command line and gives its exit code.
 * @param {...string} args
 */
async function patentLab(...args) {
  return (await run(process.execPath, [path.join(dist, 'cli.mjs'), ...args], { cwd: root })).code;
}

/** @param {Promise<number>} command */
async function must(command) {
  const code = await command;
  if (code !== 0) throw new Problem(`patent-lab ended with exit code ${code}.`, 'See the message above.');
}

/** The patent the samples' README suggests to begin with. */
function firstPatent() {
  return path.join(samples, 'patents', 'US99000001B2.xml');
}

/** Serves VS Code for the browser until Ctrl+C. */
async function serve() {
  await setUpVSCodeWeb();
  const at = process.argv.indexOf('--port');
  const asked = at > 0 ? Number(process.argv[at + 1]) : undefined;
  if (asked !== undefined && !(await isFree(asked))) {
    throw new Problem(`Port ${asked} is not free.`, 'Choose another one with --port, or leave it out.');
  }
  const port = asked ?? ((await isFree(PORT)) ? PORT : undefined);
  const home = path.join(cache, 'vscode-home');
  const server = await startServer({ workspace: samples, home, extension: root, port });
  console.log(`\nVS Code with Patent Lab is ready. Open this address in a browser:\n\n  ${server.url}\n`);
  note('Right-click a file in "patents" and choose "Classify Patent". Ctrl+C ends VS Code.');
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.once(signal, () => void server.stop());
  await server.exited;
}
