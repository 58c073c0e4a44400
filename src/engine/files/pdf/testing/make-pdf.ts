/** Writes small PDFs for what no browser prints: fonts that are not embedded, encryption, odd and damaged structures. */

export interface MadePdf {
  /** Content stream of each page. */
  readonly pages: readonly string[];
  /** Font dictionaries by the name that the content uses, beside F1 (Helvetica, MacRoman). */
  readonly fonts?: Readonly<Record<string, string>>;
  /** More objects, numbered from 10000. */
  readonly objects?: readonly string[];
  readonly trailer?: string;
  readonly catalog?: string;
}

const HELVETICA = '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/MacRomanEncoding>>';

/** Text at a place of the page, from its lower left corner. */
export const at = (x: number, y: number, text: string, { font = 'F1', size = 10 } = {}): string =>
  `BT /${font} ${size} Tf ${x} ${y} Td ${/^<.*>$/.test(text) ? text : `(${text.replace(/[()\\]/g, '\\$&')})`} Tj ET\n`;

export function makePdf({
  pages,
  fonts = {},
  objects = [],
  trailer = '',
  catalog = '',
}: MadePdf): Uint8Array {
  const written = new Map<number, string>();
  const kids = pages.map((_, index) => `${10 + 2 * index} 0 R`).join(' ');
  written.set(1, `<</Type/Catalog/Pages 2 0 R${catalog}>>`);
  written.set(2, `<</Type/Pages/Count ${pages.length}/Kids[${kids}]>>`);
  const named = Object.entries({ F1: HELVETICA, ...fonts }).map(([name, font]) => `/${name} ${font}`);
  for (const [index, content] of pages.entries()) {
    const number = 10 + 2 * index;
    const resources = `<</Font<<${named.join('')}>>>>`;
    written.set(
      number,
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources${resources}/Contents ${number + 1} 0 R>>`,
    );
    written.set(number + 1, `<</Length ${content.length}>>\nstream\n${content}\nendstream`);
  }
  for (const [index, object] of objects.entries()) written.set(10_000 + index, object);
  let text = '%PDF-1.7\n';
  const places = new Map<number, number>();
  for (const [number, object] of written) {
    places.set(number, text.length);
    text += `${number} 0 obj\n${object}\nendobj\n`;
  }
  const xref = text.length;
  text += 'xref\n0 1\n0000000000 65535 f \n';
  for (const [number, place] of places) text += `${number} 1\n${String(place).padStart(10, '0')} 00000 n \n`;
  text += `trailer\n<</Size 20000/Root 1 0 R${trailer}>>\nstartxref\n${xref}\n%%EOF\n`;
  return Buffer.from(text, 'latin1');
}
