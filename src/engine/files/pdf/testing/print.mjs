/**
 * Prints the HTML sources beside this file to the PDFs that the tests read, in the layouts patents are printed in:
 * two columns with line numbers between them (US grants), one column with line numbers in the margin (EP, WO), a word
 * processor's pages. Run by hand after a change of a source (`node src/engine/files/pdf/testing/print.mjs`); the tests
 * read the committed PDFs, and take the words and their order from the same HTML.
 *
 * A source says by `data-layout` how it is set; everything that is no text of the document (running heads, page,
 * column and line numbers, soft hyphens) is added here, so the source is the reading order.
 */
import { readFile, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium as browserType } from 'playwright-core';
import { chromium, setUpChromium } from '../../../../../scripts/setup/chromium.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const sources = path.join(here, 'sources');

const LAYOUTS = {
  'us-grant': { columns: 2, lineNumbers: 'gutter', columnNumbers: true, headEvery: true },
  'us-application': { columns: 2, lineNumbers: 'none', pageNumber: 'bottom', headEvery: true },
  'ep-grant': { columns: 1, lineNumbers: 'margin', pageNumber: 'bottom', headEvery: true },
  'wo-pamphlet': { columns: 1, lineNumbers: 'margin', pageNumber: 'top', headEvery: true },
};

await setUpChromium();
const { executablePath, env } = chromium();
const browser = await browserType.launch({
  executablePath,
  env: { ...process.env, ...env },
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  for (const name of (await readdir(sources)).filter((file) => file.endsWith('.html'))) {
    const page = await browser.newPage();
    const html = await readFile(path.join(sources, name), 'utf8');
    await page.setContent(html);
    const layout = await page.evaluate(() => document.body.dataset.layout);
    if (layout in LAYOUTS) await page.evaluate(paginate, LAYOUTS[layout]);
    const draft = layout === 'draft';
    const pdf = await page.pdf({
      format: layout?.startsWith('us') ? 'Letter' : 'A4',
      margin: draft ? { top: '25mm', bottom: '25mm', left: '25mm', right: '25mm' } : undefined,
      displayHeaderFooter: draft,
      headerTemplate: `<div style="font-size:8pt;width:100%;text-align:center">Docket 4711 – draft of invention disclosure</div>`,
      footerTemplate: `<div style="font-size:8pt;width:100%;text-align:center"><span class="pageNumber"></span> / <span class="totalPages"></span></div>`,
      tagged: false,
    });
    const stem = path.basename(name, '.html');
    const file = path.join(here, `${stem}.pdf`);
    await writeFile(file, withoutClock(pdf));
    console.log(`${path.relative(process.cwd(), file)} ${(pdf.length / 1024).toFixed(0)} kB`);
    await page.close();
  }
} finally {
  await browser.close();
}

/** The same bytes on every run. */
function withoutClock(pdf) {
  const text = pdf.toString('latin1');
  return Buffer.from(
    text.replace(/\(D:\d{14}[^)]*\)/g, (date) =>
      `(D:20990105000000+00'00')`.padEnd(date.length).slice(0, date.length),
    ),
    'latin1',
  );
}

/**
 * Runs in the page: fills columns of fixed height with the body's blocks, breaking paragraphs between words, and puts
 * the furniture of the layout around them.
 */
