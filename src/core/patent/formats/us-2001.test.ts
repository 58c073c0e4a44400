import { describe, expect, it } from 'vitest';
import { readOne, untraceableWords } from '../testing/reading.ts';

const claim = (number: number, text: string): string =>
  `<claim id="CLM-0000${number}"><claim-text><highlight><bold>${number}</bold></highlight>. ${text}</claim-text></claim>`;
const ref = (number: number): string =>
  `<dependent-claim-reference depends_on="CLM-0000${number}"><claim-text>claim ${number}</claim-text></dependent-claim-reference>`;
const uspc = (mainClass: string, subclass: string): string =>
  `<uspc><class>${mainClass}</class><subclass>${subclass}</subclass></uspc>`;

const SOURCE = `<?xml version="1.0"?>
<!DOCTYPE patent-application-publication SYSTEM "pap-v16-2002-01-01.dtd" [ <!ENTITY D.TIF SYSTEM "D.TIF" NDATA TIF> ]>
<patent-application-publication>
<subdoc-bibliographic-information><document-id><doc-number>20020000001</doc-number><kind-code>A1</kind-code><document-date>20020103</document-date></document-id>
<technical-information><classification-ipc><classification-ipc-primary><ipc>A61H003/06</ipc></classification-ipc-primary><classification-ipc-secondary><ipc>A45B009/00</ipc></classification-ipc-secondary></classification-ipc>
<classification-us><classification-us-primary>${uspc('135', '065000')}</classification-us-primary><classification-us-secondary>${uspc('D03', '005100')}</classification-us-secondary></classification-us>
<title-of-invention> Cane with
 <highlight><italic>lamp</italic></highlight> </title-of-invention></technical-information>
<continuity-data><parent><document-id><doc-number>PCT/GB99/00001</doc-number></document-id></parent></continuity-data></subdoc-bibliographic-information>
<subdoc-abstract><heading lvl="0">Abstract of Disclosure</heading><paragraph id="A-0001">A cane warns.</paragraph></subdoc-abstract>
<subdoc-description><cross-reference-to-related-applications><heading lvl="1">RELATED</heading><paragraph id="P-0001"><number>&lsqb;0001&rsqb;</number> None.</paragraph></cross-reference-to-related-applications>
<detailed-description><section><heading lvl="1">DETAILS</heading><paragraph id="P-0002"><number>2.</number>CO<highlight><subscript>2</subscript></highlight> in <cross-reference target="DRAWINGS">FIG. 1</cross-reference>:<math-cwu id="M"><number>1</number><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math><mathematica-file id="N" file="M.NB"/><image file="M.TIF"/></math-cwu></paragraph>
<paragraph id="P-0003"><number>3.</number> See <table-cwu id="T"><number>1</number><table><tgroup><tbody><row><entry>kg</entry><entry>5</entry></row></tbody></tgroup></table></table-cwu></paragraph>
<paragraph id="P-0004">And <table-cwu id="U"><number>2</number><image file="T.TIF"/></table-cwu></paragraph></section></detailed-description></subdoc-description>
<subdoc-claims><heading lvl="0">Claims</heading>
${claim(1, 'A cane:</claim-text><claim-text>a lamp; and</claim-text><claim-text>a shaft.')}
${claim(2, `The cane as claimed in ${ref(1)} which is red.`)}
${claim(3, `The cane of ${ref(1)} or ${ref(2)}.`)}
${claim(4, 'The cane of any of claims 2 to 3.')}
${claim(5, `The cane of ${ref(5)}.`)}
</subdoc-claims>
<subdoc-drawings id="DRAWINGS"><heading>Drawings</heading><figure><image file="D.TIF"/></figure></subdoc-drawings>
</patent-application-publication>
`;

describe('us-2001', () => {
  const patent = readOne(SOURCE, 'x.xml');

  it('reads number, title, abstract and description', () => {
    expect(patent).toMatchObject({
      id: 'US20020000001A1',
      office: 'US',
      kind: 'A1',
      language: 'en',
      format: 'us-2001',
    });
    expect(patent.title?.text).toBe('Cane with lamp');
    expect(patent.abstract?.text).toBe('A cane warns.');
    expect(patent.description.map(({ text }) => text)).toEqual([
      'RELATED',
      'None.',
      'DETAILS',
      'CO2 in FIG. 1:\na/b',
      'See\nkg | 5',
      'And',
    ]);
  });

  it('reads claims, whose references stay in their line', () => {
    expect(patent.claims.map(({ number, text, dependsOn }) => [number, text, dependsOn])).toEqual([
      [1, 'A cane:\na lamp; and\na shaft.', []],
      [2, 'The cane as claimed in claim 1 which is red.', [1]],
      [3, 'The cane of claim 1 or claim 2.', [1, 2]],
      [4, 'The cane of any of claims 2 to 3.', [2, 3]],
      [5, 'The cane of claim 5.', []],
    ]);
  });

  it('reads classifications and states the table that is an image', () => {
    expect(patent.classifications.map(({ scheme, code }) => `${scheme} ${code}`)).toEqual([
      'IPC A61H 3/06',
      'IPC A45B 9/00',
      'USPC 135/65',
      'USPC D03/5.1',
    ]);
    expect(patent.gaps.map(({ message }) => message)).toEqual([
      '1 table stands in the document only as an image and could not be read.',
    ]);
  });

  it('leads every word back to the source', () => {
    expect(untraceableWords(patent, SOURCE)).toEqual([]);
  });
});
