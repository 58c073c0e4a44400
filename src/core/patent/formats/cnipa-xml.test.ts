import { describe, expect, it } from 'vitest';
import { readOne, untraceableWords } from '../testing/reading.ts';

const NAMESPACES =
  'xmlns:base="http://www.sipo.gov.cn/XMLSchema/base" xmlns:business="http://www.sipo.gov.cn/XMLSchema/business" xmlns:m="http://www.w3.org/1998/Math/MathML"';
const id = (number: string): string =>
  `<base:DocumentID><base:WIPOST3Code>CN</base:WIPOST3Code><base:DocNumber>${number}</base:DocNumber><base:Kind>B</base:Kind></base:DocumentID>`;
const claim = (number: number, ...texts: readonly string[]): string =>
  `<business:Claim id="cl000${number}" num="000${number}">${texts.map((text) => `<business:ClaimText>${text}</business:ClaimText>`).join('\n')}</business:Claim>`;

const SOURCE = `<?xml version="1.0" encoding="utf-8" standalone="no"?>
<business:PatentDocumentAndRelated ${NAMESPACES} lang="zh" country="CN" docNumber="999900002" kind="B">
<business:BibliographicData><business:PublicationReference dataFormat="original">${id('999900002')}</business:PublicationReference><business:ApplicationReference>${id('209900000002.X')}</business:ApplicationReference>
<business:ClassificationIPCRDetails><business:ClassificationIPCR><business:Section>A</business:Section><base:Text>A61H    3/06    (2006.01)</base:Text></business:ClassificationIPCR></business:ClassificationIPCRDetails>
<business:InventionTitle lang="zh">带灯手杖</business:InventionTitle></business:BibliographicData>
<business:Abstract lang="zh"><base:Paragraphs num="0001">一种&quot;手杖&quot;。</base:Paragraphs><business:AbstractFigure><base:Figure><base:Image file="a.JPG"/></base:Figure></business:AbstractFigure></business:Abstract>
<business:Description lang="zh"><business:InventionTitle>带灯手杖</business:InventionTitle><business:TechnicalField><base:Paragraphs num="n0001">技术领域</base:Paragraphs><base:Paragraphs num="n0002">公式<base:Maths><base:Image file="m.GIF"/></base:Maths>和<m:math><m:mi>a</m:mi><m:mo>=</m:mo><m:mn>1</m:mn></m:math>。</base:Paragraphs></business:TechnicalField></business:Description>
<business:Drawings><base:Figure figureLabels="图1"><base:Image file="d.JPG"/></base:Figure></business:Drawings>
<business:Claims lang="zh">${claim(1, '1.手杖，包括：', '灯；以及', '杆。')}${claim(2, '2.如权利要求1所述的手杖。')}${claim(3, '3.如权利要求1-2中任一项所述的手杖。')}${claim(4, '4.一种床，包括权利要求3所述的手杖和2个灯。')}</business:Claims>
</business:PatentDocumentAndRelated>
`;

describe('cnipa-xml', () => {
  const patent = readOne(SOURCE, 'x.xml');

  it('reads every part', () => {
    expect(patent).toMatchObject({
      id: 'CN999900002B',
      office: 'CN',
      kind: 'B',
      language: 'zh',
      format: 'cnipa-xml',
      classifications: [{ scheme: 'IPC', code: 'A61H 3/06' }],
    });
    expect(patent.title?.text).toBe('带灯手杖');
    expect(patent.abstract?.text).toBe('一种"手杖"。');
    expect(patent.description.map(({ text }) => text)).toEqual(['带灯手杖', '技术领域', '公式和a=1。']);
    expect(patent.gaps.map(({ message }) => message)).toEqual([
      '1 formula stands in the document only as an image and could not be read.',
    ]);
  });

  it('reads claims and what they depend on', () => {
    expect(patent.claims.map(({ number, text, dependsOn }) => [number, text, dependsOn])).toEqual([
      [1, '手杖，包括：\n灯；以及\n杆。', []],
      [2, '如权利要求1所述的手杖。', [1]],
      [3, '如权利要求1-2中任一项所述的手杖。', [1, 2]],
      [4, '一种床，包括权利要求3所述的手杖和2个灯。', [3]],
    ]);
  });

  it('leads every word back to the source', () => {
    expect(untraceableWords(patent, SOURCE)).toEqual([]);
  });

  it('takes the number from the root where the bibliography has none', () => {
    const source = SOURCE.replace(
      /<business:PublicationReference[\s\S]*?<\/business:PublicationReference>/,
      '',
    );
    expect(readOne(source, 'x.xml').id).toBe('CN999900002B');
  });
});
