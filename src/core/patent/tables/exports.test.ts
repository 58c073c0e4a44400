/** Exports of the known databases, with fictitious patents written for these tests, read through their mappings. */
import { describe, expect, it } from 'vitest';
import { csvLine } from '../corpus-files/csv-line.ts';
import { readText } from '../formats.ts';
import type { Patent } from '../model.ts';
import { failures, patents, readError, readOne } from '../testing/reading.ts';
import { applyMapping } from './apply.ts';
import { proposeMapping, silentMapping } from './propose.ts';
import { detectVendor } from './vendors.ts';

const rows = (...cells: readonly (readonly string[])[]): string => cells.map(csvLine).join('');
const gapsOf = (patent: Patent): string[] => patent.gaps.map(({ message }) => message);

describe('an export of', () => {
  it('the Lens', () => {
    const text = rows(
      [
        ...['#', 'Jurisdiction', 'Kind', 'Display Key', 'Lens ID', 'Publication Date', 'Application Number'],
        ...[
          'Application Date',
          'Priority Numbers',
          'Earliest Priority Date',
          'Title',
          'Abstract',
          'Applicants',
        ],
        ...[
          'Inventors',
          'Cites Patent Count',
          'Simple Family Members',
          'CPC Classifications',
          'IPCR Classifications',
        ],
        ...['US Classifications', 'NPL Citations'],
      ],
      [
        ...[
          '1',
          'US',
          'A1',
          'US 2019/0012345 A1',
          '100-004',
          '2019-01-10',
          'US 201916543210 A',
          '2019-03-01',
        ],
        ...[
          'US 201862654321 P',
          '2018-03-02',
          'Cane with lamp',
          'A cane.',
          'Acme Inc;;Bolt GmbH',
          'DOE JANE;;ROE MAX',
        ],
        ...[
          '3',
          'US 2019/0012345 A1;;EP 3000001 A1',
          'A61H3/06;;Y10T403/70',
          'A61H3/06',
          '135/65',
          'Doe: On canes; 1999',
        ],
      ],
    );
    const patent = readOne(text, 'lens.csv');
    expect(patent).toMatchObject({
      id: 'US20190012345A1',
      office: 'US',
      kind: 'A1',
      title: { text: 'Cane with lamp' },
      classifications: [
        { scheme: 'IPC', code: 'A61H 3/06' },
        { scheme: 'CPC', code: 'A61H 3/06' },
        { scheme: 'CPC', code: 'Y10T 403/70' },
        { scheme: 'USPC', code: '135/65' },
      ],
      bibliography: {
        publicationDate: '2019-01-10',
        filingDate: '2019-03-01',
        application: { id: 'US16543210' },
        priorities: [{ id: 'US62654321', date: '2018-03-02' }],
        applicants: [{ name: 'Acme Inc' }, { name: 'Bolt GmbH' }],
        inventors: [{ name: 'DOE JANE' }, { name: 'ROE MAX' }],
        family: { members: [{ id: 'US20190012345A1' }, { id: 'EP3000001A1' }] },
      },
      record: { extra: { '#': '1', 'Lens ID': '100-004', 'Cites Patent Count': '3' } },
    });
    expect(gapsOf(patent)).toEqual([]);
  });

  it('the Lens as it was before 2018, whose column Full Text only says whether there is one', () => {
    const text = rows(
      [
        ...['#', 'Jurisdiction', 'Kind', 'Publication Number', 'Publication Date', 'Application Number'],
        ...['Application Date', 'Priority Numbers', 'Title', 'Applicants', 'Inventors', 'Full Text'],
        ...['Cited Count', 'IPCR Classifications', 'PubMed Id(s)', 'Non-Patent Citations'],
      ],
      [
        ...['1', 'US', 'A', 'US 9900099 A', '1993-10-26', 'US 95479992 A', '1992-09-30'],
        ...['US 95479992 A 19920930;;US 61324990 A 19901113', 'Cane', 'ACME INC', 'DOE JANE;;ROE MAX', 'yes'],
        ...['23', 'A61H3/06', '', 'Doe: On canes; 1989'],
      ],
    );
    const patent = readOne(text, 'lens.csv');
    expect(patent.description).toEqual([]);
    expect(patent).toMatchObject({
      id: 'US9900099A',
      bibliography: {
        application: { id: 'US19920954799' },
        priorities: [
          { id: 'US19920954799', date: '1992-09-30' },
          { id: 'US19900613249', date: '1990-11-13' },
        ],
      },
    });
    expect(gapsOf(patent)).toEqual([]);
  });

  it('the classic Espacenet, with its kinds in brackets and a column for each sort of citation', () => {
    const text = rows(
      [
        ...['Title', 'Publication number', 'Publication date', 'Inventor(s)', 'Applicant(s)'],
        ...['International classification', 'Application number', 'Date of application'],
        ...[
          'Priority number(s)',
          'Patents cited in the search report',
          'Literature cited in the search report',
        ],
      ],
      [
        ...['Cane', 'EP3000001 (A1)', '11/12/2014', 'DOE JANE', 'ACME INC', 'A61H3/06', 'EP20130063321'],
        ...['20130603', 'EP20130063321 20130603', 'US9900001 (B2)', 'Doe: On canes'],
      ],
    );
    expect(proposeMapping(text.split('\n')[0]?.trim().split(',') ?? []).vendor).toBe('Espacenet');
    expect(readOne(text, 'e.csv')).toMatchObject({
      id: 'EP3000001A1',
      bibliography: {
        filingDate: '2013-06-03',
        priorities: [{ id: 'EP13063321', date: '2013-06-03' }],
        citations: [{ document: { id: 'US9900001B2' } }, { text: 'Doe: On canes' }],
      },
    });
  });

  it('anything, without a guess that lists of people or classes are texts', () => {
    const { columns } = proposeMapping(
      ['publication_number', 'title', 'ipc_subclass_names', 'inventors_cleaned'],
      [['US9900001B2', 'Cane', 'Physical therapy and walking aids. '.repeat(9), 'Doe Jane, Roe Max Emil']],
    );
    expect(columns.map(({ field }) => field)).toEqual(['id', 'title', undefined, undefined]);
  });

  it('Google Patents, whose header stands behind a line about the search', () => {
    const text =
      'search URL:,https://patents.google.com/?q=a,b\n' +
      'id,title,assignee,inventor/author,priority date,filing/creation date,publication date,grant date,result link,representative figure link\n' +
      'US-9900001-B2,Cane,Acme Inc.,"Jane Doe, Max Roe",2015-01-01,2016-01-01,2018-05-15,2018-05-15,https://x,https://y\n';
    const patent = readOne(text, 'gp-search.csv');
    expect(patent).toMatchObject({
      id: 'US9900001B2',
      record: { extra: { 'result link': 'https://x' } },
      bibliography: {
        priorityDate: '2015-01-01',
        filingDate: '2016-01-01',
        inventors: [{ name: 'Jane Doe' }, { name: 'Max Roe' }],
      },
    });
    expect(gapsOf(patent)).toEqual([
      'The table begins behind these lines, which were left out: search URL:,https://patents.google.com/?q=a,b',
    ]);
    expect(text.slice(patent.title?.span.start, patent.title?.span.end)).toBe('Cane');
    // Known by its columns, whatever the file is called.
    expect(readOne(text, 'download').id).toBe('US9900001B2');
  });

  it('Espacenet, in quotes and with an empty last column', () => {
    const text =
      '\uFEFF"Query";"txt = cane"\r\n"Results";"1"\r\n\r\n' +
      '"No";"Title";"Inventors";"Applicants";"Publication number";"Earliest priority";"IPC";"CPC";"Publication date";"Earliest publication";"Family number";\r\n' +
      '"1";"Cane; red";"DOE JANE [US]\nROE MAX [DE]";"ACME INC [US]";"EP3000001A1\nUS9900001B2";"2015-01-01";"A61H3/06";"A61H3/06 (EP)";"2018-05-15";"2018-05-15";"12345"\r\n';
    const patent = readOne(text, 'e.csv');
    expect(patent).toMatchObject({
      id: 'EP3000001A1',
      title: { text: 'Cane; red' },
      bibliography: {
        inventors: [
          { name: 'DOE JANE', country: 'US' },
          { name: 'ROE MAX', country: 'DE' },
        ],
        family: { id: '12345', members: [{ id: 'US9900001B2' }] },
      },
      record: { group: '12345', extra: { No: '1' } },
    });
  });

  it('Derwent Innovation', () => {
    const text = rows(
      [
        'Publication Number',
        'Title - DWPI',
        'Abstract - DWPI',
        'Abstract - DWPI Novelty',
        'IPC - Current',
        'Cited Refs - Patent',
        'INPADOC Family Members',
        'Assignee/Applicant',
      ],
      [
        'US9900001B2',
        'Cane with lamp',
        'NOVELTY - A cane.',
        'A cane.',
        'A61H000306 | A61G000504',
        'US5000001A | Doe 1999',
        'US9900001B2 | EP3000001A1',
        'ACME INC,US | BOLT GMBH',
      ],
    );
    expect(readOne(text, 'd.csv')).toMatchObject({
      title: { text: 'Cane with lamp' },
      abstract: { text: 'NOVELTY - A cane.' },
      classifications: [{ code: 'A61H 3/06' }, { code: 'A61G 5/04' }],
      bibliography: {
        applicants: [{ name: 'ACME INC,US' }, { name: 'BOLT GMBH' }],
        citations: [
          { kind: 'patent', document: { id: 'US5000001A' } },
          { kind: 'other', text: 'Doe 1999' },
        ],
      },
      record: { extra: { 'Abstract - DWPI Novelty': 'A cane.' } },
    });
  });

  it('Orbit, where some texts have a translation and others only the original', () => {
    const header = ['Publication number', 'English title', 'Title', 'English abstract', 'Abstract'];
    const telling = ['Current assignees', 'IPC - International classification'];
    const text = rows(
      [...header, ...telling],
      ['US9900001B2', 'Cane', 'Stock', '', '(US9900001)\nA cane.', 'ACME', ''],
    );
    const patent = readOne(text, 'o.csv');
    expect(patent).toMatchObject({ title: { text: 'Cane' }, abstract: { text: 'A cane.' } });
    expect(gapsOf(patent)).toEqual([
      'Row 2: "English abstract" is empty, so the abstract was taken from "Abstract".',
    ]);
    const columns = { id: ['Publication number'], title: ['Title'], abstract: ['English abstract'] };
    const tables = [{ header: [...header, ...telling], columns }];
    expect(patents(readText(text, 'o.csv', { tables }))[0]?.abstract).toBeUndefined();
  });

  it('Orbit, where the number stands before the text', () => {
    const text = rows(
      [
        'Questel unique family ID (FAN)',
        'English title',
        'Abstract',
        'Publication numbers',
        'Current assignees',
        'IPC - International classification',
      ],
      [
        '78611350',
        '(US9900001) Cane with lamp',
        '(US9900001)\nA cane.',
        'US9900001B2\nEP3000001A1',
        'ACME',
        'A61H-003/06 (2006.01)',
      ],
    );
    const patent = readOne(text, 'o.csv');
    expect(patent).toMatchObject({
      id: 'US9900001B2',
      title: { text: 'Cane with lamp' },
      abstract: { text: 'A cane.' },
    });
    expect(patent.record?.group).toBe('78611350');
    expect(text.slice(patent.title?.span.start, patent.title?.span.end)).toBe('Cane with lamp');
  });

  it('Patsnap, in English and in Chinese', () => {
    const english = rows(
      [
        'Publication Number',
        'Title',
        'Abstract',
        'First Claim (English)',
        'Original Assignee',
        'Publication Date',
        'Simple Legal Status',
      ],
      ['CN999900001A', 'Cane', 'A cane.', '1. A cane.', 'Acme', '2018/05/15', 'Active'],
    );
    expect(readOne(english, 'p.csv')).toMatchObject({
      claims: [{ number: 1, text: 'A cane.' }],
      record: { extra: { 'Simple Legal Status': 'Active' } },
    });
    const chinese = rows(
      ['公开(公告)号', '标题', '摘要', '公开(公告)日', '当前申请(专利权)人', 'IPC分类号'],
      ['CN999900001A', '手杖', '一种手杖。', '2018-05-15', '某公司', 'A61H3/06 | A61G5/04'],
    );
    expect(readOne(chinese, 'p.csv')).toMatchObject({
      id: 'CN999900001A',
      abstract: { text: '一种手杖。' },
      bibliography: { publicationDate: '2018-05-15', applicants: [{ name: '某公司' }] },
      classifications: [{ code: 'A61H 3/06' }, { code: 'A61G 5/04' }],
    });
  });
});

