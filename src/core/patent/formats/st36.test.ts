import { describe, expect, it } from 'vitest';
import { readOne, untraceableWords } from '../testing/reading.ts';

const reference = (country: string, number: string, kind: string): string =>
  `<document-id><country>${country}</country><doc-number>${number}</doc-number><kind>${kind}</kind></document-id>`;

const claims = (...texts: readonly string[]): string =>
  `<claims>${texts.map((text, index) => `<claim num="${index + 1}"><claim-text>${text}</claim-text></claim>`).join('\n')}</claims>`;

const CHINESE = `\uFEFF<?xml version="1.0" encoding="UTF-8"?><?xml-stylesheet type="text/xsl" href="/x.xsl"?>
<cn-patent-document lang="ZH" country="CN"><cn-bibliographic-data><cn-publication-reference>${reference('CN', '999900001', 'A')}</cn-publication-reference>
<application-reference>${reference('CN', '209900000001.5', 'A')}</application-reference>
<classifications-ipcr><classification-ipcr><text>A61H    3/06    (2006.01)</text></classification-ipcr></classifications-ipcr>
<invention-title>带灯手杖</invention-title><abstract><p num="1">一种手杖。</p></abstract></cn-bibliographic-data>
<application-body lang="CN"><description><invention-title>带灯手杖</invention-title><p num="0001">技术领域</p><p num="0002">手杖很旧，CO<sub>2</sub>。</p></description>
${claims('1.一种手杖，包括：<br/>灯。', '2、根据权利要求1所述的手杖。', '3.如权利要求1或2所述的手杖，长70～90厘米。', '4.如权利要求1至3中任一项所述的手杖。')}</application-body></cn-patent-document>`;

const JAPANESE = `<jp-official-gazette kind-of-jp="A" kind-of-st16="A" lang="ja" country="JP" xmlns:jp="http://www.jpo.go.jp"><bibliographic-data lang="ja" country="JP">
<publication-reference>${reference('JP', '2099000001', '公開特許公報(A)')}</publication-reference><invention-title>杖</invention-title>
<classification-ipc><main-clsf>A61H   3/06        20060101AFI</main-clsf><further-clsf>A45B   9/00        20060101ALI</further-clsf></classification-ipc>
<classification-national><country>JP</country><main-clsf>A61H3/06 A</main-clsf></classification-national></bibliographic-data>
<description><technical-field><p num="0001">本発明は杖に関する。</p></technical-field><summary-of-invention><tech-problem><p num="0002">杖は古い。<br/>灯がない。</p></tech-problem></summary-of-invention></description>
${claims('灯を備える杖。', '請求項１に記載の杖。', '請求項１から２のいずれか一項に記載の杖。', '請求項１又は３に記載の杖。')}
<abstract><p num="">【課題】杖を照らす。</p></abstract><jp:written-amendment-group><jp:written-amendment><description><p>補正。</p></description></jp:written-amendment></jp:written-amendment-group></jp-official-gazette>`;

const INTERNATIONAL = `<wo-published-application lang="FR"><wo-bibliographic-data><publication-reference>${reference('WO', '2099/000001', 'A1')}</publication-reference>
<classification-ipc><main-classification>A61H003/06</main-classification></classification-ipc><invention-title lang="FR">Canne</invention-title><invention-title lang="EN">Cane</invention-title></wo-bibliographic-data>
<abstract lang="EN"><p>A cane.</p></abstract><abstract lang="FR"><p>Une canne.</p></abstract><description lang="FR"><p>Ancien.</p></description>
${claims('Canne.', 'Canne selon la revendication 1.').replace('<claims>', '<claims lang="FR">')}</wo-published-application>`;

describe('st36', () => {
  it('takes CNIPA files that state no language for Chinese', () => {
    expect(readOne(CHINESE.replace(' lang="ZH"', '').replace(' lang="CN"', ''), 'x.xml').language).toBe('zh');
  });

  it.each([
    {
      name: 'CNIPA',
      source: CHINESE,
      head: { id: 'CN999900001A', office: 'CN', kind: 'A', language: 'zh', format: 'st36' },
      texts: ['带灯手杖', '一种手杖。', '带灯手杖', '技术领域', '手杖很旧，CO2。'],
      claims: [
        ['一种手杖，包括：\n灯。', []],
        ['根据权利要求1所述的手杖。', [1]],
        ['如权利要求1或2所述的手杖，长70～90厘米。', [1, 2]],
        ['如权利要求1至3中任一项所述的手杖。', [1, 2, 3]],
      ],
      classes: ['IPC A61H 3/06'],
      gaps: [],
    },
    {
      name: 'JPO',
      source: JAPANESE,
      head: { id: 'JP2099000001A', office: 'JP', kind: 'A', language: 'ja', format: 'st36' },
      texts: ['杖', '【課題】杖を照らす。', '本発明は杖に関する。', '杖は古い。\n灯がない。'],
      claims: [
        ['灯を備える杖。', []],
        ['請求項１に記載の杖。', [1]],
        ['請求項１から２のいずれか一項に記載の杖。', [1, 2]],
        ['請求項１又は３に記載の杖。', [1, 3]],
      ],
      classes: ['IPC A61H 3/06', 'IPC A45B 9/00'],
      gaps: ['Amendments stand in the document besides and were not read.'],
    },
    {
      name: 'WIPO',
      source: INTERNATIONAL,
      head: { id: 'WO2099000001A1', office: 'WO', kind: 'A1', language: 'fr', format: 'st36' },
      texts: ['Cane', 'A cane.', 'Ancien.'],
      claims: [
        ['Canne.', []],
        ['Canne selon la revendication 1.', [1]],
      ],
      classes: ['IPC A61H 3/06'],
      gaps: [
        'The parts of the document are in different languages: title English, abstract English, claims French, description French.',
      ],
    },
  ])('reads a publication of $name', ({ source, head, texts, claims: expected, classes, gaps }) => {
    const patent = readOne(source, 'x.xml');
    const { title, abstract, description } = patent;
    expect(patent).toMatchObject(head);
    expect([title?.text, abstract?.text, ...description.map(({ text }) => text)]).toEqual(texts);
    expect(patent.claims.map(({ text, dependsOn }) => [text, dependsOn])).toEqual(expected);
    expect(patent.classifications.map(({ scheme, code }) => `${scheme} ${code}`)).toEqual(classes);
    expect(patent.gaps.map(({ message }) => message)).toEqual(gaps);
    expect(untraceableWords(patent, source)).toEqual([]);
  });
});
