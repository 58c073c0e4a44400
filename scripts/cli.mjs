/**
 * The command line from a checkout: sets up what is missing, builds when a source changed, and runs it where the user
 * stands. Notes go to stderr, so that stdout is the command's own.
 */
import path from 'node:path';
import { buildIfNeeded, dist } from './build/build.mjs';
import { invokedFrom } from './lib/paths.mjs';
import { runMain } from './lib/problem.mjs';
import { run } from './lib/process.mjs';
import { setUpDependencies } from './setup/dependencies.mjs';
import { setUpEncoder } from './setup/encoder.mjs';

await runMain(async () => {
  await setUpDependencies();
  await setUpEncoder();
  await buildIfNeeded();
  // Ctrl+C is the command's to handle; this process only waits for it.
  process.on('SIGINT', () => undefined);
  const command = path.join(dist, 'cli.mjs');
  const { code } = await run(process.execPath, [command, ...process.argv.slice(2)], { cwd: invokedFrom });
  return code;
});
