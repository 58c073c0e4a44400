/** What real documents do not show: other vocabularies, what cannot be read, what fills the place of a value. */
import { describe, expect, it } from 'vitest';
import { readOne } from '../../testing/reading.ts';
import type { Patent } from '../../model.ts';

const CLAIM = '<claims><claim num="1"><claim-text>A fictitious cane.</claim-text></claim></claims>';

const grant = (inside: string): Patent =>
  readOne(
    `<us-patent-grant country="US"><us-bibliographic-data-grant>${inside}</us-bibliographic-data-grant>${CLAIM}</us-patent-grant>`,
    'x.xml',
  );

const id = (country: string, number: string, date = ''): string =>
  `<document-id><country>${country}</country><doc-number>${number}</doc-number>${date && `<date>${date}</date>`}</document-id>`;

const exchange = (inside: string, attributes = ''): string =>
  `<exchange-document ${attributes} country="EP" doc-number="9900001" kind="A1"><bibliographic-data>${inside}<invention-title lang="en">Cane</invention-title></bibliographic-data></exchange-document>`;

const unread = ({ gaps }: Patent): string[] =>
  gaps.map(({ message }) => message).filter((message) => message.includes('could not be read:'));

describe('bibliographies', () => {
  it('tell relations apart, and list neither the document itself nor one twice', () => {
    const relation = (name: string, parent: string, child: string): string =>
      `<${name}><relation><parent-doc>${id('US', parent)}</parent-doc><child-doc>${id('US', child)}</child-doc></relation></${name}>`;
    const { related } = grant(
      `<application-reference>${id('US', '13300001', '20110101')}</application-reference><us-related-documents>
${relation('continuation', '12300001', '13300001')}${relation('continuation-in-part', '11300001', '12300001')}
${relation('division', '10300001', '11300001')}${relation('reissue', '09300001', '13300001')}
<us-provisional-application>${id('US', '60/900,001')}</us-provisional-application></us-related-documents>`,
    ).bibliography;
    expect(related.map(({ relation: name, document }) => `${name} ${document.id}`)).toEqual([
      'continuation US12300001',
      'continuation-in-part US11300001',
      'division US10300001',
      'reissue US09300001',
      'provisional US60900001',
    ]);
  });

  it('read continuations in ST.32', () => {
    const source = `<PATDOC><SDOBI><B600><B630><B632><PARENT-US><CDOC><DOC><DNUM><PDAT>09/900001</PDAT></DNUM></DOC></CDOC><PDOC><DOC><DNUM><PDAT>08/900002</PDAT></DNUM><DATE><PDAT>19960917</PDAT></DATE></DOC></PDOC><PPUB><DOC><DNUM><PDAT>5900003</PDAT></DNUM></DOC></PPUB></PARENT-US></B632></B630></B600><B200><B210><DNUM><PDAT>09900001</PDAT></DNUM></B210></B200></SDOBI><SDOCL><CL><CLM ID="CLM-00001"><PARA><PTEXT><PDAT>A cane.</PDAT></PTEXT></PARA></CLM></CL></SDOCL></PATDOC>`;
    expect(readOne(source, 'x.xml').bibliography.related).toMatchObject([
      {
        relation: 'continuation-in-part',
        document: { id: 'US08900002', application: true, date: '1996-09-17' },
      },
      { relation: 'continuation-in-part', document: { id: 'US5900003' } },
    ]);
  });

  it('read search reports with their categories, and literature in fields', () => {
    const source = `<ep-patent-document lang="en" country="EP" doc-number="9900001" kind="A1"><SDOBI/>${CLAIM}<search-report-data><srep-citations><citation><patcit>${id('JP', 'H10-123456')}</patcit><category>X</category><rel-claims>1</rel-claims><category>Y</category></citation><citation><nplcit><article><author>Doe, J.</author><atl>On canes</atl></article></nplcit><category>A</category></citation></srep-citations></search-report-data></ep-patent-document>`;
    expect(readOne(source, 'x.xml').bibliography.citations).toEqual([
      { kind: 'patent', document: { id: 'JPH10123456', office: 'JP' }, category: 'X, Y' },
      { kind: 'other', text: 'Doe, J., On canes', category: 'A' },
    ]);
  });

  it('list the members of a family, the document itself excepted', () => {
    const member = (number: string): string =>
      `<ops:family-member family-id="77"><publication-reference>${id('EP', number)}</publication-reference>${number === '9900001' ? exchange(`<publication-reference>${id('EP', number)}</publication-reference>`, 'family-id="77"') : ''}</ops:family-member>`;
    const source = `<ops:world-patent-data xmlns:ops="http://ops.epo.org"><ops:patent-family>${member('9900001')}${member('9900002')}</ops:patent-family></ops:world-patent-data>`;
    expect(readOne(source, 'x.xml').bibliography.family).toEqual({
      id: 'docdb:77',
      members: [{ id: 'EP9900002', office: 'EP' }],
    });
  });

  it('take one of several formats and languages of a list of people', () => {
    const person = (format: string, name: string): string =>
      `<inventor sequence="1" data-format="${format}"><inventor-name><name>${name}</name></inventor-name></inventor>`;
    const source = `<exchange-documents>${exchange(`<parties><inventors>${person('epodoc', 'DOE JANE [AT]')}${person('original', 'Doe, Jane,')}</inventors></parties>`)}</exchange-documents>`;
    expect(readOne(source, 'x.xml').bibliography.inventors).toEqual([{ name: 'DOE JANE', country: 'AT' }]);
  });

  it('read the numbers of DOCDB files, which say the format around them', () => {
    const inFormats = (element: string, docdb: string, epodoc: string, original: string): string =>
      `<exch:${element} data-format="docdb">${docdb}</exch:${element}><exch:${element} data-format="epodoc"><document-id><doc-number>${epodoc}</doc-number></document-id></exch:${element}><exch:${element} data-format="original"><document-id><doc-number>${original}</doc-number></document-id></exch:${element}>`;
    const docdb = (country: string, number: string, kind: string, date: string): string =>
      `<document-id><country>${country}</country><doc-number>${number}</doc-number><kind>${kind}</kind><date>${date}</date></document-id>`;
    const source = `<exch:exchange-document xmlns:exch="http://www.epo.org/exchange" country="WO" doc-number="2099000021" kind="A1"><exch:bibliographic-data>
${inFormats('application-reference', docdb('IL', '2098900854', 'W', '20980805'), 'WO2098IL900854', 'IL2098/900854')}<exch:priority-claims>
${inFormats('priority-claim', docdb('US', '209763900089', 'P', '20970806'), 'US209763900089P', '63/900,089')}
${inFormats('priority-claim', docdb('GB', '209790777', 'A', '20970629'), 'GB20970090777', '9790777.3')}</exch:priority-claims>
<exch:invention-title lang="en">Fictitious cane</exch:invention-title></exch:bibliographic-data></exch:exchange-document>`;
    const { bibliography } = readOne(source, 'x.xml');
    expect(bibliography.filingDate).toBe('2098-08-05');
    expect(bibliography.application).toMatchObject({ id: 'WO2098IL900854', date: '2098-08-05' });
    expect(bibliography.priorities.map(({ id: number, date }) => `${number} ${date ?? ''}`)).toEqual([
      'US63900089 2097-08-06',
      'GB9790777 2097-06-29',
    ]);
  });

  it('find the office of a number that is stated in epodoc alone', () => {
    const source = exchange(
      '<priority-claims><priority-claim data-format="epodoc"><document-id><doc-number>DE2098012345</doc-number></document-id></priority-claim></priority-claims>',
    );
    expect(readOne(source, 'x.xml').bibliography.priorities.map(({ office }) => office)).toEqual(['DE']);
  });

  it('state what stands there and cannot be read, with its place', () => {
    const patent = grant(
      `<publication-reference>${id('US', '9900001', '20991340')}</publication-reference><us-references-cited><us-citation><patcit><document-id><country>US</country><doc-number>see above</doc-number></document-id></patcit></us-citation><us-citation><category>cited by other</category></us-citation></us-references-cited>`,
    );
    expect(unread(patent)).toEqual([
      'The date in <date> could not be read: "20991340".',
      'The number of a cited patent in <patcit> could not be read: "USsee above".',
      'A citation in <us-citation> could not be read: "cited by other".',
    ]);
    expect(patent.gaps.every(({ span }) => span !== undefined)).toBe(true);
    expect(patent.bibliography.publicationDate).toBeUndefined();
  });

  it('take placeholders for nothing', () => {
    const patent = grant(
      `<publication-reference>${id('US', '9900001', '00000000')}</publication-reference><priority-claims><priority-claim>${id('JP', '0000000')}</priority-claim></priority-claims><us-parties><us-applicants><us-applicant><addressbook><orgname>Acme</orgname><address><country>unknown</country></address></addressbook></us-applicant></us-applicants></us-parties>`,
    );
    expect(patent.gaps).toEqual([]);
    expect(patent.bibliography).toEqual({
      priorities: [],
      related: [],
      applicants: [{ name: 'Acme' }],
      inventors: [],
      citations: [],
      family: { members: [] },
    });
  });
});