describe('a table of any origin', () => {
  it('is put together from columns of office, number and kind', () => {
    const text = rows(
      ['office', 'publication number', 'kind', 'title', 'lang'],
      ['us', '9,900,001', 'b2', 'Cane', 'English'],
    );
    expect(readOne(text, 't.csv')).toMatchObject({
      id: 'US9900001B2',
      office: 'US',
      kind: 'B2',
      language: 'en',
    });
  });

  it('keeps the ids of a column called id as they are', () => {
    expect(readOne('id,title\nUS-9900001-B2,Cane\n', 't.csv')).toMatchObject({
      id: 'US-9900001-B2',
      office: 'US',
    });
  });

  it('says row and column of what it cannot understand, and shows where', () => {
    const text = rows(
      ['id', 'title', 'publication date', 'ipc', 'language', 'office'],
      ['a', 'Cane', '05/06/2018', 'A61H 3/06; canes', 'Klingon', 'United States'],
    );
    const patent = readOne(text, 't.csv');
    expect(patent.bibliography.publicationDate).toBe('2018');
    expect(gapsOf(patent)).toEqual(
      [
        'Row 2, column office: "United States" is no code of an office, such as US or EP.',
        'Row 2, column publication date: "05/06/2018" may begin with the day or with the month, so only the year 2018 was taken.',
        'Row 2, column language: "Klingon" is no language that is known.',
        'Row 2, column ipc: "canes" is no IPC code.',
      ].sort((a, b) => gapsOf(patent).indexOf(a) - gapsOf(patent).indexOf(b)),
    );
    const date = patent.gaps.find(({ message }) => message.includes('05/06'));
    expect(text.slice(date?.span?.start, date?.span?.end)).toBe('05/06/2018');
  });

  it('names columns of equal names apart, and says so', () => {
    const patent = readOne('id,title,note,note,\na,Cane,x,y,\n', 't.csv');
    expect(patent.record?.extra).toEqual({ note: 'x', 'note (2)': 'y' });
    expect(gapsOf(patent)).toEqual([
      'The table has several columns named note; this one is taken as note (2).',
    ]);
  });

  it('is refused without a header row, saying what to do', () => {
    const error = readError('US9900001B2,Cane,2018-05-15\nUS9900002B2,Bed,2018-05-16\n', 't.csv');
    expect(error).toMatchObject({
      code: 'table-no-columns',
      message: expect.stringContaining('no header row') as string,
    });
    expect(error.remedy).toContain('Add a first row');
  });

  it('loses only the row with a zero byte', () => {
    const outcomes = readText('id,title\na,Ca\0ne\nb,Bed\n', 't.csv');
    expect(failures(outcomes).map(({ place }) => place?.line)).toEqual([2]);
    expect(patents(outcomes).map(({ id }) => id)).toEqual(['b']);
  });

  it('takes lists of other tools as JSON', () => {
    const text = rows(
      ['id', 'title', 'labels', 'claims'],
      ['a', 'Cane', '["x;y","z"]', '["A \\"cane\\".","The cane of claim 1."]'],
    );
    const patent = readOne(text, 't.csv');
    expect(patent.record?.labels).toEqual(['x;y', 'z']);
    expect(patent.claims.map(({ dependsOn }) => dependsOn)).toEqual([[], [1]]);
    expect(text.slice(patent.claims[1]?.span.start, patent.claims[1]?.span.end)).toBe('The cane of claim 1.');
  });
});

