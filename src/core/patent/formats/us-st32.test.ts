import { describe, expect, it } from 'vitest';
import { readError, readOne, untraceableWords } from '../testing/reading.ts';

interface Parts {
  readonly number?: string;
  readonly kind?: string;
  readonly classes?: string;
  readonly body?: string;
}

function document({ number = '06900001', kind = 'B1', classes = '', body = '' }: Parts): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE PATDOC SYSTEM "ST32-US-Grant-025xml.dtd" [
<!ENTITY US06900001-20020101-D00000.TIF SYSTEM "US06900001-20020101-D00000.TIF" NDATA TIF>
]>
<PATDOC DTD="2.5" STATUS="Build 20020101">
<SDOBI><B100><B110><DNUM><PDAT>${number}</PDAT></DNUM></B110><B130><PDAT>${kind}</PDAT></B130><B190><PDAT>US</PDAT></B190></B100>
<B500>${classes}<B540><STEXT><PDAT>Cane with CO</PDAT><HIL><SB><PDAT>2 </PDAT></SB></HIL><PDAT>lamp</PDAT></STEXT></B540></B500></SDOBI>
${body}
<SDODR ID="DRAWINGS"><EMI ID="EMI-D00000" FILE="US06900001-20020101-D00000.TIF"/></SDODR>
</PATDOC>
`;
}

const para = (text: string): string => `<PARA LVL="0"><PTEXT>${text}</PTEXT></PARA>`;
const pdat = (text: string): string => `<PDAT>${text}</PDAT>`;
const claim = (number: number, inside: string): string => `<CLM ID="CLM-0000${number}">${inside}</CLM>`;
const ref = (number: number, text = `claim ${number}`): string =>
  `<CLREF ID="CLM-0000${number}">${pdat(text)}</CLREF>`;

const CLAIMS = `<SDOCL><H LVL="1"><STEXT>${pdat('What is claimed is:')}</STEXT></H><CL>
${claim(1, `${para(pdat('1. A cane, comprising:'))}<CLMSTEP LVL="2"><PTEXT>${pdat('a lamp; and ')}</PTEXT></CLMSTEP><CLMSTEP LVL="2"><PTEXT>${pdat('a shaft.')}</PTEXT></CLMSTEP>`)}
${claim(2, para(`${pdat('2. The cane of ')}${ref(1)}${pdat(', which is red.')}`))}
${claim(3, para(`${pdat('3. The cane of any one of ')}${ref(1, 'claims 1')}${pdat(' to ')}${ref(2, '2')}${pdat('.')}`))}
${claim(4, para(`${pdat('4. The cane of ')}${ref(1)}${pdat(' or 3.')}`))}
</CL></SDOCL>`;

const IPC =
  '<B510><B511><PDAT>A61H 306</PDAT></B511><B512><PDAT>A45B 900</PDAT></B512><B516><PDAT>7</PDAT></B516></B510>';

describe('us-st32', () => {
  it('reads every part of a grant', () => {
    const body = `<SDOAB><BTEXT>${para(pdat('A cane &lsqb;warns&rsqb;.'))}</BTEXT></SDOAB>
<SDODE><RELAPP><BTEXT>${para(pdat('None.'))}</BTEXT></RELAPP><DETDESC><BTEXT><H LVL="1"><STEXT>${pdat('DETAILS')}</STEXT></H>
${para(`<FGREF ID="DRAWINGS">${pdat('FIG. 1')}</FGREF>${pdat(' shows &agr;')}<HIL><SB>${pdat('j ')}</SB></HIL>${pdat('here.')}`)}
${para(`${pdat('With')}<CWU><MATH-US ID="M"><MATHEMATICA FILE="M.NB"/><MATHML><math><mi>a</mi><mo>=</mo><mn>1</mn></math></MATHML><EMI FILE="M.TIF"/></MATH-US></CWU>`)}
${para(`${pdat('With ')}<CWU><CHEM-US ID="C"><EMI FILE="C.TIF"/></CHEM-US></CWU>`)}</BTEXT></DETDESC></SDODE>${CLAIMS}`;
    const source = document({ classes: `${IPC}<B520><B521><PDAT>13565</PDAT></B521></B520>`, body });
    const patent = readOne(source, 'x.xml');
    expect(patent).toMatchObject({
      id: 'US6900001B1',
      office: 'US',
      kind: 'B1',
      language: 'en',
      format: 'us-st32',
    });
    expect(patent.title?.text).toBe('Cane with CO2 lamp');
    expect(patent.abstract?.text).toBe('A cane [warns].');
    expect(patent.description.map(({ text }) => text)).toEqual([
      'None.',
      'DETAILS',
      'FIG. 1 shows αj here.',
      'With\na=1',
      'With',
    ]);
    expect(patent.claims.map(({ number, text, dependsOn }) => [number, text, dependsOn])).toEqual([
      [1, 'A cane, comprising:\na lamp; and\na shaft.', []],
      [2, 'The cane of claim 1, which is red.', [1]],
      [3, 'The cane of any one of claims 1 to 2.', [1, 2]],
      [4, 'The cane of claim 1 or 3.', [1, 3]],
    ]);
    expect(patent.classifications.map(({ scheme, code }) => `${scheme} ${code}`)).toEqual([
      'IPC A61H 3/06',
      'IPC A45B 9/00',
      'USPC 13/565',
    ]);
    expect(patent.gaps.map(({ message }) => message)).toEqual([
      '1 chemical structure stands in the document only as an image and could not be read.',
    ]);
    expect(untraceableWords(patent, source)).toEqual([]);
  });

  it.each([
    ['D0435999', 'S', 'USD435999S', '1402', 'LOCARNO 14-02'],
    ['PP012345', 'P2', 'USPP12345P2', 'A01H 500', 'IPC A01H 5/00'],
    ['RE037999', 'E1', 'USRE37999E1', 'A61H 306', 'IPC A61H 3/06'],
    ['H0002000', 'H1', 'USH2000H1', 'A61H 306', 'IPC A61H 3/06'],
  ])('reads %s, kind %s', (number, kind, id, symbol, code) => {
    const classes = `<B510><B511><PDAT>${symbol}</PDAT></B511></B510>`;
    const patent = readOne(document({ number, kind, classes, body: CLAIMS }), 'x.xml');
    expect(patent.id).toBe(id);
    expect(patent.classifications.map((found) => `${found.scheme} ${found.code}`)).toEqual([code]);
  });

  it('reads a design, whose only claim has no number', () => {
    const body = `<SDOCL><CL>${claim(1, para(pdat('The ornamental design for a cane, as shown.')))}</CL></SDOCL>`;
    const patent = readOne(document({ number: 'D0435999', kind: 'S', body }), 'x.xml');
    expect(patent.claims.map(({ number, text }) => [number, text])).toEqual([
      [1, 'The ornamental design for a cane, as shown.'],
    ]);
  });

  it.each([
    ['an internal entity', '<!ENTITY a "b">', 'xml-entities-refused'],
    ['an external entity', '<!ENTITY a SYSTEM "file:///etc/passwd">', 'xml-entities-refused'],
    ['a parameter entity', '<!ENTITY % a "b"> %a;', 'xml-entities-refused'],
  ])('refuses %s beside its drawings', (_, declaration, code) => {
    const source = document({ body: CLAIMS }).replace(']>', `${declaration}\n]>`);
    expect(readError(source, 'x.xml').code).toBe(code);
  });

  it('says that there is nothing to read', () => {
    expect(readError('<PATDOC DTD="2.5"/>', 'x.xml').code).toBe('not-a-patent');
  });
});
