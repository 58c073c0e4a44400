/** Turns the fields of a corpus record into a patent, the same way for every file format that has fields. */
import type { MappedText } from '../../text/offset-map.ts';
import { NO_BIBLIOGRAPHY } from '../bibliography.ts';
import type { ClaimText } from '../claims.ts';
import { assembleClaims } from '../claims.ts';
import { recordMalformed } from '../errors.ts';
import type { GapCollector } from '../gaps.ts';
import type { Claim, CorpusFields, Format, Patent } from '../model.ts';
import { toPassage } from '../passages.ts';
import { UNKNOWN_OFFICE, fileStem, parsePublicationNumber } from '../publication-number.ts';
import type { DocumentText, ReadingContext } from '../reader.ts';

/** A claim whose dependencies the record may state itself. */
export interface RecordClaim extends ClaimText {
  readonly dependsOn?: readonly number[];
}

export interface RecordTexts {
  readonly id?: string;
  readonly title?: MappedText;
  readonly abstract?: MappedText;
  readonly claims: readonly RecordClaim[];
  readonly description: readonly MappedText[];
}

/** Throws `record-malformed` for a record without any text. */
export function recordPatent(
  format: Format,
  texts: RecordTexts,
  record: CorpusFields,
  gaps: GapCollector,
  document: DocumentText,
  context: ReadingContext,
): Patent {
  const title = texts.title && toPassage(texts.title);
  const abstract = texts.abstract && toPassage(texts.abstract);
  const claims = withStatedDependencies(assembleClaims(texts.claims, gaps), texts.claims);
  const description = texts.description.flatMap((text) => toPassage(text) ?? []);
  if (!title && !abstract && claims.length === 0 && description.length === 0) {
    throw recordMalformed(
      context.file,
      document.start,
      'The record has no text: title, abstract, claims and description are all missing or empty.',
    );
  }
  if (texts.id === undefined) gaps.state('The record has no id; it is named after its file and place.');
  const id = texts.id ?? `${fileStem(context.file)}#${document.index + 1}`;
  const number = texts.id === undefined ? undefined : parsePublicationNumber(texts.id);
  return {
    id,
    office: number?.office ?? UNKNOWN_OFFICE,
    format,
    source: {
      file: context.file,
      index: document.index,
      span: { start: document.start.offset, end: document.start.offset + document.text.length },
    },
    kind: number?.kind,
    title,
    abstract,
    claims,
    description,
    classifications: [],
    bibliography: NO_BIBLIOGRAPHY,
    translations: [],
    gaps: gaps.list(),
    record,
  };
}

function withStatedDependencies(claims: readonly Claim[], stated: readonly RecordClaim[]): Claim[] {
  const byNumber = new Map(stated.map(({ number, dependsOn }) => [number, dependsOn]));
  return claims.map((claim) => ({ ...claim, dependsOn: byNumber.get(claim.number) ?? claim.dependsOn }));
}
