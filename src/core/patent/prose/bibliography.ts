/**
 * The bibliography of a prose document: from INID codes where the front page has them, otherwise from the heading of an
 * old patent (`JOHN DOE, OF BOSTON … Patented May 1, 1888`).
 */
import type {
  Bibliography,
  Citation,
  DocumentNumber,
  Person,
  RelatedDocument,
  Relation,
} from '../bibliography.ts';
import { NO_BIBLIOGRAPHY, earliestPriority } from '../bibliography.ts';
import { ClassificationList, parseIpcCode } from '../classification-codes.ts';
import type { Classification } from '../model.ts';
import { normalApplication } from '../identity-applications.ts';
import { normalPublication } from '../identity.ts';
import { findDate, findMonth } from './dates.ts';
import type { InidField } from './inid.ts';
import { inidFields, linesOf, valueOf } from './inid.ts';
import { capitalised, people } from './people.ts';

/** The lines of the front page, and those that were taken off the pages (running heads, drawing sheets). */
export interface FrontPage {
  readonly lines: readonly string[];
  readonly asides: readonly string[];
  /** Publishing office, where the number says it. */
  readonly office: string | undefined;
}

export function readBibliography(front: FrontPage): Bibliography {
  const fields = inidFields(front.lines);
  const coded = fields.length >= FEWEST_FIELDS ? codedBibliography(fields, front.office) : NO_BIBLIOGRAPHY;
  const old = oldBibliography(front);
  const publicationDate = coded.publicationDate ?? old.publicationDate;
  const filingDate = coded.filingDate ?? old.filingDate;
  return {
    ...coded,
    ...(publicationDate === undefined ? {} : { publicationDate }),
    ...(filingDate === undefined ? {} : { filingDate }),
    ...(coded.application === undefined && old.application ? { application: old.application } : {}),
    inventors: coded.inventors.length > 0 ? coded.inventors : old.inventors,
  };
}

const FEWEST_FIELDS = 2;

function codedBibliography(fields: readonly InidField[], office: string | undefined): Bibliography {
  const publicationDate =
    findDate(valueOf(fields, '45') ?? '') ?? findDate(valueOf(fields, '43', '42', '44') ?? '');
  const filingDate = findDate(valueOf(fields, '22') ?? '');
  const application = applicationOf(valueOf(fields, '21'), office, filingDate);
  const named = (...codes: string[]): Person[] => codes.flatMap((code) => people(linesOf(fields, code)));
  const applicants = named('71');
  const inventors = people(linesOf(fields, '72'), office === 'EP');
  const claimed = priorities(fields);
  return {
    ...(publicationDate === undefined ? {} : { publicationDate }),
    ...(filingDate === undefined ? {} : { filingDate }),
    ...(application === undefined ? {} : { application }),
    priorities: claimed,
    ...earliestPriority(claimed),
    related: related(fields),
    // Where the office names no applicant the owner stands for it.
    applicants: applicants.length > 0 ? applicants : named('73'),
    inventors: inventors.length > 0 ? inventors : named('75', '76'),
    citations: linesOf(fields, '56')
      .flatMap((line) => line.split(/\s{2,}(?=[A-Z]{2}-)/))
      .flatMap(citation),
    family: { members: [] },
  };
}

/** `786,197`, `15/123,456`, `12345678.9`, `PCT/US2014/012345` */
function applicationOf(
  text: string | undefined,
  office: string | undefined,
  date: string | undefined,
): DocumentNumber | undefined {
  const international = /PCT\/?\s?[A-Z]{2}\s?\d{2,4}\/\d{5,6}/.exec(text ?? '');
  if (international !== null)
    return normalApplication({ office: 'WO', number: international[0] }, date, 'other');
  const digits = /\d[\d,/. ]{3,14}\d/.exec(text ?? '')?.[0];
  if (digits === undefined || office === undefined) return undefined;
  return normalApplication({ office, number: digits }, date, 'other');
}

const COUNTRY = /(?<![\p{L}\d])\(?([A-Z]{2})\)?(?![\p{L}])/u;

/** WIPO writes the number before the date, others behind the country. */
const LEADING_NUMBER = /^\s*(\d[\d,/-]{3,14}\d)\s+(?=\d{1,2} \p{L})/u;
const LAST_NUMBER = /(?:PCT\/[A-Z]{2}\d{2,4}\/\d{5,6}|\d[\d,/-]{3,14}\d(?:\.\d)?)(?=\D*$)/;

