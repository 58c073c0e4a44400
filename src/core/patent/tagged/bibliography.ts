/** What the groups of a Green Book document say about numbers, dates, people, citations and the family. */
import type { Bibliography, Citation, Person, RelatedDocument, Relation } from '../bibliography.ts';
import { earliestPriority } from '../bibliography.ts';
import { isoDate } from '../dates.ts';
import { normalApplication } from '../identity-applications.ts';
import { normalPublication, parsePublication } from '../identity.ts';
import { decoded } from './dot-codes.ts';
import type { TaggedGroup } from './fields.ts';
import { fieldOf, valueOf } from './fields.ts';
import { applicationNumber, countryCode } from './number.ts';

/** Codes of `RLAP`; those of the eighties and nineties count reissues and other steps besides. */
const RELATIONS: Readonly<Record<string, Relation>> = {
  '71': 'continuation',
  '72': 'continuation-in-part',
  '74': 'division',
  '81': 'continuation',
  '82': 'continuation-in-part',
  '84': 'division',
  '86': 'reissue',
};

export function readBibliography(groups: readonly TaggedGroup[], text: string): Bibliography {
  const named = (tag: string): TaggedGroup[] => groups.filter((group) => group.tag === tag);
  const value = (group: TaggedGroup | undefined, tag: string): string | undefined =>
    valueOf(fieldOf(group, tag), text);
  const [head] = named('PATN');
  const publicationDate = isoDate(value(head, 'ISD') ?? '');
  const filingDate = isoDate(value(head, 'APD') ?? '');
  const applied = value(head, 'APN');
  const number = applied === undefined ? undefined : applicationNumber(applied, value(head, 'SRC'));
  const application =
    number === undefined ? undefined : normalApplication({ office: 'US', number }, filingDate, 'other');
  const related = [...named('REIS'), ...named('RLAP'), ...named('PCTA')];
  const statement = named('PARN')
    .flatMap(({ fields }) => fields.map((field) => valueOf(field, text) ?? ''))
    .join(' ');
  const priorities = named('PRIR').flatMap((group) => {
    const country = countryCode(value(group, 'CNT'));
    const applicationOf = value(group, 'APN');
    if (country === undefined || applicationOf === undefined) return [];
    const date = isoDate(value(group, 'APD') ?? '');
    return normalApplication({ office: country, number: applicationOf }, date, 'other') ?? [];
  });
  return {
    ...(publicationDate === undefined ? {} : { publicationDate }),
    ...(filingDate === undefined ? {} : { filingDate }),
    ...(application === undefined ? {} : { application }),
    priorities,
    ...earliestPriority(priorities),
    related: related.flatMap((group) => relatedDocument(group, statement, text)),
    applicants: named('ASSG').flatMap((group) => person(group, text)),
    inventors: named('INVT').flatMap((group) => person(group, text)),
    citations: [
      ...[...named('UREF'), ...named('FREF')].flatMap((group) => citedPatent(group, text)),
      ...named('OREF').flatMap(({ fields }) =>
        fields.flatMap((field): Citation[] => {
          const cited = valueOf(field, text);
          return cited === undefined ? [] : [{ kind: 'other', text: decoded(cited) }];
        }),
      ),
    ],
    family: { members: [] },
  };
}

/** `Daniels; Everette E.` → `Everette E. Daniels`. The code of a country has a letter behind it; none means the US. */
function person(group: TaggedGroup, text: string): Person[] {
  const written = valueOf(fieldOf(group, 'NAM'), text);
  if (written === undefined) return [];
  const [last = '', ...first] = decoded(written).split(/\s*;\s*/);
  const name = [...first, last].filter((part) => part !== '').join(' ');
  const abroad = countryCode(valueOf(fieldOf(group, 'CNT'), text));
  const country = abroad ?? (fieldOf(group, 'STA') === undefined ? undefined : 'US');
  return name === '' ? [] : [{ name, ...(country === undefined ? {} : { country }) }];
}

function citedPatent(group: TaggedGroup, text: string): Citation[] {
  const value = (tag: string): string | undefined => valueOf(fieldOf(group, tag), text);
  const number = value('PNO');
  if (number === undefined) return [];
  const country = group.tag === 'UREF' ? 'US' : countryCode(value('CNT'));
  if (country === undefined) return [{ kind: 'other', text: decoded(number) }];
  const document = normalPublication({ office: country, number }, isoDate(value('ISD') ?? ''));
  return document === undefined ? [{ kind: 'other', text: decoded(number) }] : [{ kind: 'patent', document }];
}

/** The parent by the number of its patent, which tells it apart best; otherwise by its application. */
function relatedDocument(group: TaggedGroup, statement: string, text: string): RelatedDocument[] {
  const value = (tag: string): string | undefined => valueOf(fieldOf(group, tag), text);
  if (group.tag === 'PCTA') {
    const published = parsePublication(value('PCP') ?? '', isoDate(value('PCD') ?? ''));
    return published === undefined ? [] : [{ relation: 'other', document: published }];
  }
  const relation = group.tag === 'REIS' ? 'reissue' : (RELATIONS[value('COD')?.trim() ?? ''] ?? 'other');
  const patent = value('PNO');
  if (patent !== undefined) {
    const document = normalPublication({ office: 'US', number: patent }, isoDate(value('ISD') ?? ''));
    return document === undefined ? [] : [{ relation, document }];
  }
  const applied = value('APN');
  if (applied === undefined) return [];
  const digits = applied.replace(/\D/g, '').slice(0, 6);
  const number = applicationNumber(digits, value('SRC') ?? seriesOf(digits, statement));
  const document =
    number === undefined
      ? undefined
      : normalApplication({ office: 'US', number }, isoDate(value('APD') ?? ''), 'other');
  return document === undefined ? [] : [{ relation, document }];
}

/** The series code of an application as the related-applications statement writes it: `07/900,302`. */
function seriesOf(digits: string, statement: string): string | undefined {
  const written = `${digits.slice(0, -3)},${digits.slice(-3)}`;
  const at = statement.indexOf(`/${written}`);
  return at < 0 ? undefined : /\d{2}$/.exec(statement.slice(0, at))?.[0];
}
