/**
 * One patent document, whatever office and format it came from. Every text keeps a map into the source so that a
 * finding in the cleaned text can be shown where it stands in the file.
 */
import type { OffsetMap } from '../text/offset-map.ts';
import type { Span } from '../text/span.ts';
import type { Bibliography, SectionCertainty } from './bibliography.ts';

/** WIPO ST.3 code of the publishing office; `XX` where the document does not say. */
export type Office = string;

export const SECTIONS = ['title', 'abstract', 'claims', 'description'] as const;
export type Section = (typeof SECTIONS)[number];

/** File formats a reader exists for. */
export const FORMATS = [
  'us-xml',
  'us-st32',
  'us-2001',
  'epo-xml',
  'epo-ops',
  'st36',
  'st96',
  'cnipa-xml',
  'greenbook',
  'text',
  'markdown',
  'pdf',
  'jsonl',
  'csv',
  'xlsx',
  'parquet',
] as const;
export type Format = (typeof FORMATS)[number];

/** A stretch of cleaned text; `span` covers it in the source, `map` maps inside it. */
export interface Passage {
  readonly text: string;
  readonly span: Span;
  readonly map: OffsetMap;
}

export interface Paragraph extends Passage {
  /** As the document numbers it: `0042`, without brackets. */
  readonly number?: string;
  readonly heading?: true;
}

export interface Claim extends Passage {
  /** The number printed before the claim; claims count from 1. */
  readonly number: number;
  /** Numbers of the claims this one refers to, ascending; empty for an independent claim. */
  readonly dependsOn: readonly number[];
}

export type ClassificationScheme = 'IPC' | 'CPC' | 'USPC' | 'LOCARNO';

export interface Classification {
  readonly scheme: ClassificationScheme;
  /** Normalised symbol, e.g. `A61G 5/04`. */
  readonly code: string;
}

/** The same document in another language it is published in. */
export interface Translation {
  /** ISO 639-1 code, lower case. */
  readonly language: string;
  readonly title?: Passage;
  readonly abstract?: Passage;
  readonly claims: readonly Claim[];
  readonly description: readonly Paragraph[];
}

/** Something a reader could not take over, stated instead of dropped silently. */
export interface ReadingGap {
  readonly message: string;
  readonly span?: Span;
}

/** Where a document stands: the file, and for a file of many documents which one (0-based) and its range. */
export interface SourceLocation {
  readonly file: string;
  readonly index: number;
  readonly span: Span;
}

export interface Patent {
  /** Publication number without blanks and punctuation (`US10000000B2`), or the corpus id. */
  readonly id: string;
  readonly office: Office;
  readonly format: Format;
  readonly source: SourceLocation;
  /** WIPO ST.16 kind code such as `B2`. */
  readonly kind?: string;
  /** ISO 639-1 code, lower case, of the claims or, without claims, of the document. */
  readonly language?: string;
  readonly title?: Passage;
  readonly abstract?: Passage;
  readonly claims: readonly Claim[];
  /** Paragraphs and headings in reading order. */
  readonly description: readonly Paragraph[];
  readonly classifications: readonly Classification[];
  readonly bibliography: Bibliography;
  /** Texts in languages other than the one each part is read in. */
  readonly translations: readonly Translation[];
  /** Only where sections were found by how the text looks, not by markup. */
  readonly certainty?: readonly SectionCertainty[];
  readonly gaps: readonly ReadingGap[];
  /** Only for records of a corpus. */
  readonly record?: CorpusFields;
}

export const PROVENANCES = ['real', 'synthetic', 'duplicate'] as const;
export type Provenance = (typeof PROVENANCES)[number];

/** What a corpus record states beside the text. */
export interface CorpusFields {
  readonly labels?: readonly string[];
  readonly group?: string;
  readonly split?: string;
  readonly provenance: Provenance;
  /** Fields that the format does not know, kept for a loss-free round trip. */
  readonly extra: Readonly<Record<string, unknown>>;
}
