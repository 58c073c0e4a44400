/** Front pages of real documents: every value read off the XML by hand. */
import { describe, expect, it } from 'vitest';
import { readNamed, sharedData } from '../../../testing/shared-data.ts';
import type { DocumentNumber, Person } from '../../bibliography.ts';
import type { Patent } from '../../model.ts';
import { readOne } from '../../testing/reading.ts';

const documents = sharedData('documents');

interface FrontPage {
  readonly file: string;
  readonly published?: string;
  readonly filed?: string;
  readonly application?: string;
  readonly priorities?: string;
  readonly related?: string;
  readonly applicants: string;
  readonly inventors: string;
  /** How many patents and how much other literature. */
  readonly cited?: readonly [number, number];
  /** The first and last patents. */
  readonly patents?: string;
  readonly family?: string;
}

const FRONT_PAGES: readonly FrontPage[] = [
  {
    file: 'uspto-xml/grant_us10000000b2_14643719.xml',
    published: '2018-06-19',
    filed: '2015-03-10',
    application: 'US14643719',
    related: 'other publication US20160266243A1 2016-09-15',
    applicants: 'Raytheon Company (US)',
    inventors: 'Joseph Marron (US)',
    cited: [5, 6],
    patents:
      'US5093563A 1992-03 cited by examiner, US5751830A 1998-05 cited by applicant, US20030076485A1 2003-04 cited by applicant, US20060227317A1 2006-10 cited by examiner, WO2005080928A1 2005-09 cited by applicant',
  },
  {
    file: 'uspto-xml/docling_ipa20180000016.xml',
    published: '2018-01-04',
    filed: '2017-06-27',
    application: 'US15634401',
    priorities: 'JP2016128835 2016-06-29',
    applicants: 'NICHIA CORPORATION (JP)',
    inventors: 'Mika AMIYA (JP), Kazushige FUJIO (JP), Tomokazu SUZUKI (JP)',
  },
  {
    file: 'uspto-xml/docling_ipgD0701016.xml',
    published: '2014-03-18',
    filed: '2012-02-29',
    application: 'US29414573',
    priorities: 'EM11849560001 2009-12-10',
    related: 'division application US29363465 2010-06-09',
    applicants: 'Ludwig Rupp (AT), Rupp AG (AT)',
    inventors: 'Ludwig Rupp (AT)',
    cited: [56, 0],
    patents:
      'USD14842S 1884-03 cited by examiner, USD94174S 1934-12 cited by examiner, US2819167A 1958-01 cited by examiner, US2952394A 1960-09 cited by examiner, US2992829A 1961-07 cited by examiner, USD192941S 1962-05 cited by examiner',
  },
  {
    file: 'uspto-xml/gouspto_application_v4-5-A1.xml',
    published: '2022-05-26',
    filed: '2019-09-19',
    application: 'US17437086',
    related: 'other application WO2019IB057948 2019-09-19',
    applicants: 'Ariel Alberto Antonio Spinsanti (AR)',
    inventors: 'Ariel Alberto Antonio Spinsanti (AR)',
  },
  {
    file: 'uspto-xml/docling_ipg07997973.xml',
    published: '2011-08-16',
    filed: '2009-07-30',
    application: 'US12512730',
    related:
      'continuation application US11470250 2006-09-05, continuation publication US7585217, other publication US20090291732A1 2009-11-26',
    applicants: 'Howard W. Lutnick (US), Dean P. Alderucci (US), Geoffrey M. Gelman (US), CFPH, LLC (US)',
    inventors: 'Howard W. Lutnick (US), Dean P. Alderucci (US), Geoffrey M. Gelman (US)',
    cited: [247, 95],
    patents: 'US4446424A 1984-05 cited by other, US4531187A 1985-07 cited by other',
  },
  {
    file: 'uspto-xml/gouspto_grant_v4-5-B1.xml',
    published: '2016-06-07',
    filed: '2014-12-02',
    application: 'US14558596',
    applicants: 'Toyota Motor Engineering & Manufacturing North America, Inc. (US)',
    inventors: 'Geoffrey D. Gaither (JP)',
    cited: [24, 4],
    patents: 'US5856709A 1999-01 cited by applicant, US6409623B1 2002-06 cited by applicant',
  },
  {
    file: 'uspto-xml/ppd_US08926509.xml',
    published: '2015-01-06',
    filed: '2008-06-05',
    application: 'US12134151',
    related: 'provisional application US60968023 2007-08-24, other publication US20090054737A1 2009-02-26',
    applicants:
      'Surendar Magar (US), Venkateswara Rao Sattiraju (US), Ali Niknejad (US), Louis Yun (US), James C. Beck (US), Hmicro, Inc. (US)',
    inventors:
      'Surendar Magar (US), Venkateswara Rao Sattiraju (US), Ali Niknejad (US), Louis Yun (US), James C. Beck (US)',
    cited: [130, 30],
    patents: 'US4313443A 1982-02 cited by applicant, US4784162A 1988-11 cited by applicant',
  },
  {
    file: 'uspto-xml/docling_pa20010031492.xml',
    published: '2001-10-18',
    filed: '2000-12-01',
    application: 'US09728320',
    priorities: 'GB9811845 1998-06-02',
    // The file calls the PCT application a US one.
    related: 'continuation application WO1999GB001730 1999-06-01',
    applicants: 'Azur Environmental',
    inventors: 'Jay Lewington (GB), Katherine Isles (GB), Sandy Primrose (GB)',
  },
  {
    file: 'uspto-xml/ppd_US20010000044A1.xml',
    published: '2001-03-15',
    filed: '1999-06-29',
    application: 'US09342866',
    applicants: '',
    inventors: 'Wayne W Lin (US)',
  },
  {
    file: 'uspto-xml/docling_pg06442728.xml',
    published: '2002-08-27',
    filed: '1999-03-04',
    application: 'US09263431',
    related: 'provisional application US60115394 1999-01-11',
    applicants: 'Nortel Networks Limited (CA)',
    inventors: 'Jian Cui (CA), Bin Li (CA), Weng Tong (CA), Rui R. Wang (CA)',
    cited: [2, 8],
    patents: 'US4394642A 1983-07 cited by other, US5742612A 1998-04 cited by other',
  },
  {
    file: 'uspto-xml/gouspto_grant_v2-5-B1.xml',
    published: '2002-01-01',
    filed: '2000-04-24',
    application: 'US09529968',
    priorities: 'JP1997290033 1997-10-22, JP1998095065 1998-04-07',
    related: 'other application WO1998JP004545 1998-10-08, other publication WO1999020849A 1999-04-29',
    applicants: 'Toto Ltd. (JP)',
    inventors: 'Osamu Tokunaga (JP), Hideyuki Hasebe (JP), Sigemiti Inada (JP)',
    cited: [14, 0],
    patents: 'US3669141A 1972-06 cited by examiner, US4739523A 1988-04 cited by examiner',
  },
  {
    file: 'uspto-xml/ppd_USD435854S1.xml',
    published: '2001-01-02',
    filed: '1999-01-06',
    application: 'US29116510',
    applicants: 'Hitachi Maxell, Ltd. (JP), Sanyo Electric Co.,Ltd. (JP), Olympus Optical Co., Ltd. (JP)',
    inventors:
      'Hiroyoshi Takagi (JP), Hikaru Mizutani (JP), Kenji Ohta (JP), Noriaki Kitani (JP), Takao Enomoto (JP), Hiroshi Nakashima (JP), Yasushi Kojima (JP), Toshiyuki Toyofuku (JP)',
    cited: [10, 0],
    patents: 'USD271298 1983-11 cited by examiner, USD298251 1988-10 cited by examiner',
  },
  {
    file: 'epo-xml/application_v1-0-A1.xml',
    published: '2003-07-09',
    filed: '2001-09-05',
    application: 'EP01963450',
    priorities: 'JP2000273711 2000-09-08',
    related: 'other application WO2001JP007711 2001-09-05, other publication WO2002020444 2002-03-14',
    applicants: 'ASAHI GLASS COMPANY LTD. (JP)',
    inventors: 'Toshihiko TOHMA (JP), Akihiro WADA (JP)',
  },
  {
    file: 'epo-xml/application_v1-2-A2.xml',
    published: '2008-01-02',
    filed: '2007-06-25',
    application: 'EP07012363',
    priorities: 'DE102006031298 2006-06-29, DE102006031299 2006-06-29',
    applicants: 'SWG Schraubenwerk Gaisbach GmbH (DE)',
    inventors: 'Markus Heim (DE)',
    cited: [1, 0],
    patents: 'DE9216791 cited in the description',
  },
  {
    file: 'epo-xml/application_v1-4-A1.xml',
    published: '2009-05-06',
    filed: '2008-10-27',
    application: 'EP08018756',
    priorities: 'US20070933870 2007-11-01',
    applicants: 'Tsorng TA Enterprise Co., Ltd. (TW)',
    inventors: 'Jui-Ming Tu (TW)',
  },
  {
    file: 'epo-xml/application_v1-5-1-A1-1.xml',
    published: '2022-11-23',
    filed: '2021-01-14',
    application: 'EP21741385',
    priorities: 'US62962762 2020-01-17',
    related: 'other application WO2021US013511 2021-01-14, other publication WO2021146478 2021-07-22',
    applicants: 'Zimeno, Inc. DBA Monarch Tractor (US)',
    inventors:
      'Christopher Travis WHITNEY (US), Rama Venkata Surya Kumar VARMA BHUPATIRAJU (US), Mizbauddin MOHAMMED (US), Bhargav Ramakrishna REDDY (US)',
  },
  {
    file: 'epo-xml/application_v1-5-A1.xml',
    published: '2021-02-24',
    filed: '2018-10-29',
    application: 'EP18877305',
    priorities: 'CN201810358967 2018-04-20',
    related: 'other application WO2018CN112487 2018-10-29, other publication WO2019200885 2019-10-24',
    applicants: 'BOE TECHNOLOGY GROUP CO., LTD. (CN), Chengdu BOE Optoelectronics Technology Co., Ltd. (CN)',
    inventors: 'Yuhsiung FENG (CN), Wenbao GAO (CN), Jia ZENG (CN)',
    cited: [1, 0],
    patents: 'CN201810358967 2018-04-20 cited in the description',
  },
  {
    file: 'epo-xml/grant_v1-1-B1.xml',
    published: '2003-07-09',
    filed: '1998-09-23',
    application: 'EP98948476',
    priorities: 'US19970060410P 1997-09-30',
    related: 'other application WO1998US019910 1998-09-23, other publication WO1999016636 1999-04-08',
    applicants: 'CROWN EQUIPMENT CORPORATION (US)',
    inventors: 'Nicholas J. SHERMAN (US)',
    cited: [5, 1],
    patents: 'EP361708A, DE4434328A, DE3122720C, US4265337A, US5340202A',
  },
  {
    file: 'epo-xml/grant_v1-3-B2.xml',
    published: '2008-12-24',
    filed: '2003-04-22',
    application: 'EP03721225',
    priorities: 'SE0201225 2002-04-22, SE0203482 2002-11-21',
    related:
      'division application EP06115825 2006-06-21, division publication EP1710367 2006-06-21, division application EP06115826 2006-06-21, division publication EP1710368 2006-06-21, division application EP06115827 2006-06-21, division publication EP1719854 2006-06-21, division application EP06115829 2006-06-21, division publication EP1707705 2006-06-21, division application EP06115830 2006-06-21, division publication EP1705309 2006-06-21, other application WO2003SE000641 2003-04-22, other publication WO2003089736 2003-10-30',
    applicants: 'Välinge Innovation AB (SE)',
    inventors: 'Darko PERVAN (SE)',
    cited: [20, 0],
    patents: 'WO2000020705A1, WO2000066856A1, WO1997047834A1',
  },
  {
    file: 'epo-xml/grant_v1-5-1-B1.xml',
    published: '2021-07-07',
    filed: '2016-08-29',
    application: 'EP16849316',
    priorities: 'US14865040 2015-09-25',
    related: 'other application WO2016US049186 2016-08-29, other publication WO2017053015 2017-03-30',
    applicants: 'ELC Management LLC (US)',
    inventors: 'Christophe JACOB (FR), Herve BOUIX (US)',
    cited: [8, 0],
    patents:
      'WO2014114885A1, CN202128028U, FR2973005A1, US20070204872A1, US20120279876A1, US6382450B1, US20070204872A1 cited in the description, FR2973005A1 cited in the description',
  },
  {
    file: 'epo-xml/grant_v1-5-B2.xml',
    published: '2021-05-05',
    filed: '2013-10-17',
    application: 'EP13189031',
    priorities: 'DE102012223402 2012-12-17',
    applicants: 'Krones AG (DE)',
    inventors: 'Georg Gertlowski (DE), Frank Winzinger (DE)',
    cited: [6, 0],
    patents:
      'WO2011091011A1, DE102009041527A1, DE102010044244A1, US20040003741A1, US20060029740A1, DE102009041527A1 cited in the description',
  },
  {
    file: 'epo-ops/biblio_example.xml',
    published: '2006-06-29',
    filed: '2004-12-28',
    application: 'US20040023667',
    priorities: 'US20040023667 2004-12-28',
    applicants: 'ST. JUDE MEDICAL, ATRIAL FIBRILLATION DIVISION, INC',
    inventors: 'BEDNAREK MICHAEL C (US), WILKOWSKE ERIC J (US), STEHR RICHARD E (US), BUTLER WILLIAM E (US)',
    cited: [99, 0],
    patents: 'US5277199A 1994-01-11 cited by examiner, US5281217A 1994-01-25 cited by examiner',
    family: 'docdb:35840242',
  },
  { file: 'epo-ops/ep1000000_abstract_result.xml', published: '2000-05-17', applicants: '', inventors: '' },
  { file: 'epo-ops/claims_example.xml', applicants: '', inventors: '' },
  {
    file: 'wipo-st36-st96/03-96-vii-example-instances__PatentPublication_Example.xml',
    published: '2015-01-20',
    filed: '2013-03-12',
    application: 'US13797521',
    priorities: 'JP2007290922 2007-11-08',
    related:
      'division application US12741916, division application WO2008JP068544 2008-10-14, other publication US20130213561A1 2013-08-22',
    applicants:
      'Jun Utsumi, Takayuki Goto, Kensuke Ide, Hideki Takagi, Masahiro Funayama, Mitsubishi Heavy Industries, Ltd., National Institute of Advanced Industrial Science and Technology',
    inventors: 'Jun Utsumi, Takayuki Goto, Kensuke Ide, Hideki Takagi, Masahiro Funayama',
    cited: [17, 13],
    patents: 'US6054363A 2000-04 cited by applicant, US6639249B2 2003-10 cited by applicant',
  },
  {
    file: 'wipo-st36-st96/examples__cn_new1.xml',
    published: '2021-12-10',
    filed: '2017-04-24',
    application: 'CN202111286633',
    priorities: 'KR1020160063019 2016-05-23',
    related: 'division application CN201710269973 2017-04-24',
    applicants: '三星显示有限公司 (KR)',
    inventors: '金驲柱, 田武经, 李安洙',
  },
  {
    file: 'wipo-st36-st96/examples__cn_old1.xml',
    published: '2014-12-24',
    filed: '2014-08-19',
    application: 'CN201410408762',
    applicants: '云南中烟工业有限责任公司',
    inventors: '段焰青, 者为, 李青青, 叶灵, 张伟, 夏建军, 党立志, 王文元',
  },
  {
    file: 'wipo-st36-st96/examples__jp_example1.xml',
    published: '2021-03-18',
    filed: '2019-09-11',
    application: 'JP2019165329',
    applicants: '株式会社ディスコ',
    inventors:
      '原田 成規, 松澤 稔, 木内 逸人, 淀 良彰, 荒川 太朗, 上里 昌充, 河村 慧美子, 藤井 祐介, 宮井 俊輝, 大前 巻子',
    cited: [2, 0],
    patents: 'JP6151557 cited in the description, JP3076179 cited in the description',
  },
  {
    file: 'wipo-st36-st96/examples__us_example1.xml',
    published: '2021-02-18',
    filed: '2018-04-13',
    application: 'US17043275',
    related: 'other application WO2018JP015561 2018-04-13',
    applicants: 'NEC Corporation (JP)',
    inventors: 'Toshinori HOSOI (JP), Ryo KAWAI (JP)',
  },
  {
    file: 'wipo-st36-st96/st36_wipo_examples__st36aexample__DOC00001.xml',
    published: '2006-06-07',
    filed: '2005-08-11',
    application: 'EP05255002',
    priorities: 'JP2004351438 2004-12-03',
    applicants: 'Wedg Co. Ltd (JP)',
    inventors: 'Naoki Yoshida (JP), Hiroyuki Kasahara (JP)',
  },
];

