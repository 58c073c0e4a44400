/**
 * Documents damaged at random, always in the same way: whatever arrives, the result is patents or named errors, never
 * another exception, and never a defect of ours.
 */
import { describe, expect, it } from 'vitest';
import { readFolder, repositoryData } from '../testing/shared-data.ts';
import { sentences } from '../text/sentences.ts';
import { readText } from './formats.ts';
import { inspect } from './inspect.ts';
import type { ReadingLimits } from './reader.ts';
import { passagesOf } from './testing/reading.ts';

/** Small limits, so that hostile sizes are reached quickly. */
const LIMITS: ReadingLimits = { documentLength: 200_000, elements: 5000, depth: 64 };

/** mulberry32: a small generator whose numbers are the same everywhere. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const DOCUMENTS: readonly (readonly [string, string])[] = [
  [
    'a.xml',
    `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE us-patent-grant SYSTEM "x.dtd" [ <!ENTITY D1.TIF SYSTEM "D1.TIF" NDATA TIF> ]>
<us-patent-grant lang="EN"><us-bibliographic-data-grant><publication-reference><document-id><country>US</country><doc-number>09900001</doc-number><kind>B2</kind></document-id></publication-reference><classification-national><country>US</country><main-classification>424  91</main-classification></classification-national><invention-title>Cane &amp; lamp</invention-title></us-bibliographic-data-grant>
<abstract><p>A <b>cane</b> &ldquo;with&rdquo; H<sub>2</sub>O.</p></abstract><description><?x y?><heading>FIELD</heading><p>Text <!-- c --> <![CDATA[<raw>]]> <maths><math><mfrac><mi>a</mi><mi>b</mi></mfrac></math></maths><tables><row><entry>1</entry><entry>2</entry></row></tables></p></description>
<claims><claim id="CLM-00001" num="00001"><claim-text>1. A cane:<claim-text>a lamp; and</claim-text></claim-text></claim><claim id="CLM-00002" num="00002"><claim-text>2. The cane of <claim-ref idref="CLM-00001">claim 1</claim-ref>.</claim-text></claim></claims></us-patent-grant>
<?xml version="1.0"?>
<sequence-cwu><s400>Gln</s400></sequence-cwu>
`,
  ],
  [
    'b.xml',
    `<ep-patent-document lang="de" country="EP" doc-number="9900001" kind="B1"><SDOBI><B500><B510EP><classification-ipcr><text>A61H   3/06  20060101AFI</text></classification-ipcr></B510EP><B540><B541>de</B541><B542>Stock</B542><B541>en</B541><B542>Cane</B542></B540></B500></SDOBI>
<description lang="de"><p num="0001">Stöcke sind alt.</p></description><claims lang="de"><claim num="0001"><claim-text>Stock.</claim-text></claim></claims><claims lang="en"><claim num="0001"><claim-text>A cane.</claim-text></claim><claim num="0002"><claim-text>The cane of claim 1.</claim-text></claim></claims></ep-patent-document>`,
  ],
  [
    'st32.xml',
    `<?xml version="1.0"?><!DOCTYPE PATDOC SYSTEM "x.dtd" [ <!ENTITY D.TIF SYSTEM "D.TIF" NDATA TIF> ]>
<PATDOC DTD="2.5"><SDOBI><B100><B110><DNUM><PDAT>06900001</PDAT></DNUM></B110><B130><PDAT>B1</PDAT></B130><B190><PDAT>US</PDAT></B190></B100><B500><B510><B511><PDAT>A61H 306</PDAT></B511></B510><B520><B521><PDAT>13565</PDAT></B521></B520><B540><STEXT><PDAT>Cane</PDAT></STEXT></B540></B500></SDOBI>
<SDODE><DETDESC><BTEXT><H><STEXT><PDAT>FIELD</PDAT></STEXT></H><PARA><PTEXT><PDAT>H</PDAT><HIL><SB><PDAT>2</PDAT></SB></HIL><PDAT>O &agr;</PDAT><CWU><MATH-US><EMI/></MATH-US></CWU></PTEXT></PARA></BTEXT></DETDESC></SDODE>
<SDOCL><CL><CLM ID="CLM-00001"><PARA><PTEXT><PDAT>1. A cane:</PDAT></PTEXT></PARA><CLMSTEP><PTEXT><PDAT>a lamp.</PDAT></PTEXT></CLMSTEP></CLM><CLM ID="CLM-00002"><PARA><PTEXT><PDAT>2. The cane of </PDAT><CLREF ID="CLM-00001"><PDAT>claim 1</PDAT></CLREF></PTEXT></PARA></CLM></CL></SDOCL></PATDOC>`,
  ],
  [
    '2001.xml',
    `<patent-application-publication><subdoc-bibliographic-information><document-id><doc-number>20020000001</doc-number><kind-code>A1</kind-code></document-id><technical-information><classification-ipc><ipc>A61H003/06</ipc></classification-ipc><uspc><class>135</class><subclass>065100</subclass></uspc><title-of-invention>Cane</title-of-invention></technical-information></subdoc-bibliographic-information>
<subdoc-abstract><heading>Abstract</heading><paragraph>A cane.</paragraph></subdoc-abstract><subdoc-description><section><heading>FIELD</heading><paragraph><number>&lsqb;0001&rsqb;</number> Old. <table-cwu><number>1</number><image/></table-cwu></paragraph></section></subdoc-description>
<subdoc-claims><claim id="CLM-00001"><claim-text>1. A cane.</claim-text></claim><claim id="CLM-00002"><claim-text>2. The cane of <dependent-claim-reference depends_on="CLM-00001"><claim-text>claim 1</claim-text></dependent-claim-reference>.</claim-text></claim></subdoc-claims></patent-application-publication>`,
  ],
  [
    'ops.xml',
    `<ops:world-patent-data xmlns="http://www.epo.org/exchange" xmlns:ops="http://ops.epo.org"><exchange-documents>
<exchange-document country="EP" doc-number="9900001" kind="A1"><bibliographic-data><classifications-ipcr><classification-ipcr><text>A61H   3/    06</text></classification-ipcr></classifications-ipcr><patent-classifications><patent-classification><classification-scheme scheme="UC"/><classification-symbol>135/65</classification-symbol></patent-classification></patent-classifications><invention-title lang="en">Cane</invention-title></bibliographic-data><abstract lang="en"><p>A cane.</p></abstract></exchange-document>
<exchange-document status="not found"/><fulltext-document><bibliographic-data><publication-reference><document-id><doc-number>EP9900002</doc-number></document-id></publication-reference></bibliographic-data><description><p>[0001] Old.</p></description><claims lang="EN"><claim><claim-text>1. A cane.</claim-text><claim-text>2. The cane of claim 1.</claim-text></claim></claims></fulltext-document></exchange-documents></ops:world-patent-data>`,
  ],
  [
    'cn.xml',
    `<cn-patent-document lang="ZH" country="CN"><cn-bibliographic-data><cn-publication-reference><document-id><country>CN</country><doc-number>999900001</doc-number><kind>A</kind></document-id></cn-publication-reference><invention-title>手杖</invention-title><abstract><p>一种手杖。</p></abstract></cn-bibliographic-data>
<application-body><description><p>旧的。</p></description><claims><claim num="0001"><claim-text>1.一种手杖。</claim-text></claim><claim num="0002"><claim-text>2.根据权利要求1至9中任一项所述的<br/>手杖，请求项１、２或前述权利要求。</claim-text></claim></claims></application-body></cn-patent-document>`,
  ],
  [
    'st96.xml',
    `<pat:PatentPublication xmlns:pat="urn:p" xmlns:com="urn:c" com:languageCode="en"><pat:BibliographicData><pat:PatentPublicationIdentification><com:IPOfficeCode>US</com:IPOfficeCode><pat:PublicationNumber>09900001</pat:PublicationNumber></pat:PatentPublicationIdentification><pat:InventionTitleBag><pat:InventionTitle>Cane</pat:InventionTitle></pat:InventionTitleBag></pat:BibliographicData>
<pat:Description><com:P>Old <com:Math><m:math><m:mi>x</m:mi></m:math></com:Math></com:P></pat:Description><pat:Claims><pat:Claim com:id="c1"><pat:ClaimNumber>1</pat:ClaimNumber><pat:ClaimText>1. A cane.</pat:ClaimText></pat:Claim><pat:Claim><pat:ClaimNumber>2</pat:ClaimNumber><pat:ClaimText>The cane of <pat:ClaimReference com:idrefs="c1">claim 1</pat:ClaimReference></pat:ClaimText></pat:Claim></pat:Claims></pat:PatentPublication>`,
  ],
  [
    'cnipa.xml',
    `<business:PatentDocumentAndRelated xmlns:base="urn:b" xmlns:business="urn:u" lang="zh" docNumber="999900002" kind="A"><business:BibliographicData><business:InventionTitle lang="zh">手杖</business:InventionTitle></business:BibliographicData><business:Description><base:Paragraphs>旧的。</base:Paragraphs></business:Description><business:Claims><business:Claim num="0001"><business:ClaimText>1、一种手杖。</business:ClaimText></business:Claim></business:Claims></business:PatentDocumentAndRelated>`,
  ],
  [
    'c.txt',
    '(54) CANE WITH LAMP\n\n(57) ABSTRACT\n\nA cane with a lamp.\n\nDESCRIPTION\n\n[0001] Canes are old.\n\nWhat is claimed is:\n\n1. A cane.\n\n2. The cane of claim 1, wherein\nit is red.\n',
  ],
  [
    'c.dat',
    'HHHHHT X\nPATN\nWKU  099000018\nAPN  1234561\nTTL  Cane .alpha.\nISD  19760210\nNCL  2\nINVT\nNAM  Doe; J.\nCLAS\nOCL  135 65\nICL  A61H  306\nRLAP\nCOD  71\nAPN  800111\nUREF\nPNO  4000001\nISD  19761200\nABST\nPAL  H.sub.2 O\n      ##STR1##\nBSUM\nPAC  FIELD\nPAR  Old.\nTBL  1    2\nCLMS\nNUM  1.\nPAR  1. A cane:\nPA1  a lamp.\nNUM  2.\nPAR  2. The cane of claim 1.\nPATN\nWKU  D02420017\nTTL  Bed\nDCLM\nPAR  A bed.\n',
  ],
  [
    'd.txt',
    '--- PAGE 1 OF 2 ---\nN0. 999,099.   Patented May 1, 1888.\n\f999,099\nJANE DOE, OF NOWHERE.\nCANE.\nSPECIFICATION forming part of Letters Patent No. 999,099.\n'.concat(
      'To all whom it may concern: a cane is      here is the right column of it\nwith a lamp upon the handle of a cane      with some words for the reader-\n'.repeat(
        6,
      ),
      'What 1 cla1m is:\nl. A cane.\n2, The cane of claim 1.\nWitnesses: R. R.\n',
    ),
  ],
  [
    'd.md',
    '---\nid: US9900001B2\n---\n# Cane with **lamp**\n\n## Abstract\n\nA cane with a `lamp`.\n\n## Claims\n\n1. A cane:\n   - a lamp.\n2. The cane of claim 1.\n',
  ],
  [
    'e.jsonl',
    '{"id":"a","title":"Cane \\"x\\" \\u00e9","claims":["1. A cane.",{"number":2,"text":"The cane of claim 1.","dependsOn":[1]}],"labels":["l"],"k":{"a":[1,{}]}}\n{"id":"b","abstract":"A bed.","provenance":{"kind":"synthetic"}}\n',
  ],
  [
    'f.csv',
    'id;title;claims;labels\na;"Cane ""x""; red";"1. A cane.\n2. The cane of claim 1.";l1|l2\nb;Bed;;\n',
  ],
];

const PIECES = [
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '</',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<!DOCTYPE x [',
    '<!ENTITY a "b">',
  ],
  ...[
    '&#x0;',
    '&#xFFFFFFFF;',
    '&lt;',
    '&x;',
    '\0',
    '\uFFFF',
    '\uD83D',
    '\uDE00',
    '\r',
    '\r\n',
    '\n',
    '\t',
    ' ',
  ],
  ...[
    '{',
    '}',
    '[',
    ']',
    ',',
    ';',
    ':',
    '\\',
    '\\u',
    '1.',
    'claims 1 to 99999',
    '<us-patent-grant>',
    '</claims>',
    '<exchange-document>',
    '权利要求1至9',
  ],
  ...['<?xml version="1.0"?>', 'é', '\u2028', '</us-patent-grant>', '# ', 'Claims\n', '""'],
];

function damage(text: string, next: () => number): string {
  const at = (): number => Math.floor(next() * (text.length + 1));
  const piece = (): string => PIECES[Math.floor(next() * PIECES.length)] ?? '';
  const rounds = 1 + Math.floor(next() * 4);
  for (let round = 0; round < rounds; round++) {
    const from = at();
    switch (Math.floor(next() * 7)) {
      case 0:
        text = text.slice(0, from);
        break;
      case 1:
        text = text.slice(0, from) + piece() + text.slice(from);
        break;
      case 2:
        text = text.slice(0, from) + text.slice(from + 1 + Math.floor(next() * 30));
        break;
      case 3:
        text = text.slice(0, from) + String.fromCharCode(Math.floor(next() * 0x300)) + text.slice(from + 1);
        break;
      case 4:
        text = text.slice(from) + text.slice(0, from);
        break;
      case 5:
        text = text.slice(0, from) + piece().repeat(1 + Math.floor(next() * 300)) + text.slice(from);
        break;
      default:
        text = text.slice(0, from) + text.slice(at()) + text;
    }
  }
  return text;
}

/** Reads a text and uses the result as the rest of the program would. */
function survive(text: string, file: string): void {
  for (const outcome of readText(text, file, { limits: LIMITS })) {
    if (outcome.kind === 'patent') {
      inspect(outcome.patent);
      for (const passage of passagesOf(outcome.patent)) {
        expect(passage.span.start).toBeGreaterThanOrEqual(0);
        expect(passage.span.end).toBeLessThanOrEqual(text.length);
        sentences(passage.text);
      }
    } else {
      const { code, message, remedy, place } = outcome.error;
      if (code === 'internal')
        throw new Error(`${file}: ${message}`, { cause: { text, error: outcome.error.cause } });
      expect(message).toContain(file);
      expect(remedy).not.toBe('');
      expect(place?.file).toBe(file);
    }
  }
}

