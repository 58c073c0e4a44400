/** Members of one family come from offices and databases that write the same application each in their own way. */
import { describe, expect, it } from 'vitest';
import { patentToRecord, recordToJsonLine } from '../patent/corpus-files/write-jsonl.ts';
import type { Patent } from '../patent/model.ts';
import { checkDigit } from '../patent/tagged/number.ts';
import { readOne } from '../patent/testing/reading.ts';
import type { LabelledDocument } from './labelled.ts';
import { groupOf, linkGroups } from './labelled.ts';

/** How the files of several origins write the priority of one invention. All texts are fictitious. */
interface Priority {
  readonly what: string;
  /** In the front page of USPTO XML. */
  readonly xml: string;
  /** Behind the code of a printed front page. */
  readonly printed: string;
  /** Behind the name of the field in notes. */
  readonly noted: string;
  /** In the cell of a database's export. */
  readonly cell: string;
  /** In the groups of a Green Book document. */
  readonly tagged: string;
}

const xmlPriority = (country: string, number: string, date: string): string =>
  `<priority-claims><priority-claim sequence="01" kind="national"><country>${country}</country><doc-number>${number}</doc-number><date>${date}</date></priority-claim></priority-claims>`;
const taggedPriority = (country: string, number: string, date: string): string =>
  `PRIR\nCNT  ${country}\nAPD  ${date}\nAPN  ${number}\n`;

const PRIORITIES: readonly Priority[] = [
  {
    what: 'a German priority',
    xml: xmlPriority('DE', '10 2015 000 021', '20150313'),
    printed: '(30) Mar. 13, 2015 (DE) .......... 102015000021.3',
    noted: '13.03.2015 DE 102015000021',
    cell: 'DE102015000021A 2015-03-13',
    tagged: taggedPriority('DEX', '102015000021', '20150313'),
  },
  {
    what: 'a Japanese priority with its era',
    xml: xmlPriority('JP', '09-290033', '19971022'),
    printed: '(30) Oct. 22, 1997 (JP) .......... 9-290033',
    noted: '22.10.1997 JP 9-290033',
    cell: 'JP1997290033A 1997-10-22',
    tagged: taggedPriority('JPX', '9-290033', '19971022'),
  },
  {
    what: 'an American application by series or by year',
    xml: xmlPriority('US', '11/933,870', '20071101'),
    printed: '(30) Nov. 1, 2007 (US) .......... 11/933,870',
    noted: '01.11.2007 US 11/933,870',
    cell: 'US20070933870A 2007-11-01',
    tagged: taggedPriority('USX', '11933870', '20071101'),
  },
  {
    what: 'an international application',
    xml: xmlPriority('WO', 'PCT/JP98/04545', '19981008'),
    printed: '(30) Oct. 8, 1998 (WO) .......... PCT/JP98/04545',
    noted: '08.10.1998 WO PCT/JP98/04545',
    cell: 'WO1998JP04545W 1998-10-08',
    tagged: taggedPriority('WOX', 'PCT/JP98/04545', '19981008'),
  },
];

function members({ xml, printed, noted, cell, tagged }: Priority): Patent[] {
  const office = readOne(
    `<?xml version="1.0"?><us-patent-grant country="US" lang="EN"><us-bibliographic-data-grant><publication-reference><document-id><country>US</country><doc-number>9900001</doc-number><kind>B2</kind></document-id></publication-reference>${xml}<invention-title>Cane</invention-title></us-bibliographic-data-grant><abstract><p>A cane has a lamp.</p></abstract></us-patent-grant>`,
    'a.xml',
  );
  const text = readOne(
    `(10) Patent No.: EP 9 900 002 A1\n(22) Filed: Jan. 5, 2016\n${printed}\n(54) STICK\n\n(57) ABSTRACT\n\nA stick has a bell that rings.\n`,
    'b.txt',
  );
  const markdown = readOne(
    `# EP 9 900 003 A1: Crutch\n\n- **Filing date:** 05.01.2016\n- **Priority:** ${noted}\n\n## Abstract\n\nA crutch has a foot of rubber.\n`,
    'c.md',
  );
  const table = readOne(
    `Publication Number,Title,Abstract,Priority Numbers\nEP9900004A1,Rail,A rail folds up.,${cell.replace(/ .*/, '')}\n`,
    'd.csv',
  );
  const dated = readOne(
    `Publication Number,Title,Abstract,Priority Numbers,Priority Date\nEP9900005A1,Ramp,A ramp rolls out.,${cell.replace(/ .*/, '')},${cell.replace(/.* /, '')}\n`,
    'e.csv',
  );
  const grant = readOne(
    `PATN\nWKU  0990006${checkDigit('09900006') ?? ''}\nSRC  5\nAPN  900123\nAPD  19990621\nTTL  Seat\nISD  20000105\n${tagged}ABST\nPAL  A seat turns round.\n`,
    'f.txt',
  );
  const record = readOne(
    recordToJsonLine({
      ...patentToRecord(office),
      id: 'US9900007B2',
      title: 'Brake',
      abstract: 'A brake holds the wheel.',
    }),
    'g.jsonl',
  );
  return [office, text, markdown, table, dated, grant, record];
}

function groupsOf(patents: readonly Patent[]): Set<string> {
  const documents = patents.map((patent): LabelledDocument => {
    return { patent, labels: [], group: groupOf(patent), provenance: 'real' };
  });
  return new Set(linkGroups(documents).map(({ group }) => group));
}

describe('one family from XML, text, Markdown, tables, Green Book and JSONL', () => {
  it.each(PRIORITIES)('is one group by $what', (priority) => {
    const patents = members(priority);
    expect(patents.map(({ format }) => format)).toEqual([
      'us-xml',
      'text',
      'markdown',
      'csv',
      'csv',
      'greenbook',
      'jsonl',
    ]);
    for (const { bibliography } of patents) {
      expect(bibliography.priorities).toHaveLength(1);
      expect(bibliography.priorities[0]?.application).toBe(true);
    }
    expect(groupsOf(patents).size).toBe(1);
  });

  it('is none without it: members of different families stay apart', () => {
    // Each family in another format, as texts and numbers are the same in all of them.
    const apart = PRIORITIES.flatMap((priority, index) => members(priority)[index + 1] ?? []);
    expect(apart).toHaveLength(PRIORITIES.length);
    expect(groupsOf(apart).size).toBe(PRIORITIES.length);
  });
});
