// @ts-check
/**
 * The thread that runs pdf.js: takes one PDF apart page by page and sends the positioned text. It is a thread so that a
 * hostile file can be ended in the middle of a page, cannot take the engine's memory, and does not block it; and plain
 * JavaScript so that it also runs from the sources, because no thread of Node 20 reads TypeScript. Everything that
 * decides about text is in core; this only translates pdf.js's items.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';

/**
 * @typedef {import('../../../core/patent/pdf/page.ts').PageItems} PageItems
 * @typedef {import('../../../core/patent/pdf/page.ts').TextItem} TextItem
 * @typedef {{ readonly file: string } | { readonly bytes: Uint8Array }} PdfSource
 * @typedef {(
 *   | { readonly kind: 'open', readonly source: PdfSource }
 *   | { readonly kind: 'page', readonly number: number }
 *   | { readonly kind: 'close' }
 * )} Request Pages count from 1.
 * @typedef {(
 *   | { readonly kind: 'opened', readonly pages: number }
 *   | { readonly kind: 'page', readonly page: PageItems }
 *   | { readonly kind: 'closed' }
 *   | { readonly kind: 'failed', readonly name: string, readonly message: string }
 * )} Answer One for each request; `name` is the class of the error that pdf.js or the file system threw.
 */

const port = parentPort;
if (port === null) throw new Error('pdf-thread runs as a thread only');

// pdf.js remarks on what it repairs, and that it cannot draw. What matters comes as an error.
for (const method of /** @type {const} */ (['log', 'info', 'warn', 'error'])) {
  console[method] = () => undefined;
}

// pdf.js draws pages as well; these exist only so that it loads where nothing can be drawn.
for (const name of ['DOMMatrix', 'ImageData', 'Path2D']) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { value: class {} });
}
const worker = await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
// pdf.js then uses its worker in this thread instead of starting another one.
Object.defineProperty(globalThis, 'pdfjsWorker', { value: worker });
const { getDocument, Util, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');

/** Character maps of the CJK fonts that a PDF names without embedding them; pdf.js reads them by name from here. */
const CHARACTER_MAPS = fileURLToPath(new URL('./cmaps/', import.meta.resolve('pdfjs-dist/package.json')));

/** Codes of glyphs that draw nothing, which the European Patent Office's files hold behind hyphens and lines. */
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;

/** @type {import('pdfjs-dist').PDFDocumentLoadingTask | undefined} */
let task;
/** @type {import('pdfjs-dist').PDFDocumentProxy | undefined} */
let document;

/**
 * @param {PdfSource} source
 * @returns {Promise<Answer>}
 */
async function open(source) {
  const bytes = 'bytes' in source ? source.bytes : new Uint8Array(await readFile(source.file));
  task = getDocument({
    data: bytes,
    cMapUrl: CHARACTER_MAPS,
    cMapPacked: true,
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    useWorkerFetch: false,
    enableXfa: false,
    isOffscreenCanvasSupported: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  document = await task.promise;
  return { kind: 'opened', pages: document.numPages };
}

/** @returns {Promise<Answer>} */
async function close() {
  await task?.destroy();
  task = undefined;
  document = undefined;
  return { kind: 'closed' };
}

/**
 * @param {number} number
 * @returns {Promise<Answer>}
 */
async function page(number) {
  if (document === undefined) throw new Error('no document is open');
  const found = await document.getPage(number);
  try {
    const view = found.getViewport({ scale: 1 });
    const { items, styles } = await found.getTextContent();
    /** @type {TextItem[]} */
    const texts = [];
    for (const item of items) {
      if (!('str' in item)) continue;
      const text = item.str.replace(CONTROLS, '');
      if (text === '') continue;
      const [a, b, c, d, x, y] = Util.transform(view.transform, item.transform);
      const size = Math.hypot(c, d);
      const upright = a > 0 && Math.abs(b) < 0.05 * a && d < 0 && Math.abs(c) < 0.3 * size;
      texts.push({
        text,
        x,
        y,
        width: item.width,
        size,
        upright: upright && styles[item.fontName]?.vertical !== true,
        rightToLeft: item.dir === 'rtl',
      });
    }
    return { kind: 'page', page: { width: view.width, height: view.height, items: texts } };
  } finally {
    found.cleanup();
  }
}

/**
 * @param {Request} request
 * @returns {Promise<Answer>}
 */
function answer(request) {
  switch (request.kind) {
    case 'open':
      return open(request.source);
    case 'page':
      return page(request.number);
    case 'close':
      return close();
  }
}

/**
 * @param {unknown} error
 * @returns {Answer}
 */
function failure(error) {
  if (!(error instanceof Error)) return { kind: 'failed', name: 'Error', message: String(error) };
  // Where the file system fails, its code says more than the class.
  const name = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return { kind: 'failed', name, message: error.message };
}

port.on('message', (/** @type {Request} */ request) => {
  void answer(request)
    .catch(failure)
    .then((reply) => port.postMessage(reply));
});
