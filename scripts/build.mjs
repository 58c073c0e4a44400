/** Builds the extension into `dist`. `--watch` rebuilds on every change, `--quiet` prints nothing. */
import { buildAll, watchAll } from './build/build.mjs';
import { runMain } from './lib/problem.mjs';
import { setUpDependencies } from './setup/dependencies.mjs';

await runMain(async () => {
  await setUpDependencies();
  if (process.argv.includes('--watch')) return watchAll();
  const { files } = await buildAll();
  if (process.argv.includes('--quiet')) return;
  for (const { name, bytes } of files) {
    if (/\.(map|txt)$/.test(name)) continue;
    console.log(`${name.padEnd(24)} ${(bytes / 1000).toFixed(0).padStart(6)} kB`);
  }
});
