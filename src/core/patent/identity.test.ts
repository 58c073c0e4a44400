/** One normal form for every spelling: real numbers of the offices, spelled as they and their databases spell them. */
import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { normalForm, normalPublication, publicationKey, samePublication } from './identity.ts';

describe('normal form', () => {
  it.each([
    // United States: patents, publications of applications, and what is counted by itself.
    ['US 10,000,000 B2', 'US10000000B2'],
    ['US10000000B2', 'US10000000B2'],
    ['US-10000000-B2', 'US10000000B2'],
    ['US010000000B2', 'US10000000B2'],
    ['us 10.000.000 b2', 'US10000000B2'],
    ['US 5 277 199 A', 'US5277199A'],
    ['US05277199A', 'US5277199A'],
    ['US-A-5 340 202', 'US5340202A'],
    ['US-B1- 6 382 450', 'US6382450B1'],
    ['US 2018/0000016 A1', 'US20180000016A1'],
    ['US20180000016A1', 'US20180000016A1'],
    ['US2018000016A1', 'US20180000016A1'],
    ['US 2018-0000016 A1', 'US20180000016A1'],
    ['US-2018000016-A1', 'US20180000016A1'],
    ['US-A1- 2007 204 872', 'US20070204872A1'],
    ['US 2003/76485 A1', 'US20030076485A1'],
    ['US20010031492A1', 'US20010031492A1'],
    ['USRE45123E1', 'USRE45123E1'],
    ['US RE45,123 E1', 'USRE45123E1'],
    ['US RE045123 E', 'USRE45123E'],
    ['USD435854S1', 'USD435854S1'],
    ['US D0435854 S1', 'USD435854S1'],
    ['US D. 435,854 S1', 'USD435854S1'],
    ['US Des. 435,854', 'USD435854'],
    ['USPP12345P2', 'USPP12345P2'],
    ['US PP12,345 P2', 'USPP12345P2'],
    ['USH2345H1', 'USH2345H1'],
    ['US H002345 H', 'USH2345H'],
    ['US T998,005', 'UST998005'],
    // European Patent Office.
    ['EP1000000A1', 'EP1000000A1'],
    ['EP 1 000 000 A1', 'EP1000000A1'],
    ['EP1000000.7', 'EP1000000'],
    ['EP 1000000.7 A1', 'EP1000000A1'],
    ['EP01000000A1', 'EP1000000A1'],
    ['EP-A- 0 361 708', 'EP361708A'],
    ['EP 0 361 708 A2', 'EP361708A2'],
    ['EP0361708A2', 'EP361708A2'],
    // International Bureau.
    ['WO 02/12345', 'WO2002012345'],
    ['WO2002012345', 'WO2002012345'],
    ['WO0212345', 'WO2002012345'],
    ['WO 2002/012345 A1', 'WO2002012345A1'],
    ['WO02012345A1', 'WO2002012345A1'],
    ['WO-A1-00/20705', 'WO2000020705A1'],
    ['WO 93 05634', 'WO1993005634'],
    ['WO99016636', 'WO1999016636'],
    ['WO-94/17553', 'WO1994017553'],
    ['WO-2008/052138-A2', 'WO2008052138A2'],
    // Japan: era and western years.
    ['JP H10-123456', 'JPH10123456'],
    ['JPH10123456', 'JPH10123456'],
    ['JPH10123456A', 'JPH10123456A'],
    ['JP-H10-123456-A', 'JPH10123456A'],
    ['JP 特開平10-123456', 'JPH10123456'],
    ['特開平１０－１２３４５６号公報', 'JPH10123456'],
    ['JPH06-2658A', 'JPH06002658A'],
    ['JPH0602658A', 'JPH06002658A'],
    ['JPS5177719A', 'JPS51077719A'],
    ['JP S51-77719 A', 'JPS51077719A'],
    ['JP昭51-77719', 'JPS51077719'],
    ['JP2001-123456A', 'JP2001123456A'],
    ['JP 2001/123456 A', 'JP2001123456A'],
    ['JP2001123456A', 'JP2001123456A'],
    ['特開2001-123456', 'JP2001123456'],
    ['JP 2001-73920 A', 'JP2001073920A'],
    ['JP-A- 7 300 979', 'JPH07300979A'],
    ['JP 10-218591 A', 'JPH10218591A'],
    ['JP 61-028078 A', 'JPS61028078A'],
    ['JP 3556204 B2', 'JP3556204B2'],
    ['特許第６１５１５５７号公報', 'JP6151557'],
    // Korea.
    ['KR 10-2005-0011376 A', 'KR1020050011376A'],
    ['KR1020050011376A', 'KR1020050011376A'],
    ['KR20050011376A', 'KR1020050011376A'],
    ['KR 10 2004-0085675', 'KR1020040085675'],
    ['KR 10-0688702 B1', 'KR100688702B1'],
    ['KR100688702B1', 'KR100688702B1'],
    ['KR 0688702 B1', 'KR100688702B1'],
    // China.
    ['CN1234567A', 'CN1234567A'],
    ['CN 101234567 A', 'CN101234567A'],
    ['CN101234567A', 'CN101234567A'],
    ['CN-U- 202 128 028', 'CN202128028U'],
    // Germany, France, Britain.
    ['DE 10 2004 012 345 A1', 'DE102004012345A1'],
    ['DE102004012345A1', 'DE102004012345A1'],
    ['DE-A1-102009 041 527', 'DE102009041527A1'],
    ['DE 10 2004 012 345.6', 'DE102004012345'],
    ['DE-C- 3 122 720', 'DE3122720C'],
    ['FR-A1- 2 973 005', 'FR2973005A1'],
    ['FR 2 714 603', 'FR2714603'],
    ['GB2123456A', 'GB2123456A'],
    ['GB 2 123 456 A', 'GB2123456A'],
  ])('%s is %s, and stays so', (text, expected) => {
    expect(normalForm(text)).toBe(expected);
    expect(normalForm(expected)).toBe(expected);
  });

  it.each(['wheelchair', 'doc-7', '', 'US', 'corpus#3', 'EP12', 'US0000000', 'JP'])(
    '%j is no number',
    (text) => {
      expect(normalForm(text)).toBe(text);
      expect(publicationKey(text)).toBeUndefined();
    },
  );

  it.each([
    ['WO', 'WO 2005/080928', 'A1', '2005-09', 'WO2005080928A1'],
    ['WO', 'WO 93 05634', undefined, undefined, 'WO1993005634'],
    ['JP', '6-234262', 'A', '1994-08', 'JPH06234262A'],
    ['JP', '51-77719', 'A', '1976-07', 'JPS51077719A'],
    ['JP', '5-3059', 'U', '1993-01', 'JPH05003059U'],
    // Neither Heisei 2 nor Showa 2 is 2002: the number is misprinted and stays as it is.
    ['JP', '02/043615', 'A', '2002-06', 'JP2043615A'],
    ['US', 'D. 271298', undefined, '1983-11', 'USD271298'],
    ['JP', '2021044377', '公開特許公報(A)', undefined, 'JP2021044377'],
    ['KR', '2005-0001', 'A', undefined, 'KR20050001A'],
  ])('%s %s %s of %s is %s', (office, number, kind, date, expected) => {
    expect(normalPublication({ office, number, ...(kind ? { kind } : {}) }, date)?.id).toBe(expected);
  });

  it('is none for a placeholder', () => {
    expect(normalPublication({ office: 'CN', number: '0000000' })).toBeUndefined();
    expect(normalPublication({ office: 'US', number: ' ' })).toBeUndefined();
  });
});

