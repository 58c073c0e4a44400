/** What is built: the extension host, the engine, the command line, and one script for each webview. */
import { root } from '../lib/paths.mjs';
import { llamaEntries, llamaInside, llamaOutside } from './llama.mjs';

/** ESM bundles that hold CommonJS packages still call `require`. */
const requireShim = {
  js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
};

/** @satisfies {import('esbuild').BuildOptions} */
const shared = {
  absWorkingDir: root,
  bundle: true,
  sourcemap: true,
  minify: true,
  logLevel: 'warning',
  legalComments: 'linked',
  metafile: true,
  // Some packages' CommonJS files find their parts in a way that a bundler cannot follow; their ES modules do not.
  mainFields: ['module', 'main'],
};

/** @type {readonly import('esbuild').BuildOptions[]} */
export const bundles = [
  {
    ...shared,
    entryPoints: { extension: 'src/host/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    // The stemmers of two dozen languages would be compiled with every activation; they are loaded with the first check.
    external: ['vscode', 'snowball-stemmers'],
    // The extension host reports every look for a browser's `navigator` as an error; zod takes one.
    define: { navigator: 'undefined' },
  },
  {
    ...shared,
    // Engine and command line start the threads of a study from the script beside them.
    entryPoints: {
      engine: 'src/engine/main.ts',
      cli: 'src/cli/main.ts',
      'study-thread': 'src/engine/study/crew/thread.ts',
    },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: requireShim,
    external: ['onnxruntime-node'],
    plugins: [llamaOutside],
  },
  {
    ...shared,
    entryPoints: llamaEntries,
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: requireShim,
    // Nearly all of it is node-llama-cpp; its binaries stay packages of their own.
    sourcemap: false,
    external: ['@node-llama-cpp/*', 'electron'],
    plugins: [llamaInside],
  },
  {
    ...shared,
    // A thread of its own, started with the first PDF, so that the engine starts without pdf.js.
    entryPoints: { 'pdf-thread': 'src/engine/files/pdf/pdf-thread.mjs' },
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    platform: 'node',
    format: 'esm',
    target: 'node20',
    // Nearly all of it is pdf.js, whose map is larger than everything else together.
    sourcemap: false,
  },
  {
    ...shared,
    entryPoints: {
      patent: 'webview/patent/main.tsx',
      table: 'webview/table/main.tsx',
      import: 'webview/import/main.tsx',
      preview: 'webview/preview/main.tsx',
      audit: 'webview/audit/main.tsx',
      review: 'webview/review/main.tsx',
      fidelity: 'webview/fidelity/main.tsx',
      study: 'webview/study/main.tsx',
      numerics: 'webview/numerics/main.tsx',
      training: 'webview/training/main.tsx',
      adaptation: 'webview/adaptation/main.tsx',
    },
    outdir: 'dist/webview',
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
];