/** `(30) Jan. 5, 2010 (JP) ... 2010-000123`, `12.03.2010 US 313456 P`; or number, date, country in (31) to (33). */
function priorities(fields: readonly InidField[]): DocumentNumber[] {
  const lines = linesOf(fields, '30');
  const [number, date, country] = ['31', '32', '33'].map((code) => valueOf(fields, code));
  if (number !== undefined && country !== undefined)
    lines.push(`${date ?? ''} (${country.slice(0, 2)}) ${number}`);
  return lines.flatMap((line) => {
    const day = findDate(line);
    const state = COUNTRY.exec(line)?.[1];
    const written = LEADING_NUMBER.exec(line)?.[1] ?? LAST_NUMBER.exec(line)?.[0];
    if (state === undefined || written === undefined || written === day) return [];
    return normalApplication({ office: state, number: written }, day, 'other') ?? [];
  });
}

const RELATIONS: readonly (readonly [RegExp, Relation])[] = [
  [/continuation-in-part/i, 'continuation-in-part'],
  [/continuation/i, 'continuation'],
  [/division/i, 'division'],
  [/reissue/i, 'reissue'],
  [/provisional/i, 'provisional'],
];

function related(fields: readonly InidField[]): RelatedDocument[] {
  return fields.flatMap(({ code, lines }): RelatedDocument[] => {
    if (!['60', '61', '62', '63', '64'].includes(code)) return [];
    const text = lines.map((line) => line.trim()).join(' ');
    return text.split(/;|(?<=\d)\.\s(?=[A-Z])|,\s(?=which is an?\b)/).flatMap((part) => {
      const patent = /(?:Pat(?:ent)?\.?\s*No\.?|now)\s*((?:RE|D)?\d{1,2},\d{3}(?:,\d{3})?)/.exec(part)?.[1];
      const applied = /(?:application|appl\.?|Ser\.)\s*(?:Ser\.\s*)?No\.?\s*([\d/,]{5,12}\d)/i.exec(
        part,
      )?.[1];
      const number = patent ?? applied;
      if (number === undefined) return [];
      const relation =
        RELATIONS.find(([pattern]) => pattern.test(part))?.[1] ??
        (code === '60' ? 'provisional' : code === '62' ? 'division' : code === '64' ? 'reissue' : 'other');
      const document =
        patent === undefined
          ? normalApplication({ office: 'US', number }, findDate(part), 'other')
          : normalPublication({ office: 'US', number });
      return document === undefined ? [] : [{ relation, document }];
    });
  });
}

/** A line of the list of cited documents: `5,123,456 A * 6/1992 Doe`, `EP 1234567 A1 1/2001`, `D1: WO-A-99/12345`. */
function citation(line: string): Citation[] {
  const text = line.trim();
  const category = /\*/.test(text) ? { category: 'cited by examiner' } : {};
  const american = /^((?:RE|D|PP)?\d{1,2},\d{3}(?:,\d{3})?|\d{4}\/\d{7})\s*([A-Z]\d?)?(?=[\s*])/.exec(text);
  const foreign = /^([A-Z]{2})[- ](?:([A-Z]\d?)[- ])?([\d/ -]{5,14}\d)\s*([A-Z]\d?)?(?![\p{L}\d])/u.exec(
    text,
  );
  const date = findMonth(text) ?? findDate(text);
  const parts =
    american !== null
      ? { office: 'US', number: american[1] ?? '', kind: american[2] }
      : foreign !== null
        ? { office: foreign[1] ?? '', number: foreign[3] ?? '', kind: foreign[4] ?? foreign[2] }
        : undefined;
  const document =
    parts &&
    normalPublication(
      {
        office: parts.office,
        number: parts.number,
        ...(parts.kind === undefined ? {} : { kind: parts.kind }),
      },
      date,
    );
  if (document !== undefined) return [{ kind: 'patent', document, ...category }];
  return /[""“]|\bpp?\.|\bvol\.|et al/i.test(text) && text.length > 20
    ? [{ kind: 'other', text, ...category }]
    : [];
}

/** Classes of (51) and (52), however many stand on a line. */
export function codedClassifications(lines: readonly string[]): readonly Classification[] {
  const fields = inidFields(lines);
  const list = new ClassificationList();
  if (fields.length < FEWEST_FIELDS) return [];
  for (const { code, lines: written } of fields) {
    if (code !== '51' && code !== '52') continue;
    let scheme: 'IPC' | 'CPC' | 'USPC' = code === '51' ? 'IPC' : 'USPC';
    for (const line of written) {
      if (/\bCPC\b/.test(line)) scheme = 'CPC';
      else if (/\bU\.?\s?S\.?\s*C/.test(line)) scheme = 'USPC';
      if (scheme === 'USPC') {
        for (const [symbol] of line.matchAll(/(?<![\d/.])D?\d{1,3}\/\d{1,3}(?:\.\d{1,3})?[A-Z]?(?![\d/])/g))
          list.add('USPC', symbol);
      } else {
        for (const [symbol] of line.matchAll(/[A-HY]\s?[\dO]{2}\s?[A-Z]\s*\d{1,4}\/\d{2,6}/g)) {
          // Recognition takes the zero of a class for a letter: `HO4N 9/44`.
          list.add(
            scheme,
            parseIpcCode(
              symbol.replace(
                /^([A-HY]\s?)([\dO]{2})/,
                (_, section: string, digits: string) => section + digits.replaceAll('O', '0'),
              ),
            ),
          );
        }
      }
    }
  }
  return list.list();
}

