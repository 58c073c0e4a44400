import { describe, expect, it } from 'vitest';
import type { Bibliography, DocumentNumber } from '../patent/bibliography.ts';
import { NO_BIBLIOGRAPHY } from '../patent/bibliography.ts';
import { normalApplication } from '../patent/identity-applications.ts';
import { readOne } from '../patent/testing/reading.ts';
import { readNamed, sharedData } from '../testing/shared-data.ts';
import type { Claim, Passage, Patent } from '../patent/model.ts';
import { OffsetMap } from '../text/offset-map.ts';
import type { LabelledDocument } from './labelled.ts';
import { groupKeys, groupOf, linkGroups } from './labelled.ts';

const passage = (text: string): Passage => ({
  text,
  span: { start: 0, end: text.length },
  map: OffsetMap.identity(text.length),
});
const claim = (text: string): Claim => ({ ...passage(text), number: 1, dependsOn: [] });

interface Parts {
  readonly id?: string;
  readonly title?: string;
  readonly abstract?: string;
  readonly claims?: readonly string[];
  readonly description?: readonly string[];
  readonly group?: string;
  readonly bibliography?: Partial<Bibliography>;
}

const patent = ({
  id = 'US1',
  title,
  abstract,
  claims = [],
  description = [],
  group,
  bibliography = {},
}: Parts): Patent => ({
  id,
  office: 'US',
  format: 'jsonl',
  source: { file: 'corpus.jsonl', index: 0, span: { start: 0, end: 1 } },
  ...(title === undefined ? {} : { title: passage(title) }),
  ...(abstract === undefined ? {} : { abstract: passage(abstract) }),
  claims: claims.map(claim),
  description: description.map(passage),
  classifications: [],
  bibliography: { ...NO_BIBLIOGRAPHY, ...bibliography },
  translations: [],
  gaps: [],
  record: { provenance: 'real', extra: {}, ...(group === undefined ? {} : { group }) },
});

describe('documents belong together', () => {
  it.each<{ what: string; one: Parts; other: Parts }>([
    {
      what: 'whose corpus says so, whatever their texts',
      one: { group: 'F7', abstract: 'A wheelchair.' },
      other: { group: 'F7', abstract: 'A bicycle.' },
    },
    {
      what: 'with the same abstract',
      one: { abstract: 'A wheelchair.', title: 'Chair' },
      other: { abstract: 'A wheelchair.', title: 'Seat' },
    },
    {
      what: 'whose abstracts differ in case, blanks and punctuation alone',
      one: { abstract: 'A wheelchair (10), with\n two wheels.' },
      other: { abstract: '  A WHEELCHAIR 10 with two - wheels' },
    },
    {
      what: 'without abstracts, with the same title and first claim',
      one: { title: 'Wheelchair', claims: ['A chair on wheels.', 'The chair of claim 1.'] },
      other: { title: 'Wheelchair', claims: ['A chair on wheels.'], abstract: ' ' },
    },
    {
      what: 'with the same description and nothing else',
      one: { description: ['Background', 'Chairs are known.'] },
      other: { description: ['Background', 'Chairs are known.'] },
    },
  ])('$what', ({ one, other }) => {
    expect(groupOf(patent({ id: 'US1', ...one }))).toBe(groupOf(patent({ id: 'EP2', ...other })));
  });
});

describe('documents stand alone', () => {
  it.each<{ what: string; one: Parts; other: Parts }>([
    {
      what: 'with different abstracts, even under one title',
      one: { title: 'Chair', abstract: 'On wheels.' },
      other: { title: 'Chair', abstract: 'On rails.' },
    },
    {
      what: 'whose corpus says so, even with one abstract',
      one: { group: 'F1', abstract: 'A chair.' },
      other: { group: 'F2', abstract: 'A chair.' },
    },
    {
      what: 'when a group is called like a text',
      one: { group: 'a chair' },
      other: { abstract: 'a chair' },
    },
    {
      what: 'with the same title but another first claim',
      one: { title: 'Chair', claims: ['A chair.'] },
      other: { title: 'Chair', claims: ['A seat.'] },
    },
    {
      what: 'with an abstract that is a dash',
      one: { title: 'Chair', abstract: '—' },
      other: { title: 'Seat', abstract: '—' },
    },
    {
      what: 'with a group left empty',
      one: { group: '', abstract: 'A chair.' },
      other: { group: '', abstract: 'A seat.' },
    },
    {
      what: 'with different descriptions under the same heading and nothing else',
      one: { description: ['Background', 'Chairs are known.'] },
      other: { description: ['Background', 'Seats are known.'] },
    },
    { what: 'without any text', one: {}, other: {} },
    {
      what: 'in other scripts',
      one: { abstract: '車椅子の制動装置' },
      other: { abstract: '車椅子の駆動装置' },
    },
  ])('$what', ({ one, other }) => {
    expect(groupOf(patent({ id: 'US1', ...one }))).not.toBe(groupOf(patent({ id: 'EP2', ...other })));
  });
});

const application = (office: string, number: string, date?: string): DocumentNumber =>
  normalApplication({ office, number }, date) ?? { id: `${office}${number}`, office, application: true };
const publication = (id: string): DocumentNumber => ({ id, office: id.slice(0, 2) });