describe('damaged documents', { timeout: 30_000 }, () => {
  it.each(DOCUMENTS)('%s, cut at every character', (file, text) => {
    for (let cut = 0; cut <= text.length; cut++) survive(text.slice(0, cut), file);
  });

  it.each(DOCUMENTS)('%s, damaged at random', (file, text) => {
    const next = random(20240601);
    for (let round = 0; round < 800; round++) survive(damage(text, next), file);
  });

  it.each(DOCUMENTS)('%s, under the names of other formats', (_, text) => {
    const next = random(7);
    for (const file of ['x.xml', 'x.txt', 'x.md', 'x.jsonl', 'x.csv', 'x']) {
      survive(text, file);
      for (let round = 0; round < 60; round++) survive(damage(text, next), file);
    }
  });

  it('noise', () => {
    const next = random(99);
    for (let round = 0; round < 150; round++) {
      const noise = Array.from({ length: 200 }, () => String.fromCharCode(Math.floor(next() * 0x10000))).join(
        '',
      );
      for (const file of ['x.xml', 'x.txt', 'x.jsonl', 'x.csv']) survive(noise, file);
    }
  });

  it('deep nesting, long names and many elements', () => {
    const deep = (name: string, depth: number): string => `<${name}>`.repeat(depth);
    const bodies = [
      deep('p', 50_000),
      `${deep('claim-text', 300)}x${'</claim-text>'.repeat(300)}`,
      deep('a'.repeat(50_000), 1),
      '<p/>'.repeat(40_000),
      `<p ${'a="b" '.repeat(20_000)}/>`,
      `<p ${Array.from({ length: 10_000 }, (_, n) => `a${n}=""`).join(' ')}/>`,
      '<!-- x -->'.repeat(15_000),
      '&amp;'.repeat(30_000),
      '& '.repeat(60_000),
    ];
    for (const body of bodies) {
      survive(`<us-patent-grant><description>${body}</description></us-patent-grant>`, 'x.xml');
      survive(`<us-patent-grant><claims>${body}`, 'x.xml');
    }
    survive(`{"id":"a","title":"t","x":${'['.repeat(90_000)}${']'.repeat(90_000)}}`, 'x.jsonl');
    survive(`title\n"${'""'.repeat(90_000)}`, 'x.csv');
    survive(`${'1. '.repeat(50_000)}\nClaims\n${'1. A\n2. B\n'.repeat(10_000)}`, 'x.txt');
  });
});

const samples = repositoryData('samples', 'patents');

describe.skipIf(samples === undefined)('damaged sample documents', { timeout: 30_000 }, () => {
  it('survive', () => {
    const next = random(4711);
    for (const { name, text } of readFolder(samples ?? '')) {
      for (let round = 0; round < 25; round++) survive(damage(text, next), name);
    }
  });
});