const people = (list: readonly Person[]): string =>
  list.map(({ name, country }) => (country ? `${name} (${country})` : name)).join(', ');
const dated = ({ id, date }: DocumentNumber): string => (date ? `${id} ${date}` : id);

function frontPage({ bibliography }: Patent, file: string, patents: string): FrontPage {
  const { publicationDate, filingDate, application, priorities, related, citations, family } = bibliography;
  const cited = citations.flatMap((citation) =>
    citation.kind === 'patent'
      ? [[dated(citation.document), citation.category].filter(Boolean).join(' ')]
      : [],
  );
  return {
    file,
    ...(publicationDate ? { published: publicationDate } : {}),
    ...(filingDate ? { filed: filingDate } : {}),
    ...(application ? { application: application.id } : {}),
    ...(priorities.length > 0 ? { priorities: priorities.map(dated).join(', ') } : {}),
    ...(related.length > 0
      ? {
          related: related
            .map(
              ({ relation, document }) =>
                `${relation} ${document.application ? 'application' : 'publication'} ${dated(document)}`,
            )
            .join(', '),
        }
      : {}),
    applicants: people(bibliography.applicants),
    inventors: people(bibliography.inventors),
    ...(citations.length > 0 ? { cited: [cited.length, citations.length - cited.length] } : {}),
    ...(citations.length > 0 ? { patents: cited.slice(0, patents.split(', ').length).join(', ') } : {}),
    ...(family.id ? { family: family.id } : {}),
  };
}

