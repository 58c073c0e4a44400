/**
 * Serves the development page: the views as they are bundled, under the content security policy that VS Code's host
 * sets, with a fake host in place of the extension. `node webview/dev/server.mjs [port]`.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
/** Of this process alone: several checkouts may be looked at at once. */
const out = path.join(tmpdir(), `webview-dist-${process.pid}`);

const VIEWS = [
  'patent',
  'table',
  'import',
  'preview',
  'audit',
  'review',
  'fidelity',
  'study',
  'numerics',
  'training',
  'adaptation',
];

/** What VS Code puts before a web view's own styles. */
const DEFAULTS = `html { scrollbar-color: var(--vscode-scrollbarSlider-background) transparent; }
body { overscroll-behavior-x: none; background-color: transparent; color: var(--vscode-editor-foreground);
  font-family: var(--vscode-font-family); font-weight: var(--vscode-font-weight);
  font-size: var(--vscode-font-size); margin: 0; padding: 0 20px; }`;

function page(view) {
  const nonce = randomBytes(16).toString('base64');
  const background = view === 'patent' ? 'sideBar' : 'editor';
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; style-src 'nonce-${nonce}' 'self'; script-src 'nonce-${nonce}'">
<meta property="csp-nonce" content="${nonce}">
<title>${view}</title>
<style nonce="${nonce}">${DEFAULTS} html { background: var(--vscode-${background}-background); }</style>
<link rel="stylesheet" href="/${view}.css">
</head>
<body data-view="${view}">
<script nonce="${nonce}" src="/fake-host.js"></script>
<div id="root"></div>
<script nonce="${nonce}" type="module" src="/${view}.js"></script>
</body>
</html>`;
}

const TYPES = { '.js': 'text/javascript', '.css': 'text/css', '.map': 'application/json' };

export async function start(port = 0) {
  const shared = { absWorkingDir: root, bundle: true, outdir: out, sourcemap: true, logLevel: 'warning' };
  await build({
    ...shared,
    entryPoints: Object.fromEntries(VIEWS.map((view) => [view, `webview/${view}/main.tsx`])),
    format: 'esm',
    target: 'es2022',
    minify: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
  });
  await build({ ...shared, entryPoints: { 'fake-host': 'webview/dev/fake-host.ts' }, format: 'iife' });
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const name = path.basename(pathname);
    const view = VIEWS.find((one) => name === `${one}.html`);
    if (view) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      response.end(page(view));
      return;
    }
    readFile(path.join(out, name)).then(
      (content) => {
        response.setHeader('content-type', `${TYPES[path.extname(name)] ?? 'text/plain'}; charset=utf-8`);
        response.end(content);
      },
      () => {
        response.statusCode = 404;
        response.end();
      },
    );
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const stop = () => {
    server.close();
    rmSync(out, { recursive: true, force: true });
  };
  process.once('exit', stop);
  return { url: `http://127.0.0.1:${server.address().port}`, stop };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await start(Number(process.argv[2] ?? 0));
  console.log(`${url}/patent.html?state=classified&theme=dark`);
  console.log(`${url}/table.html?state=running&live&theme=light`);
  console.log(`${url}/audit.html?state=done&theme=dark`);
  console.log(`${url}/review.html?state=done&theme=dark`);
  console.log(`${url}/fidelity.html?state=done&theme=dark`);
  console.log(`${url}/study.html?state=done&theme=dark`);
  console.log(`${url}/training.html?state=running&theme=dark`);
  console.log(`${url}/adaptation.html?state=running&theme=dark`);
  console.log(`${url}/import.html?state=ready&theme=dark`);
}
