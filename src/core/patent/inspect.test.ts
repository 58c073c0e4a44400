import { describe, expect, it } from 'vitest';
import { inspect } from './inspect.ts';
import { readOne } from './testing/reading.ts';

describe('inspect', () => {
  it('gives plain JSON with null for what is missing', () => {
    const inspected = inspect(readOne('{"title":"Cane"}', 'c.jsonl'));
    expect(JSON.parse(JSON.stringify(inspected))).toEqual(inspected);
    expect(inspected).toMatchObject({
      id: 'c#1',
      office: 'XX',
      kind: null,
      language: null,
      format: 'jsonl',
      title: 'Cane',
      abstract: null,
      claims: [],
      description: null,
      classifications: [],
      spans: {
        document: { start: 0, end: 16 },
        title: { start: 10, end: 14 },
        abstract: null,
        description: null,
      },
    });
  });

  it('joins the description and covers it with one span', () => {
    const source =
      'Cane with lamp\n\nDescription\n\nCanes are old.\n\nLamps are new.\n\nClaims\n\n1. A cane.\n';
    const inspected = inspect(readOne(source, 'x.txt'));
    expect(inspected.description).toBe('Canes are old.\nLamps are new.');
    const { start, end } = inspected.spans.description ?? { start: 0, end: 0 };
    expect(source.slice(start, end)).toBe('Canes are old.\n\nLamps are new.');
    expect(inspected.claims).toEqual([
      { number: 1, text: 'A cane.', dependsOn: [], span: { start: 72, end: 79 } },
    ]);
    expect(inspected.record).toBeNull();
  });

  it('shows paragraphs, the front page and translations', () => {
    const source = `<ep-patent-document lang="en" country="EP" doc-number="9900001" kind="B1"><SDOBI lang="en"><B100><B140><date>20990107</date></B140></B100><B500><B540><B541>en</B541><B542>Cane</B542><B541>fr</B541><B542>Canne</B542></B540></B500><B700><B721><snm>Doe, Jane</snm></B721></B700></SDOBI>
<description lang="en"><heading>Background</heading><p num="0001">Canes are old.</p></description><claims lang="en"><claim num="1"><claim-text>A cane.</claim-text></claim></claims><claims lang="fr"><claim num="1"><claim-text>Canne.</claim-text></claim></claims></ep-patent-document>`;
    const inspected = inspect(readOne(source, 'x.xml'));
    expect(inspected.paragraphs.map(({ number, heading, text }) => [number, heading, text])).toEqual([
      [null, true, 'Background'],
      ['0001', false, 'Canes are old.'],
    ]);
    expect(inspected.bibliography).toMatchObject({
      publicationDate: '2099-01-07',
      inventors: [{ name: 'Jane Doe' }],
    });
    const at = source.indexOf('Canne.');
    expect(inspected.translations).toEqual([
      {
        language: 'fr',
        title: 'Canne',
        abstract: null,
        claims: [{ number: 1, text: 'Canne.', dependsOn: [], span: { start: at, end: at + 6 } }],
        paragraphs: [],
      },
    ]);
    expect(inspected.certainty).toBeNull();
  });
});
