/**
 * The page around a webview's script. Nothing is allowed but our own script and style sheet: no remote content, no
 * inline styles, no images, no connections.
 */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/**
 * Hash of the empty text. The component toolkit puts an empty style element into the page and fills in its design
 * tokens as rules, which a policy does not concern; so no inline style but the empty one needs to be allowed.
 */
const EMPTY_STYLE = `'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='`;

export const webviewFolder = (extension: vscode.Uri): vscode.Uri =>
  vscode.Uri.joinPath(extension, 'dist', 'webview');

/** `name` is the bundle: `dist/webview/{name}.js` and `.css`. */
export function webviewHtml(
  webview: vscode.Webview,
  extension: vscode.Uri,
  name: string,
  title: string,
): string {
  const nonce = randomBytes(16).toString('base64url');
  const file = (extensionName: string): string =>
    webview
      .asWebviewUri(vscode.Uri.joinPath(webviewFolder(extension), `${name}.${extensionName}`))
      .toString();
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} ${EMPTY_STYLE}`,
    `font-src ${webview.cspSource}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(vscode.env.language)}">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="${policy}" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="stylesheet" href="${file('css')}" />
    <title>${escapeHtml(title)}</title>
  </head>
  <body>
    <div id="root"></div>
    <script type="application/json" id="strings" nonce="${nonce}">${embeddedJson(vscode.l10n.bundle ?? {})}</script>
    <script type="module" nonce="${nonce}" src="${file('js')}"></script>
  </body>
</html>
`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** JSON inside a script element must not end it. */
const embeddedJson = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');