/** The groups of some documents with texts of their own, as lists of their places. */
function groupsOf(...documents: readonly Parts[]): number[][] {
  const labelled = documents.map((parts, index): LabelledDocument => {
    const read = patent({ id: `doc-${index}`, abstract: `Text ${index}.`, ...parts });
    return { patent: read, labels: [], group: groupOf(read), provenance: 'real' };
  });
  const groups = new Map<string, number[]>();
  for (const [index, { group }] of linkGroups(labelled).entries()) {
    groups.set(group, [...(groups.get(group) ?? []), index]);
  }
  return [...groups.values()];
}

const priority = (office: string, number: string, date?: string): Parts => ({
  bibliography: { priorities: [application(office, number, date)] },
});
const own = (office: string, number: string, date?: string): Parts => ({
  bibliography: { application: application(office, number, date) },
});

describe('families are one group', () => {
  it.each<{ what: string; documents: readonly Parts[] }>([
    {
      what: 'of one family id',
      documents: [
        { bibliography: { family: { id: 'docdb:12345', members: [] } } },
        { bibliography: { family: { id: 'docdb:12345', members: [] } } },
      ],
    },
    {
      what: 'one of whose members names the other',
      documents: [
        { id: 'US 10,000,000 B2' },
        { bibliography: { family: { members: [publication('US10000000B2')] } } },
      ],
    },
    {
      what: 'with one priority, spelled by two offices',
      documents: [priority('JP', '9-290033', '1997-10-22'), priority('JP', '1997-290033')],
    },
    {
      what: 'one of which claims the priority of the other',
      documents: [own('US', '11933870', '2007-11-01'), priority('US', '933870', '2007-11-01')],
    },
    {
      what: 'that continue one application',
      documents: [
        own('US', '12512730', '2009-07-30'),
        {
          bibliography: {
            related: [{ relation: 'continuation', document: application('US', '12/512,730') }],
          },
        },
      ],
    },
    {
      what: 'one of which names the patent on the application it continues',
      documents: [
        { id: 'US7585217B2' },
        { bibliography: { related: [{ relation: 'continuation', document: publication('US7585217') }] } },
      ],
    },
    {
      what: 'that are the application and the patent of one number',
      documents: [{ id: 'EP1000000A1' }, { id: 'EP 1 000 000 B1' }],
    },
    {
      what: 'joined only through a third',
      documents: [
        own('US', '60115394'),
        priority('JP', '2000-273711'),
        {
          bibliography: {
            priorities: [application('US', '60/115394'), application('JP', '2000273711')],
          },
        },
      ],
    },
  ])('$what', ({ documents }) => {
    expect(groupsOf(...documents)).toEqual([documents.map((_, index) => index)]);
  });

  it.each<{ what: string; documents: readonly Parts[] }>([
    { what: 'placeholders for numbers', documents: [priority('US', '0000000'), priority('US', '0000000')] },
    { what: 'a number without its series', documents: [priority('US', '933870'), priority('US', '933870')] },
    {
      what: 'one number at two offices',
      documents: [priority('JP', '2004351438'), priority('DE', '2004351438')],
    },
    {
      what: 'an application and a patent of one number',
      documents: [own('US', '10123456'), { id: 'US10123456B2' }],
    },
    {
      what: 'families without an id',
      documents: [
        { bibliography: { family: { id: 'docdb:0', members: [] } } },
        { bibliography: { family: { id: 'docdb:0', members: [] } } },
      ],
    },
    {
      what: 'a patent that both cite',
      documents: [1, 2].map((): Parts => {
        return { bibliography: { citations: [{ kind: 'patent', document: publication('US5277199A') }] } };
      }),
    },
  ])('are not joined by $what', ({ documents }) => {
    expect(groupsOf(...documents)).toEqual(documents.map((_, index) => [index]));
  });

  it('join as many as there are, and not one more', () => {
    const documents = Array.from({ length: 3000 }, (_, index) =>
      own('EP', String(10_000_001 + (index % 1000)), '2010-01-01'),
    );
    expect(groupsOf(...documents)).toHaveLength(1000);
  });
});

const documents = sharedData('documents');

describe.skipIf(documents === undefined)('keys of real documents', () => {
  it.each([
    [
      'uspto-xml/docling_ipg07997973.xml',
      'a:US12512730 a:US20090512730 a:US11470250 a:US20060470250 p:US7997973 p:US7585217 p:US20090291732',
    ],
    [
      'uspto-xml/docling_pa20010031492.xml',
      'a:US09728320 a:US20000728320 a:GB9811845 a:WO1999GB001730 p:US20010031492',
    ],
    ['epo-ops/biblio_example.xml', 'f:docdb:35840242 a:US20040023667 p:US20060142694'],
    [
      'epo-xml/application_v1-0-A1.xml',
      'a:EP01963450 a:JP2000273711 a:WO2001JP007711 p:EP1325900 p:WO2002020444',
    ],
    // Filed 2019 as a PCT application: in that year its series did not exist.
    ['uspto-xml/gouspto_application_v4-5-A1.xml', 'a:US17437086 a:WO2019IB057948 p:US20220159901'],
  ])('%s', (file, expected) => {
    const { name, text } = readNamed(`${documents ?? ''}/${file}`);
    expect(groupKeys(readOne(text, name)).slice(1).join(' ')).toBe(expected);
  });
});
