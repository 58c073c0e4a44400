/** Runs benchmarks: `npm run bench` runs them all, `npm run bench -- encode` the one of that name, or those whose file name contains the word. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { buildIfNeeded } from './build/build.mjs';
import { chosenBenchmarks } from './lib/benchmarks.mjs';
import { root } from './lib/paths.mjs';
import { Problem, runMain } from './lib/problem.mjs';
import { note } from './lib/progress.mjs';
import { run } from './lib/process.mjs';
import { setUpDependencies } from './setup/dependencies.mjs';
import { setUpEncoder } from './setup/encoder.mjs';
import { setUpTinyLlama } from './setup/tinyllama.mjs';

const folder = path.join(root, 'bench');

await runMain(async () => {
  const words = process.argv.slice(2).filter((word) => !word.startsWith('-'));
  const all = readdirSync(folder).filter((name) => /\.bench\.(mjs|ts)$/.test(name));
  const chosen = chosenBenchmarks(all, words);
  if (chosen.length === 0) {
    throw new Problem(
      `No benchmark is called ${words.join(' or ')}.`,
      `There are: ${all.join(', ') || 'none'}.`,
    );
  }
  await setUpDependencies();
  await setUpEncoder();
  if (chosen.some((name) => name.startsWith('generate'))) await setUpTinyLlama();
  await buildIfNeeded();
  for (const name of chosen) {
    note(`── ${name}`);
    const file = name.endsWith('.ts') ? await bundled(name) : path.join(folder, name);
    const { code } = await run(process.execPath, ['--expose-gc', file], { cwd: root });
    if (code !== 0) return code;
  }
  return 0;
});

/**
 * A benchmark in TypeScript may import the sources themselves; it is bundled first, with packages left outside.
 * @param {string} name
 */
async function bundled(name) {
  const { build } = await import('esbuild');
  const outdir = path.join(folder, 'out');
  const base = name.replace(/\.ts$/, '');
  await build({
    // The threads of a study start from the script beside what is run.
    entryPoints: {
      [base]: path.join(folder, name),
      'study-thread': path.join(root, 'src/engine/study/crew/thread.ts'),
    },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  return path.join(outdir, `${base}.mjs`);
}