function paginate({ columns, lineNumbers, columnNumbers = false, pageNumber = 'none', headEvery }) {
  const body = document.body;
  const head = body.dataset.head ?? '';
  const letter = body.dataset.layout.startsWith('us');
  const sheet = letter ? { width: 816, height: 1056 } : { width: 794, height: 1123 };
  const margin = { top: 90, bottom: 80, side: letter ? 80 : 94 };
  const gutter = 34;
  const height = sheet.height - margin.top - margin.bottom;
  const width = (sheet.width - 2 * margin.side - (columns - 1) * gutter) / columns;
  const LINE = Number(body.dataset.line ?? 15);
  const blocks = [...body.children].filter(({ tagName }) => tagName !== 'STYLE' && tagName !== 'SCRIPT');
  for (const block of blocks) block.remove();
  const style = document.createElement('style');
  style.textContent = `@page{margin:0} body{margin:0} .sheet{position:relative;width:${sheet.width}px;height:${sheet.height}px;break-after:page;overflow:hidden}
    .column{position:absolute;top:${margin.top}px;height:${height}px;width:${width}px;line-height:${LINE}px}
    .column>*{margin:0} .note{position:absolute;white-space:nowrap;line-height:${LINE}px}
    .goes-on{text-align-last:justify} .continued{text-indent:0!important}`;
  document.head.append(style);

  let sheets = 0;
  let columnsSet = 0;
  let current;
  let column;
  let index = columns;
  const note = (text, css) => {
    const made = document.createElement('div');
    made.className = 'note';
    made.textContent = text;
    Object.assign(made.style, css);
    current.append(made);
  };
  const newSheet = (furnished) => {
    current = document.createElement('div');
    current.className = 'sheet';
    body.append(current);
    sheets++;
    index = 0;
    if (!furnished) return;
    if (headEvery && sheets > 1) note(head, { top: '40px', left: '0', right: '0', textAlign: 'center' });
    if (pageNumber === 'bottom')
      note(String(sheets), { bottom: '36px', left: '0', right: '0', textAlign: 'center' });
    if (pageNumber === 'top' && sheets > 1)
      note(String(sheets - 1), { top: '62px', left: '0', right: '0', textAlign: 'center' });
  };
  const newColumn = (numbered) => {
    if (index >= columns) newSheet(true);
    const left = margin.side + index * (width + gutter);
    column = document.createElement('div');
    column.className = 'column';
    column.style.left = `${left}px`;
    current.append(column);
    if (numbered && columnNumbers) {
      columnsSet++;
      note(String(columnsSet), { top: '62px', left: `${left + width / 2 - 4}px` });
    }
    const numbers = lineNumbers === 'gutter' ? index === 0 : lineNumbers === 'margin';
    if (numbered && numbers) {
      const most = Math.floor(height / LINE);
      for (let line = 5; line <= most; line += 5) {
        const place = lineNumbers === 'gutter' ? left + width + gutter / 2 - 7 : left - 34;
        note(String(line), {
          top: `${margin.top + (line - 1) * LINE}px`,
          left: `${place}px`,
          fontSize: '11px',
        });
      }
    }
    index++;
  };
  const fits = () => column.scrollHeight <= height + 1;
  /** Soft hyphens in the middle of long words, as a typesetter's dictionary would put them. */
  const hyphenated = (html) =>
    body.dataset.hyphens === undefined
      ? html
      : html.replace(
          /(?<![<&\p{L}/="-])\p{Ll}{8,}(?![^<]*>)(?!-)/gu,
          (word) => `${word.slice(0, 4)}\u00ad${word.slice(4)}`,
        );
  const add = (block, numbered) => {
    let rest = hyphenated(block.innerHTML).split(/(?<=\s)(?![^<]*>)/);
    let first = true;
    while (rest.length > 0) {
      const part = block.cloneNode(false);
      if (!first) part.classList.add('continued');
      column.append(part);
      part.innerHTML = rest.join('');
      if (fits()) return;
      let low = 0;
      let high = rest.length;
      while (low + 1 < high) {
        const middle = (low + high) >> 1;
        part.innerHTML = rest.slice(0, middle).join('');
        if (fits()) low = middle;
        else high = middle;
      }
      if (low === 0 || /^H\d$/.test(block.tagName)) part.remove();
      else {
        part.innerHTML = rest.slice(0, low).join('');
        part.classList.add('goes-on');
        rest = rest.slice(low);
        first = false;
      }
      newColumn(numbered);
    }
  };

  for (const block of blocks) {
    const front = block.classList.contains('front');
    if (front || block.classList.contains('sheet-of-drawings')) {
      newSheet(!front);
      current.append(block);
      Object.assign(block.style, {
        position: 'absolute',
        left: `${margin.side}px`,
        right: `${margin.side}px`,
        top: front ? '56px' : '90px',
      });
      index = columns;
      continue;
    }
    if (column === undefined || block.classList.contains('new-page')) {
      index = columns;
      newColumn(true);
    }
    add(block, true);
  }
}