describe.skipIf(documents === undefined)('front pages of real documents', { timeout: 30_000 }, () => {
  it.each(FRONT_PAGES)('$file', (expected) => {
    const { name, text } = readNamed(`${documents ?? ''}/${expected.file}`);
    const patent = readOne(text, name);
    expect(frontPage(patent, expected.file, expected.patents ?? '')).toEqual(expected);
    expect(patent.gaps.filter(({ message }) => message.includes('could not be read:'))).toEqual([]);
  });

  it('reads the claims of a specification in three languages', () => {
    const { name, text } = readNamed(`${documents ?? ''}/epo-xml/grant_v1-5-1-B1.xml`);
    const { language, claims, translations } = readOne(text, name);
    expect([language, ...translations.map((translation) => translation.language)]).toEqual([
      'en',
      'de',
      'fr',
    ]);
    const dependencies = claims.map(({ dependsOn }) => dependsOn);
    for (const translation of translations) {
      expect(translation.claims.map(({ dependsOn }) => dependsOn)).toEqual(dependencies);
      for (const { text: claim, span } of translation.claims) {
        expect(text.slice(span.start, span.end)).toContain(claim.slice(0, 20));
      }
    }
    expect(translations.map(({ title }) => title?.text)).toEqual([
      'SCHRAUBVERSCHLUSSSYSTEME MIT MAGNETISCHEM MERKMAL',
      'SYSTÈMES DE FERMETURE DE TYPE À VIS COMPRENANT DES ÉLÉMENTS MAGNÉTIQUES',
    ]);
  });

  /** First numbers and headings, how many paragraphs have neither, and the last number. */
  it.each([
    ['uspto-xml/grant_us10000000b2_14643719.xml', '# 0001 # 0002 0003', 0, '0030'],
    ['uspto-xml/docling_pa20010031492.xml', '0001 0002 0003 0004 0005', 0, '0074'],
    ['uspto-xml/ppd_US20010000044A1.xml', '# 1 # 2 3', 0, '41'],
    ['uspto-xml/docling_pg06442728.xml', '# 00002 # 00003 #', 0, '00064'],
    ['epo-xml/grant_v1-5-B2.xml', '0001 # 0002 0003 #', 0, '0042'],
    ['epo-ops/description_example.xml', '0001 0002 0003 0004 0005', 0, '0022'],
    [
      'wipo-st36-st96/03-96-vii-example-instances__PatentPublication_Example.xml',
      '0001 # 0002 # 0003',
      0,
      '0070',
    ],
    // The title stands above the description.
    ['wipo-st36-st96/examples__cn_new1.xml', '- #0001 0002 # 0003', 1, '0205'],
    ['wipo-st36-st96/examples__cn_old1.xml', '- #0001 0002 #0003 0004', 1, '0044'],
    ['wipo-st36-st96/examples__jp_example1.xml', '0001 0002 0003 0004 0005', 0, '0081'],
  ])('numbers the paragraphs of %s', (file, first, neither, last) => {
    const { name, text } = readNamed(`${documents ?? ''}/${file}`);
    const { description } = readOne(text, name);
    const marks = description.map(({ number = '', heading }) => (heading ? '#' : '') + number || '-');
    expect(marks.slice(0, 5).join(' ')).toBe(first);
    expect(marks.filter((mark) => mark === '-')).toHaveLength(neither);
    expect(description.findLast(({ number }) => number)?.number).toBe(last);
  });
});
