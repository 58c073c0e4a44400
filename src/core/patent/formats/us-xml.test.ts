import { describe, expect, it } from 'vitest';
import { passagesOf, readError, readOne, untraceableWords } from '../testing/reading.ts';
import { failures, patents } from '../testing/reading.ts';
import { readText } from '../formats.ts';

interface Parts {
  readonly bibliography?: string;
  readonly body?: string;
  readonly root?: string;
}

const PUBLICATION =
  '<publication-reference><document-id><country>US</country><doc-number>09900001</doc-number><kind>B2</kind></document-id></publication-reference>';

function grant({ bibliography = '', body = '', root = 'us-patent-grant' }: Parts): string {
  const kind = root.endsWith('grant') ? 'grant' : 'application';
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE ${root} SYSTEM "us-patent-v45.dtd" [ ]>
<${root} lang="EN" country="US">
<us-bibliographic-data-${kind}>${PUBLICATION}${bibliography}
<invention-title id="t">Walking <i>aid</i> with a CO<sub>2</sub> sensor</invention-title>
</us-bibliographic-data-${kind}>
${body}
</${root}>
`;
}

const claims = (...texts: readonly string[]): string =>
  `<claims id="claims">${texts
    .map((text, index) => {
      const number = String(index + 1).padStart(5, '0');
      return `<claim id="CLM-${number}" num="${number}"><claim-text>${text}</claim-text></claim>`;
    })
    .join('\n')}</claims>`;

const ref = (number: number): string => `<claim-ref idref="CLM-0000${number}">claim ${number}</claim-ref>`;

describe('us-xml', () => {
  it('reads number, kind, language and title', () => {
    const patent = readOne(grant({ body: claims('1. A cane.') }), 'x.xml');
    expect(patent).toMatchObject({
      id: 'US9900001B2',
      office: 'US',
      kind: 'B2',
      language: 'en',
      format: 'us-xml',
    });
    expect(patent.title?.text).toBe('Walking aid with a CO2 sensor');
    expect(patent.gaps).toEqual([]);
  });

  it('reads applications', () => {
    expect(readOne(grant({ root: 'us-patent-application', body: claims('A cane.') }), 'x.xml').id).toBe(
      'US9900001B2',
    );
  });

  it('reads nested claims with a line for each part, and what they depend on', () => {
    const patent = readOne(
      grant({
        body: claims(
          '<b>1</b>. A cane, comprising:\n<claim-text>a handle having:\n<claim-text>a grip, and</claim-text>\n<claim-text>a sensor; and</claim-text>\n</claim-text>\n<claim-text>a shaft.</claim-text>\n',
          `2. The cane of ${ref(1)}, wherein the shaft is bent.`,
          `3. The cane of ${ref(1)} or ${ref(2)}.`,
          '4. The cane of any of claims 1 to 3.',
        ),
      }),
      'x.xml',
    );
    expect(patent.claims.map(({ number, text, dependsOn }) => [number, text, dependsOn])).toEqual([
      [1, 'A cane, comprising:\na handle having:\na grip, and\na sensor; and\na shaft.', []],
      [2, 'The cane of claim 1, wherein the shaft is bent.', [1]],
      [3, 'The cane of claim 1 or claim 2.', [1, 2]],
      [4, 'The cane of any of claims 1 to 3.', [1, 2, 3]],
    ]);
  });

  it('follows claim references by id, whatever the words say', () => {
    const [, second] = readOne(
      grant({ body: claims('1. A cane.', '2. The cane <claim-ref idref="CLM-00001">above</claim-ref>.') }),
      'x.xml',
    ).claims;
    expect(second?.dependsOn).toEqual([1]);
  });

  it('reads paragraphs and headings of the description through its sections', () => {
    const body = `<abstract id="a"><p id="p1" num="0000">A cane <b>10</b> warns.</p></abstract>
<description id="d"><?BRFSUM end="lead"?><heading level="1">BACKGROUND</heading>
<p>First&#x2003;paragraph&mdash;&ldquo;here&rdquo;.</p><description-of-drawings><p><figref>FIG. 1</figref> shows it.</p></description-of-drawings>
<p>A list:<ul><li>one</li><li>two</li></ul></p></description>${claims('1. A cane.')}`;
    const patent = readOne(grant({ body }), 'x.xml');
    expect(patent.abstract?.text).toBe('A cane 10 warns.');
    expect(patent.description.map(({ text }) => text)).toEqual([
      'BACKGROUND',
      'First paragraph—“here”.',
      'FIG. 1 shows it.',
      'A list:\none\ntwo',
    ]);
  });

  it('keeps table cells and rows apart, and formulas readable', () => {
    const body = `<description><p>See <tables><table><tgroup><tbody>
<row><entry>Load</entry><entry/><entry>kg</entry></row><row><entry>5</entry><entry>7</entry></row></tbody></tgroup></table></tables> and
<maths><math><mrow><mi>F</mi><mo>=</mo><mfrac><mrow><mi>m</mi><mo>&#x2062;</mo><mi>v</mi></mrow><mi>t</mi></mfrac></mrow></math></maths> here.</p></description>`;
    const [paragraph] = readOne(grant({ body }), 'x.xml').description;
    expect(paragraph?.text).toBe('See\nLoad | kg\n5 | 7\nand\nF=(mv)/t\nhere.');
  });

  it('states what stands in the document only as an image', () => {
    const body = `<description><p>With <chemistry><img file="c.tif"/></chemistry> and <chemistry><img file="d.tif"/></chemistry>
and <maths><img file="m.tif"/></maths>.</p></description>`;
    const source = grant({ body });
    const { gaps } = readOne(source, 'x.xml');
    expect(gaps.map(({ message }) => message)).toEqual([
      '2 chemical structures stand in the document only as an image and could not be read.',
      '1 formula stands in the document only as an image and could not be read.',
    ]);
    expect(source.slice(gaps[0]?.span?.start, gaps[0]?.span?.end)).toBe('<chemistry');
  });

  it('reads all classifications, each once', () => {
    const parts = (name: string, subgroup: string): string =>
      `<${name}><section>A</section><class>61</class><subclass>H</subclass><main-group>3</main-group><subgroup>${subgroup}</subgroup></${name}>`;
    const bibliography = `<classifications-ipcr>${parts('classification-ipcr', '06')}${parts('classification-ipcr', '06')}</classifications-ipcr>
<classification-locarno><edition>10</edition><main-classification>0302</main-classification></classification-locarno>
<classification-national><country>US</country><main-classification>135 65</main-classification><further-classification>135 66</further-classification></classification-national>
<classifications-cpc><main-cpc>${parts('classification-cpc', '061')}</main-cpc><further-cpc>${parts('classification-cpc', '068')}</further-cpc></classifications-cpc>`;
    expect(
      readOne(grant({ bibliography }), 'x.xml').classifications.map(
        ({ scheme, code }) => `${scheme} ${code}`,
      ),
    ).toEqual([
      'IPC A61H 3/06',
      'CPC A61H 3/061',
      'CPC A61H 3/068',
      'USPC 135/65',
      'USPC 135/66',
      'LOCARNO 03-02',
    ]);
  });

  it('states cancelled claims', () => {
    const body =
      '<claims><claim id="CLM-00001-00003" num="00001-00003"><claim-text><b>1</b>.-<b>3</b>. (canceled)</claim-text></claim><claim id="CLM-00004" num="00004"><claim-text><b>4</b>. A cane.</claim-text></claim></claims>';
    const patent = readOne(grant({ body }), 'x.xml');
    expect(patent.claims.map(({ number, text }) => [number, text])).toEqual([[4, 'A cane.']]);
    expect(patent.gaps[0]?.message).toContain('Claim 1 is marked as cancelled');
  });

  it('leads every word back to the source', () => {
    const body = `<abstract><p>One  &ldquo;two&rdquo; <b>th</b>ree<!-- c -->four &amp; five &#xb0;C R&D</p></abstract>
<description><p>a <![CDATA[b < c & d]]> e&nbsp;f</p></description>${claims('1. A cane;\r\n<claim-text>a shaft.</claim-text>')}`;
    const source = `\r\n  ${grant({ body })}`;
    const patent = readOne(source, 'x.xml');
    expect(passagesOf(patent)).toHaveLength(4);
    expect(untraceableWords(patent, source)).toEqual([]);
    expect(source.slice(patent.source.span.start, patent.source.span.start + 5)).toBe('<?xml');
  });

  it('states a sequence listing at the patent before it, and counts only patents', () => {
    const listing = '<?xml version="1.0"?>\n<sequence-cwu id="S"><s400>Gln</s400></sequence-cwu>\n';
    const outcomes = readText(
      grant({ body: claims('A.') }) + listing + grant({ body: claims('B.') }),
      'x.xml',
    );
    expect(failures(outcomes)).toEqual([]);
    const [first, second] = patents(outcomes);
    expect(first?.gaps[0]?.message).toMatch(/A sequence listing of \d+ characters follows the patent/);
    expect(second?.gaps).toEqual([]);
    expect([first?.source.index, second?.source.index]).toEqual([0, 1]);
  });

  it('names a document without number after its file', () => {
    const patent = readOne(
      `<us-patent-grant><claims><claim><claim-text>A cane.</claim-text></claim></claims></us-patent-grant>`,
      'dir/mine.xml',
    );
    expect(patent).toMatchObject({ id: 'mine', office: 'XX' });
    expect(patent.gaps[0]?.message).toContain('no publication number');
  });

  it.each([
    ['another root', '<html><body/></html>', 'not-a-patent', /<html>, which is no patent format/],
    ['no content', '<us-patent-grant/>', 'not-a-patent', /holds no title, abstract, claims or description/],
    ['a listing alone', '<sequence-cwu/>', 'not-a-patent', /attachment without its patent/],
  ])('refuses %s', (_, text, code, message) => {
    const error = readError(text, 'x.xml');
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.place).toMatchObject({ line: 1, column: 1 });
  });
});