describe('the same publication', () => {
  it.each([
    ['US 2018/0000016 A1', 'US2018000016', true],
    ['EP1000000A1', 'EP 1 000 000 B1', true],
    ['US10000000B2', 'US10000001B2', false],
    ['US10000000', 'EP10000000', false],
    ['US435854', 'USD435854S1', false],
    ['JPH06123456A', 'JPH06123456', true],
    ['JPH06123456A', 'JPH06123456B2', false],
    ['JP3556204B2', 'JP3556204', true],
    ['JPS64000123A', 'JPH01000123A', false],
    ['WO0212345A1', 'WO 02/12346 A1', false],
    ['doc-1', ' doc-1', true],
    ['doc-1', 'US10000000', false],
  ])('%s, %s: %s', (one, other, same) => {
    expect(samePublication(one, other)).toBe(same);
    expect(samePublication(other, one)).toBe(same);
  });
});

interface Office {
  readonly office: string;
  /** A number by its place in the count, and the ways to write it. */
  readonly spellings: (at: number) => readonly string[];
}

const padded = (at: number, digits: number): string => String(at).padStart(digits, '0');
const grouped = (at: number, mark: string): string => at.toLocaleString('en-US').replaceAll(',', mark);

const OFFICES: readonly Office[] = [
  {
    office: 'US patents',
    spellings: (at) =>
      [at, padded(at, 8), grouped(at, ','), grouped(at, ' ')].flatMap((n) => [`US${n}B2`, `US ${n} B2`]),
  },
  {
    office: 'US publications',
    spellings: (at) => {
      const [year, serial] = [2001 + (at % 25), at % 1_000_000];
      return [
        `US${year}${padded(serial, 7)}A1`,
        `US ${year}/${padded(serial, 7)} A1`,
        `US${year}${padded(serial, 6)}A1`,
      ];
    },
  },
  { office: 'US designs', spellings: (at) => [`USD${at}S`, `US D${padded(at, 7)} S`, `US D. ${at} S`] },
  {
    office: 'WO',
    spellings: (at) => {
      const [year, serial] = [1978 + (at % 26), 1 + (at % 99_999)];
      const two = padded(year % 100, 2);
      return [
        `WO ${two}/${padded(serial, 5)} A1`,
        `WO${two}${padded(serial, 5)}A1`,
        `WO${two}${padded(serial, 6)}A1`,
        `WO${year}${padded(serial, 6)}A1`,
        `WO ${year}/${padded(serial, 6)} A1`,
      ];
    },
  },
  {
    office: 'JP by era',
    spellings: (at) => {
      const [year, serial] = [1 + (at % 11), 1 + (at % 400_000)];
      return [
        `JPH${padded(year, 2)}${padded(serial, 6)}A`,
        `JP H${year}-${serial} A`,
        `JP${1988 + year}-${serial}A`,
        `JP平${year}-${padded(serial, 6)}A`,
      ];
    },
  },
  {
    office: 'JP by year',
    spellings: (at) => {
      const [year, serial] = [2000 + (at % 25), 1 + (at % 600_000)];
      return [`JP${year}${padded(serial, 6)}A`, `JP ${year}-${serial} A`, `JP${year}/${padded(serial, 6)}A`];
    },
  },
  {
    office: 'KR',
    spellings: (at) => {
      const [year, serial] = [2000 + (at % 25), 1 + (at % 200_000)];
      return [
        `KR 10-${year}-${padded(serial, 7)} A`,
        `KR10${year}${padded(serial, 7)}A`,
        `KR${year}${padded(serial, 7)}A`,
      ];
    },
  },
  {
    office: 'EP',
    spellings: (at) => [`EP${padded(at, 7)}A1`, `EP ${grouped(at, ' ')} A1`, `EP${at}.${at % 10} A1`],
  },
];

describe.each(OFFICES)('$office', ({ spellings }) => {
  const random = new Random(7);
  const numbers = [...new Set(Array.from({ length: 400 }, () => 1_000_000 + random.integer(8_000_000)))];

  it('spellings of one number collapse, those of others do not, and the normal form is its own', () => {
    const seen = new Map<string, number>();
    let least = Infinity;
    for (const at of numbers) {
      const all = spellings(at);
      least = Math.min(least, new Set(all).size);
      const forms = new Set(all.map(normalForm));
      expect([...forms], all.join(' | ')).toHaveLength(1);
      const [form = ''] = forms;
      expect(normalForm(form)).toBe(form);
      const canonical = all[0] ?? '';
      const before = seen.get(form);
      if (before !== undefined) expect(spellings(before)[0]).toBe(canonical);
      seen.set(form, at);
    }
    expect(least).toBeGreaterThan(1);
    expect(seen.size).toBeGreaterThan(300);
  });
});
