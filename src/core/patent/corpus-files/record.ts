/** Turns the fields of a corpus record into a patent, the same way for every file format that has fields. */
import type { MappedText } from '../../text/offset-map.ts';
import type { Bibliography } from '../bibliography.ts';
import { NO_BIBLIOGRAPHY } from '../bibliography.ts';
import type { ClaimText } from '../claims.ts';
import { assembleClaims } from '../claims.ts';
import { recordMalformed } from '../errors.ts';
import type { GapCollector } from '../gaps.ts';
import type {
  Claim,
  Classification,
  CorpusFields,
  Format,
  Paragraph,
  Patent,
  Translation,
} from '../model.ts';
import { toPassage } from '../passages.ts';
import { UNKNOWN_OFFICE, fileStem, parsePublicationNumber } from '../publication-number.ts';
import type { DocumentText, ReadingContext } from '../reader.ts';

/** A claim whose dependencies the record may state itself. */
export interface RecordClaim extends ClaimText {
  readonly dependsOn?: readonly number[];
}

export interface RecordParagraph {
  readonly text: MappedText;
  readonly number?: string;
  readonly heading?: true;
}

export interface RecordTexts {
  readonly title?: MappedText;
  readonly abstract?: MappedText;
  readonly claims: readonly RecordClaim[];
  readonly description: readonly RecordParagraph[];
}

export interface RecordTranslation extends RecordTexts {
  readonly language: string;
}

/** What a record states of the document beside its text; what it leaves out is taken from its number. */
export interface RecordFacts {
  readonly id?: string;
  readonly office?: string;
  readonly kind?: string;
  readonly language?: string;
  readonly classifications?: readonly Classification[];
  readonly bibliography?: Bibliography;
  readonly translations?: readonly RecordTranslation[];
}

/** Throws `record-malformed` for a record without any text. */
export function recordPatent(
  format: Format,
  facts: RecordFacts,
  texts: RecordTexts,
  record: CorpusFields,
  gaps: GapCollector,
  document: DocumentText,
  context: ReadingContext,
): Patent {
  const sections = sectionsOf(texts, gaps);
  const { title, abstract, claims, description } = sections;
  if (!title && !abstract && claims.length === 0 && description.length === 0) {
    throw recordMalformed(
      context.file,
      document.start,
      'The record has no text: title, abstract, claims and description are all missing or empty.',
    );
  }
  const translations = (facts.translations ?? []).map((translation): Translation => {
    return { language: translation.language, ...sectionsOf(translation, gaps) };
  });
  if (facts.id === undefined) gaps.state('The record has no id; it is named after its file and place.');
  const id = facts.id ?? `${fileStem(context.file)}#${document.index + 1}`;
  const number = facts.id === undefined ? undefined : parsePublicationNumber(facts.id);
  return {
    id,
    office: facts.office ?? number?.office ?? UNKNOWN_OFFICE,
    format,
    source: {
      file: context.file,
      index: document.index,
      span: { start: document.start.offset, end: document.start.offset + document.text.length },
    },
    kind: facts.kind ?? number?.kind,
    language: facts.language,
    title,
    abstract,
    claims,
    description,
    classifications: facts.classifications ?? [],
    bibliography: facts.bibliography ?? NO_BIBLIOGRAPHY,
    translations,
    gaps: gaps.list(),
    record,
  };
}

function sectionsOf(
  texts: RecordTexts,
  gaps: GapCollector,
): Pick<Patent, 'title' | 'abstract' | 'claims' | 'description'> {
  return {
    title: texts.title && toPassage(texts.title),
    abstract: texts.abstract && toPassage(texts.abstract),
    claims: withStatedDependencies(assembleClaims(texts.claims, gaps), texts.claims),
    description: texts.description.flatMap(toParagraph),
  };
}

function toParagraph({ text, number, heading }: RecordParagraph): Paragraph[] {
  const passage = toPassage(text);
  if (passage === undefined) return [];
  return [{ ...passage, ...(number === undefined ? {} : { number }), ...(heading ? { heading } : {}) }];
}

function withStatedDependencies(claims: readonly Claim[], stated: readonly RecordClaim[]): Claim[] {
  const byNumber = new Map(stated.map(({ number, dependsOn }) => [number, dependsOn]));
  return claims.map((claim) => ({ ...claim, dependsOn: byNumber.get(claim.number) ?? claim.dependsOn }));
}
