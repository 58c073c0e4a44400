/** Applications in the spellings of offices and databases. */
import { describe, expect, it } from 'vitest';
import { applicationKeys, normalApplication } from './identity-applications.ts';

const id = (office: string, number: string, date?: string, kind?: string): string | undefined =>
  normalApplication({ office, number, ...(kind ? { kind } : {}) }, date)?.id;

describe('application numbers', () => {
  it.each([
    ['US', '14643719', '2015-03-10', 'US14643719'],
    ['US', '09/728,320', undefined, 'US09728320'],
    ['US', '09342866', undefined, 'US09342866'],
    ['US', '60/115394', '1999-01-11', 'US60115394'],
    ['US', '60/ 96,8023', undefined, 'US60968023'],
    ['US', 'US20040023667', '2004-12-28', 'US20040023667'],
    ['US', '202062962762 P', '2020-01-17', 'US62962762'],
    ['US', '201514865040', '2015-09-25', 'US14865040'],
    ['US', '60410 P', '1997-09-30', 'US19970060410P'],
    ['US', '95479992', '1992-09-30', 'US19920954799'],
    ['US', '07954792', '1992-09-30', 'US07954792'],
    ['US', '933870', '2007-11-01', 'US20070933870'],
    ['US', '933870', undefined, 'US933870'],
    ['EP', '01963450.0', undefined, 'EP01963450'],
    ['EP', '09011586', undefined, 'EP09011586'],
    ['EP', 'EP20010963450', undefined, 'EP01963450'],
    ['WO', 'PCT/JP98/04545', undefined, 'WO1998JP004545'],
    ['US', 'PCT/GB99/01730', undefined, 'WO1999GB001730'],
    ['WO', 'PCT/IB2019/057948', undefined, 'WO2019IB057948'],
    ['WO', 'JP0107711', undefined, 'WO2001JP007711'],
    ['WO', 'US2021013511', undefined, 'WO2021US013511'],
    ['WO', 'WO2004US12345', undefined, 'WO2004US012345'],
    ['JP', '2016-128835', undefined, 'JP2016128835'],
    ['JP', '2000273711', undefined, 'JP2000273711'],
    ['JP', 'JP20040351438', undefined, 'JP2004351438'],
    ['JP', '9-290033', '1997-10-22', 'JP1997290033'],
    ['JP', '10-95065', '1998-04-07', 'JP1998095065'],
    ['JP', '8000290', '1990-03-27', 'JP1990080002'],
    ['JP', '8000290', '1991-03-27', 'JP8000290'],
    ['GB', '201810777', '2018-06-29', 'GB1810777'],
    ['JP', '特願2019-165329', undefined, 'JP2019165329'],
    ['JP', 'P2004-351438', undefined, 'JP2004351438'],
    ['KR', '10-2016-0063019', undefined, 'KR1020160063019'],
    ['KR', 'KR20160063019', undefined, 'KR1020160063019'],
    ['KR', '102016000063019', undefined, 'KR1020160063019'],
    ['CN', '201410408762.5', undefined, 'CN201410408762'],
    ['CN', '202111286633.X', undefined, 'CN202111286633'],
    ['CN', '102021001286633', undefined, 'CN202111286633'],
    ['CN', '201810358967', undefined, 'CN201810358967'],
    ['CN', 'CN20181358967', undefined, 'CN201810358967'],
    ['DE', '102006031298.3', undefined, 'DE102006031298'],
    ['GB', '9811845.8', undefined, 'GB9811845'],
    ['GB', 'GB19980011845', undefined, 'GB9811845'],
    ['SE', '0201225', undefined, 'SE0201225'],
    ['FR', '05 12345', undefined, 'FR0512345'],
    ['EM', '001184956-0001', undefined, 'EM11849560001'],
  ])('%s %s of %s is %s, and stays so', (office, number, date, expected) => {
    expect(id(office, number, date)).toBe(expected);
    const again = normalApplication({ office: expected.slice(0, 2), number: expected.slice(2) }, date);
    expect(again?.id).toBe(expected);
  });

  it('knows the docdb form of the EPO for US applications: the number, then two digits of the year', () => {
    expect(normalApplication({ office: 'US', number: '2366704', kind: 'A' }, undefined, 'docdb')?.id).toBe(
      'US20040023667',
    );
    expect(
      normalApplication({ office: 'US', number: '1258190X', kind: 'A' }, '1961-03-13', 'docdb')?.id,
    ).toBe('US1258190X');
  });

  it('reads an international application by its kind', () => {
    expect(id('US', '2004012345', undefined, 'W')).toBe('WO2004US012345');
  });

  it.each(['0000000', '', '---', '00/000000'])('%j is a placeholder', (number) => {
    expect(normalApplication({ office: 'US', number })).toBeUndefined();
  });
});

describe('keys', () => {
  const keys = (office: string, number: string, date?: string): readonly string[] => {
    const application = normalApplication({ office, number }, date);
    return application ? applicationKeys(application) : [];
  };

  it.each([
    ['series with date, and the EPO’s spelling', ['US', '11023667', '2004-12-28'], ['US', 'US20040023667']],
    ['a provisional without its series', ['US', '60060410', '1997-09-30'], ['US', '60410 P', '1997-09-30']],
    ['EPO’s number with the series', ['US', '14865040'], ['US', '201514865040', '2015-09-25']],
    ['an era and a western year', ['JP', '9-290033', '1997-10-22'], ['JP', '1997-290033']],
    ['a PCT application', ['WO', 'PCT/JP98/04545'], ['WO', 'JP9804545']],
  ] as const)('are shared by %s', (_, one, other) => {
    const [a, b] = [keys(one[0], one[1], one[2]), keys(other[0], other[1], other[2])];
    expect(a.filter((key) => b.includes(key)).length).toBeGreaterThan(0);
  });

  it.each([
    [
      'a series and its year in another series',
      ['US', '17437086', '2019-09-19'],
      ['US', '16437086', '2019-06-11'],
    ],
    [
      'a design and a utility application',
      ['US', '29414573', '2012-02-29'],
      ['US', '13414573', '2012-03-07'],
    ],
    [
      'a provisional and a utility application',
      ['US', '60060410', '1997-09-30'],
      ['US', '60410', '1997-09-30'],
    ],
    ['offices', ['JP', '2004351438'], ['DE', '2004351438']],
  ] as const)('are not shared by %s', (_, one, other) => {
    const [a, b] = [keys(one[0], one[1], one[2]), keys(other[0], other[1], other[2])];
    expect(a.length).toBeGreaterThan(0);
    expect(b.length).toBeGreaterThan(0);
    expect(a.filter((key) => b.includes(key))).toEqual([]);
  });

  it.each([
    ['US', '933870'],
    ['US', '14000000'],
    ['XX', '1234'],
    ['JP', '1234567'],
    ['EP', '0000000.0'],
  ])('%s %s names no single application', (office, number) => {
    expect(keys(office, number)).toEqual([]);
  });
});
