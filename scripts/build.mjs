/** Bundles the extension: host, engine, command line and one script a webview. `--watch` rebuilds, `--quiet` is silent. */
import { build, context } from 'esbuild';
import { rmSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const watch = process.argv.includes('--watch');
const quiet = process.argv.includes('--quiet');

/** ESM bundles that hold CommonJS packages still call `require`. */
const requireShim = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: true,
  minify: true,
  keepNames: false,
  logLevel: 'warning',
  legalComments: 'linked',
};

/** @type {import('esbuild').BuildOptions[]} */
const bundles = [
  {
    ...shared,
    entryPoints: { extension: 'src/host/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
  },
  {
    ...shared,
    entryPoints: { engine: 'src/engine/main.ts', cli: 'src/cli/main.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: requireShim,
    external: ['onnxruntime-node'],
  },
  {
    ...shared,
    entryPoints: { patent: 'webview/patent/main.tsx', table: 'webview/table/main.tsx' },
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
];

if (watch) {
  for (const options of bundles) await (await context(options)).watch();
  console.log('watching');
} else {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  await Promise.all(bundles.map((options) => build(options)));
  if (!quiet) {
    for (const file of ['extension.cjs', 'engine.mjs', 'cli.mjs', 'webview/patent.js', 'webview/table.js']) {
      const kilobytes = statSync(path.join(root, 'dist', file)).size / 1000;
      console.log(`${file.padEnd(20)} ${kilobytes.toFixed(0).padStart(6)} kB`);
    }
  }
}
