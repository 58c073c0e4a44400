import { describe, expect, it } from 'vitest';
import { readOne, untraceableWords } from '../testing/reading.ts';

const claim = (number: number, text: string): string =>
  `<pat:Claim com:id="CLM-0000${number}"><pat:ClaimNumber>${number}</pat:ClaimNumber><pat:ClaimTypeCategory>Dependent</pat:ClaimTypeCategory><pat:ClaimText>${number}. ${text}</pat:ClaimText></pat:Claim>`;
const ref = (...numbers: readonly number[]): string =>
  `<pat:ClaimReference com:idrefs="${numbers.map((number) => `CLM-0000${number}`).join(' ')}">claim ${numbers.join(', ')}</pat:ClaimReference>`;
const symbol = (wrapper: string, section: string, subgroup: string): string =>
  `<pat:${wrapper}><pat:${section}>A</pat:${section}><pat:Class>61</pat:Class><pat:Subclass>H</pat:Subclass><pat:MainGroup>3</pat:MainGroup><pat:Subgroup>${subgroup}</pat:Subgroup></pat:${wrapper}>`;

const SOURCE = `<?xml version="1.0" encoding="UTF-8"?>
<pat:PatentPublication xmlns:pat="http://www.wipo.int/standards/XMLSchema/ST96/Patent" xmlns:com="http://www.wipo.int/standards/XMLSchema/ST96/Common" com:languageCode="en"><com:IPOfficeCode>US</com:IPOfficeCode>
<pat:BibliographicData><pat:PatentPublicationIdentification><com:IPOfficeCode>US</com:IPOfficeCode><pat:PublicationNumber>09900001</pat:PublicationNumber><com:PatentDocumentKindCode>B2</com:PatentDocumentKindCode></pat:PatentPublicationIdentification>
<pat:PatentClassificationBag><pat:IPCRClassificationBag>${symbol('IPCRClassification', 'Section', '06')}</pat:IPCRClassificationBag><pat:CPCClassificationBag><pat:MainCPC>${symbol('CPCClassification', 'CPCSection', '061')}</pat:MainCPC><pat:FurtherCPC>${symbol('CPCClassification', 'CPCSection', '068')}<pat:CPCCombinationSet>${symbol('CPCClassification', 'CPCSection', '999')}</pat:CPCCombinationSet></pat:FurtherCPC></pat:CPCClassificationBag><pat:NationalClassification><pat:MainNationalClassification><pat:NationalClass>135</pat:NationalClass><pat:NationalSubclass>65</pat:NationalSubclass></pat:MainNationalClassification></pat:NationalClassification></pat:PatentClassificationBag>
<pat:InventionTitleBag><pat:InventionTitle com:id="t">Cane with CO<com:Sub>2</com:Sub> lamp</pat:InventionTitle></pat:InventionTitleBag>
<pat:SearchField><pat:PatentClassificationBag><pat:IPCRClassificationBag>${symbol('IPCRClassification', 'Section', '88')}</pat:IPCRClassificationBag></pat:PatentClassificationBag></pat:SearchField></pat:BibliographicData>
<pat:Description com:id="d"><com:P com:pNumber="0001">Old.</com:P><pat:TechnicalField><com:Heading>FIELD</com:Heading><com:P><com:FigureReference com:idrefs="DRAWINGS">FIG. 1</com:FigureReference> shows <com:Math com:mathNumber="1"><mathml:math xmlns:mathml="http://www.w3.org/1998/Math/MathML3"><mathml:mfrac><mathml:mi>a</mathml:mi><mathml:mi>b</mathml:mi></mathml:mfrac></mathml:math><com:Image><com:FileName>M.TIF</com:FileName></com:Image></com:Math> and <com:Table><com:TableGroup><com:TableBody><com:Row><com:Entry>kg</com:Entry><com:Entry>5</com:Entry></com:Row></com:TableBody></com:TableGroup></com:Table></com:P></pat:TechnicalField></pat:Description>
<pat:ClaimStatement>The invention claimed is:</pat:ClaimStatement>
<pat:Claims com:id="claims">${claim(1, 'A cane:<pat:ClaimText>a lamp; and</pat:ClaimText> <pat:ClaimText>a shaft.</pat:ClaimText>')}
${claim(2, `The cane of ${ref(1)}.`)}${claim(3, `The cane of ${ref(1, 2)}.`)}${claim(4, 'The cane of any of claims 1 to 3.')}</pat:Claims>
<pat:Abstract com:id="a"><com:P>A cane warns.</com:P></pat:Abstract><pat:Drawings><pat:PageImage><com:FileName>D.TIF</com:FileName></pat:PageImage></pat:Drawings></pat:PatentPublication>
`;

describe('st96', () => {
  const patent = readOne(SOURCE, 'x.xml');

  it('reads number, title, abstract and description', () => {
    expect(patent).toMatchObject({
      id: 'US9900001B2',
      office: 'US',
      kind: 'B2',
      language: 'en',
      format: 'st96',
      gaps: [],
    });
    expect(patent.title?.text).toBe('Cane with CO2 lamp');
    expect(patent.abstract?.text).toBe('A cane warns.');
    expect(patent.description.map(({ text }) => text)).toEqual([
      'Old.',
      'FIELD',
      'FIG. 1 shows\na/b\nand\nkg | 5',
    ]);
  });

  it('reads claims and what they depend on', () => {
    expect(patent.claims.map(({ number, text, dependsOn }) => [number, text, dependsOn])).toEqual([
      [1, 'A cane:\na lamp; and\na shaft.', []],
      [2, 'The cane of claim 1.', [1]],
      [3, 'The cane of claim 1, 2.', [1, 2]],
      [4, 'The cane of any of claims 1 to 3.', [1, 2, 3]],
    ]);
  });

  it('reads the classes of the document, not those that were searched', () => {
    expect(patent.classifications.map(({ scheme, code }) => `${scheme} ${code}`)).toEqual([
      'IPC A61H 3/06',
      'CPC A61H 3/061',
      'CPC A61H 3/068',
      'USPC 135/65',
    ]);
  });

  it('leads every word back to the source', () => {
    expect(untraceableWords(patent, SOURCE)).toEqual([]);
  });

  it('does not mind which prefixes are chosen', () => {
    const renamed = SOURCE.replaceAll('pat:', 'p:').replaceAll('com:', 'c:');
    const again = readOne(renamed, 'x.xml');
    expect(again.claims.map(({ text, dependsOn }) => [text, dependsOn])).toEqual(
      patent.claims.map(({ text, dependsOn }) => [text, dependsOn]),
    );
    expect(again.language).toBe('en');
  });
});
