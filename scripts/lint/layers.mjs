/**
 * The layer rule of the house: a file's path says what it may import.
 *
 *   host → protocol, core        cli → engine, protocol, core     engine → protocol, core
 *   webview → protocol, webview  protocol → core (types)          core → core and pure libraries
 *
 * Inside core: text, patent, metrics and graph stand at the bottom; corpus over patent; the sciences over those;
 * study on top. Tests may reach sideways for what they compare against, but never into another process's code.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Which layers each layer may import, itself included.
 * @type {Record<string, readonly string[]>}
 */
const LAYERS = {
  'src/core': ['src/core'],
  'src/protocol': ['src/protocol', 'src/core'],
  'src/engine': ['src/engine', 'src/protocol', 'src/core'],
  'src/host': ['src/host', 'src/protocol', 'src/core'],
  'src/cli': ['src/cli', 'src/engine', 'src/protocol', 'src/core'],
  webview: ['webview', 'src/protocol'],
};

const SCIENCES = ['leakage', 'fidelity', 'learning', 'retrieval', 'generation'];
const BOTTOM = ['errors.ts', 'text', 'random.ts', 'json.ts'];
/**
 * What each part of core may import.
 * @type {Record<string, readonly string[]>}
 */
const CORE = {
  text: [...BOTTOM],
  patent: ['patent', ...BOTTOM],
  metrics: ['metrics', ...BOTTOM],
  graph: ['graph', ...BOTTOM],
  corpus: ['corpus', 'patent', ...BOTTOM],
  numerics: ['numerics', 'metrics', ...BOTTOM],
  ...Object.fromEntries(
    SCIENCES.map((science) => [science, [science, 'corpus', 'patent', 'metrics', 'graph', ...BOTTOM]]),
  ),
  study: ['study', ...SCIENCES, 'corpus', 'patent', 'metrics', 'graph', ...BOTTOM],
};

/**
 * Packages a layer must not load; everything else is decided by the package's own nature.
 * @type {Record<string, RegExp>}
 */
const FORBIDDEN_PACKAGES = {
  'src/core': /^(node:.*|vscode|onnxruntime-.*|@huggingface\/.*|@vscode\/.*|preact.*|vscode-jsonrpc.*)$/,
  'src/protocol': /^(node:.*|vscode|onnxruntime-.*|@huggingface\/.*|@vscode\/.*|preact.*)$/,
  'src/engine': /^(vscode|@vscode\/.*|preact.*)$/,
  'src/host': /^(onnxruntime-.*|@huggingface\/.*|preact.*|@vscode\/webview-ui-toolkit.*)$/,
  'src/cli': /^(vscode|@vscode\/.*|preact.*)$/,
  webview: /^(node:.*|vscode|onnxruntime-.*|@huggingface\/.*|vscode-jsonrpc.*)$/,
};

const NODE_BUILT_IN = /^(fs|path|os|crypto|child_process|worker_threads|url|util|events|stream|buffer)(\/|$)/;

/** @param {string} file */
function layerOf(file) {
  const relative = path.relative(root, file).split(path.sep).join('/');
  // The development page's server and screenshot scripts run in Node and are not shipped.
  if (/^webview\/dev\/.*\.mjs$/.test(relative)) return undefined;
  return Object.keys(LAYERS).find((layer) => relative === layer || relative.startsWith(`${layer}/`));
}

/** @param {string} file */
function corePart(file) {
  const relative = path.relative(path.join(root, 'src/core'), file).split(path.sep);
  return relative[0] ?? '';
}

/** @type {import('eslint').Rule.RuleModule} */
export const layers = {
  meta: {
    type: 'problem',
    docs: { description: 'imports go downward only' },
    schema: [],
    messages: {
      layer: '{{from}} may not import {{to}}.',
      part: 'core/{{from}} may not import core/{{to}}.',
      package: '{{from}} may not import the package {{to}}.',
      toolkit: 'Only webview/ui imports @vscode/webview-ui-toolkit.',
    },
  },
  create(context) {
    const file = context.filename;
    const from = layerOf(file);
    if (!from) return {};
    const isTest = /(\.test\.tsx?$|\/testing\/)/.test(file);

    /**
     * @param {import('estree').Node} node
     * @param {unknown} source
     */
    const check = (node, source) => {
      if (typeof source !== 'string') return;
      if (source.startsWith('.')) {
        const target = path.resolve(path.dirname(file), source);
        const to = layerOf(target) ?? path.relative(root, target);
        if (!LAYERS[from]?.includes(to)) {
          if (!isTest) context.report({ node, messageId: 'layer', data: { from, to } });
        } else if (from === 'src/core' && to === 'src/core' && !isTest) {
          const part = corePart(file);
          const allowed = CORE[part];
          const toPart = corePart(target);
          if (allowed && !allowed.includes(toPart)) {
            context.report({ node, messageId: 'part', data: { from: part, to: toPart } });
          }
        }
        return;
      }
      if (source.startsWith('@vscode/webview-ui-toolkit') && !/\/webview\/ui\//.test(file)) {
        context.report({ node, messageId: 'toolkit' });
      }
      const forbidden = FORBIDDEN_PACKAGES[from]?.test(source);
      const builtIn = ['src/core', 'src/protocol', 'webview'].includes(from) && NODE_BUILT_IN.test(source);
      if ((forbidden || builtIn) && !isTest) {
        context.report({ node, messageId: 'package', data: { from, to: source } });
      }
    };

    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, node.source.type === 'Literal' ? node.source.value : undefined),
    };
  },
};