describe('a mapping that a person has confirmed', () => {
  const header = ['PN', 'TI', 'AB1', 'AB2', 'TOPIC'];
  const tables = [
    {
      header,
      columns: { id: ['PN'], title: ['TI'], abstract: ['AB2', 'AB1'], labels: ['TOPIC'] },
      separator: '/',
    },
  ];
  const text = rows(header, ['US9900001B2', 'Cane', 'Second.', 'First.', 'a/b;c']);

  it('counts for the tables with its header row', () => {
    const [patent] = patents(readText(text, 't.csv', { tables }));
    expect(patent).toMatchObject({
      id: 'US9900001B2',
      abstract: { text: 'First.\nSecond.' },
      record: { labels: ['a', 'b;c'] },
    });
    expect(readError(text, 't.csv').code).toBe('table-no-columns');
    expect(failures(readText(text.replace('PN', 'P N'), 't.csv', { tables }))[0]?.code).toBe(
      'table-no-columns',
    );
  });

  it('finds its header behind other lines', () => {
    expect(patents(readText(`Export of my search\n\n${text}`, 't.csv', { tables }))[0]?.id).toBe(
      'US9900001B2',
    );
  });

  it('says which of its columns are missing', () => {
    const { missing, others } = applyMapping(['A', 'B'], { columns: { title: ['A'], abstract: ['C'] } });
    expect([missing, others]).toEqual([['C'], [1]]);
  });
});

