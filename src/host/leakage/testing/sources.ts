/** Fictitious patents in the formats that are edited, with words that stand in pieces. */
import { readSlices } from '../../documents/read-slices.ts';
import type { Patent } from '../../../core/patent/model.ts';

export interface TestSource {
  readonly file: string;
  readonly text: string;
}

const XML: TestSource = {
  file: 'fictitious.xml',
  text: `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE us-patent-grant SYSTEM "us-patent-grant-v45-2014-04-03.dtd">
<us-patent-grant lang="EN" dtd-version="v4.5" file="US99000777.XML" status="FICTITIOUS" country="US">
<us-bibliographic-data-grant><publication-reference><document-id><country>US</country><doc-number>99000777</doc-number><kind>B2</kind><date>20260101</date></document-id></publication-reference>
<invention-title id="d2e43">Powered <i>wheel</i><b>chair</b> &amp; hoist</invention-title></us-bibliographic-data-grant>
<abstract id="abstract"><p id="p-0001" num="0000">A powered
    wheelchair<!-- fictitious --> with a <b>mobility</b> <i>aid</i> drive, caf&#xe9; table &amp; a <sub>2</sub>seat.</p></abstract>
<description id="description"><heading id="h-0001" level="1">BACKGROUND</heading>
<p id="p-0002" num="0001">The <figref idref="DRAWINGS">FIG. 1</figref> shows a mobility&#x2014;aid, and a wheel<!-- x -->chair of <![CDATA[5 < 6 kg]]> mass.</p></description>
<us-claim-statement>What is claimed is:</us-claim-statement>
<claims id="claims"><claim id="CLM-00001" num="00001"><claim-text>1. A powered wheelchair comprising:
<claim-text>a <i>mobility
 aid</i>; and</claim-text><claim-text>a seat.</claim-text></claim-text></claim>
<claim id="CLM-00002" num="00002"><claim-text>2. The wheelchair of <claim-ref idref="CLM-00001">claim 1</claim-ref>, with a hoist.</claim-text></claim></claims>
</us-patent-grant>
`,
};

const JSONL: TestSource = {
  file: 'fictitious.jsonl',
  text: [
    {
      id: 'XX1',
      title: 'Powered "wheel" chair',
      abstract: 'A mobility\naid \\ caf\u00e9 with\ta powered  wheelchair.',
      claims: ['A wheelchair with a "mobility aid".', 'The wheelchair of claim 1.'],
      labels: ['mobility'],
      split: 'train',
    },
    {
      id: 'XX2',
      title: 'Hoist',
      description: ['One \u00fcber-chair.', 'A mobility aid.'],
      provenance: 'synthetic',
    },
  ]
    .map((record) => JSON.stringify(record).replaceAll('\u00e9', '\\u00e9'))
    .join('\n'),
};

const CSV: TestSource = {
  file: 'fictitious.csv',
  text: `id,title,abstract,claims,labels,split
XX1,Powered wheelchair,"A ""mobility"" aid, with
a powered wheelchair and a ""mobility aid""","1. A ""wheel"" chair.
2. The chair of claim 1.",mobility,train
XX2,Hoist,Plain mobility aid,"1. A ""hoist"", and a wheelchair.",,test
`,
};

const TEXT: TestSource = {
  file: 'fictitious.txt',
  text: `TITLE
Powered wheelchair (fictitious)

ABSTRACT
A powered wheel-
chair with a mobility
aid is described.

CLAIMS
1. A powered   wheelchair
   with a mobility aid.

2. The wheelchair of claim 1.
`,
};

export const SOURCES: readonly TestSource[] = [XML, JSONL, CSV, TEXT];

export async function patentsOf({ text, file }: TestSource): Promise<readonly Patent[]> {
  const reading = await readSlices(text, file, () => true);
  if (!reading || reading.failures.length > 0) throw new Error(JSON.stringify(reading?.failures));
  return reading.patents;
}