export function codedLanguage(lines: readonly string[]): string | undefined {
  const stated = valueOf(inidFields(lines), '26', '25')?.toLowerCase() ?? '';
  const name = Object.keys(LANGUAGES).find((language) => stated.startsWith(language));
  return name === undefined ? undefined : LANGUAGES[name];
}

const LANGUAGES: Readonly<Record<string, string>> = {
  english: 'en',
  en: 'en',
  german: 'de',
  deutsch: 'de',
  de: 'de',
  french: 'fr',
  français: 'fr',
  fr: 'fr',
  japanese: 'ja',
  chinese: 'zh',
  korean: 'ko',
  spanish: 'es',
};

/** `NIKOLA TESLA, OF NEW YORK, N. Y., ASSIGNOR OF …` */
const OLD_INVENTORS =
  /^\s*((?:\p{Lu}[\p{Lu}.'’]*\s+){1,4}\p{Lu}[\p{Lu}.'’]+(?:,? AND (?:\p{Lu}[\p{Lu}.'’]*\s+){1,4}\p{Lu}[\p{Lu}.'’]+)?), OF [\p{Lu}]/u;

function oldBibliography({ lines, asides }: FrontPage): Bibliography {
  const all = [...asides, ...lines];
  const publicationDate = mostFrequent(
    all.flatMap((line) => {
      const [, behind] = /\b(?:patented|dated)\b(.{0,40})/i.exec(line) ?? [];
      return behind === undefined ? [] : (findDate(behind) ?? []);
    }),
  );
  const text = lines.map((line) => line.trim()).join(' ');
  const filed = /application .{0,3}led(.{0,40})/i.exec(text)?.[1];
  const found = filed === undefined ? undefined : findDate(filed);
  const filingDate = isPlausible(found, publicationDate) ? found : undefined;
  const serial = /\bSerial N[o0]\.\s?([\d,.]{3,9}\d)/i.exec(text)?.[1];
  const application =
    serial === undefined
      ? undefined
      : normalApplication({ office: 'US', number: serial }, filingDate, 'other');
  // Lines below name the assignees, with their places as well.
  const named = lines.map((line) => OLD_INVENTORS.exec(line)?.[1]).find((names) => names !== undefined);
  const names = named?.split(/,? AND /) ?? [];
  return {
    ...NO_BIBLIOGRAPHY,
    ...(publicationDate === undefined ? {} : { publicationDate }),
    ...(filingDate === undefined ? {} : { filingDate }),
    ...(application === undefined ? {} : { application }),
    inventors: names.map((name) => ({ name: capitalised(name.trim()) })),
  };
}

/** A misread year puts the application long before the patent, or behind it. */
function isPlausible(filed: string | undefined, published: string | undefined): boolean {
  if (filed === undefined || published === undefined) return filed !== undefined;
  return (
    filed <= published && Number(published.slice(0, 4)) - Number(filed.slice(0, 4)) <= LONGEST_PROCEEDING
  );
}

/** Years from application to patent; a few took longer. [ours] */
const LONGEST_PROCEEDING = 20;

function mostFrequent(values: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}

/** How often a number is printed on the pages of an old patent, by the number; damaged ones are left out. */
export function printedNumbers({ lines, asides }: FrontPage): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (written: string | undefined): void => {
    const digits = written?.replace(/[~_'‘’\s]/g, '');
    const number = /^(\d{1,3})[.,](\d{3})(?:[.,](\d{3}))?[.,]?$/.exec(digits ?? '');
    if (number === null || digits === undefined) return;
    const plain = digits.replace(/\D/g, '');
    counts.set(plain, (counts.get(plain) ?? 0) + 1);
  };
  for (const line of lines)
    count(/(?:letters patent|^\W{0,3})\s*n[o0]\.?\s*([\d.,~_'‘’]{5,14})/i.exec(line)?.[1]);
  for (const line of asides) {
    count(
      /n[o0]\.\s*([\d.,~_'‘’]{5,14})/i.exec(line)?.[1] ??
        /(?<![\d.,])\d{1,3}[.,]\d{3}(?:[.,]\d{3})?(?!\d)/.exec(line)?.[0],
    );
  }
  return counts;
}