describe('a proposal', () => {
  const header = ['c1', 'c2', 'c3', 'c4', 'c5', 'Title'];
  const sample = [
    [
      'US9900001B2',
      `${'A long text about canes. '.repeat(12)}`,
      '15.05.2018',
      'A61H 3/06; A61G 5/04',
      '1. A cane with a lamp, and with more than forty letters.',
      'Cane',
    ],
    [
      'EP 3000001 A1',
      `${'Another text about beds. '.repeat(12)}`,
      '16.05.2018',
      'A61G 7/00',
      '1. A bed, wherein the bed is long enough to be a claim.',
      'Bed',
    ],
  ];

  it('says how it knows, and what it guessed does not count unseen', () => {
    const proposal = proposeMapping(header, sample);
    expect(proposal.columns.map(({ field, basis }) => [field, basis])).toEqual([
      ['id', 'content'],
      ['abstract', 'content'],
      ['publicationDate', 'content'],
      ['ipc', 'content'],
      ['claims', 'content'],
      ['title', 'name'],
    ]);
    expect(proposal.columns[0]?.samples).toEqual(['US9900001B2', 'EP 3000001 A1']);
    expect(silentMapping(proposal).columns).toEqual({ title: ['Title'] });
  });

  it('does not know a database by one name', () => {
    expect(detectVendor(['Lens ID', 'Title'])).toBeUndefined();
    expect(detectVendor(['Lens ID', 'Display Key', 'Title'])?.name).toBe('Lens');
  });
});
