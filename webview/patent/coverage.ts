/** What the classifier read of a document, and what it did not, in words. */
import type { Coverage, Format, Section } from '../../src/protocol/engine.ts';
import { viewName } from '../report/wording.ts';
import { integer } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';

export function formatName(format: Format): string {
  switch (format) {
    case 'us-xml':
      return t('USPTO XML');
    case 'us-st32':
      return t('USPTO XML (ST.32)');
    case 'us-2001':
      return t('USPTO XML (2001)');
    case 'epo-xml':
      return t('EPO XML');
    case 'epo-ops':
      return t('EPO OPS');
    case 'st36':
      return t('WIPO ST.36 XML');
    case 'st96':
      return t('WIPO ST.96 XML');
    case 'cnipa-xml':
      return t('CNIPA XML');
    case 'greenbook':
      return t('USPTO Green Book');
    case 'pdf':
      return t('PDF');
    case 'xlsx':
      return t('Excel');
    case 'parquet':
      return t('Parquet');
    case 'text':
      return t('plain text');
    case 'markdown':
      return t('Markdown');
    case 'jsonl':
      return t('JSON Lines');
    case 'csv':
      return t('CSV');
  }
}

/** The badge of a passage: `claim 3`, `abstract`. */
export function sectionName(section: Section, claim?: number): string {
  switch (section) {
    case 'title':
      return t('title');
    case 'abstract':
      return t('abstract');
    case 'claims':
      return claim === undefined ? t('claims') : t('claim {0}', claim);
    case 'description':
      return t('description');
  }
}

/** The view and its size, in parts that do not break within a line. */
export function readSummary(coverage: Coverage): readonly string[] {
  return [
    viewName(coverage.view),
    plural(coverage.tokens, '{0} token', '{0} tokens', integer(coverage.tokens)),
    plural(coverage.windows, '{0} window', '{0} windows', integer(coverage.windows)),
  ];
}

/** One sentence for each thing that was not read; empty when all of the view was. */
export function notRead(coverage: Coverage): readonly string[] {
  return [
    ...coverage.cut.map(({ section, characters, reason }) =>
      plural(
        characters,
        '{0} character of the {1} was not read: {2}',
        '{0} characters of the {1} were not read: {2}',
        integer(characters),
        sectionName(section),
        sentenceEnd(reason),
      ),
    ),
    ...coverage.missing.map((section) => missingSentence(section)),
    ...coverage.gaps,
  ];
}

function missingSentence(section: Section): string {
  switch (section) {
    case 'title':
      return t('The document has no title.');
    case 'abstract':
      return t('The document has no abstract.');
    case 'claims':
      return t('The document has no claims.');
    case 'description':
      return t('The document has no description.');
  }
}

function sentenceEnd(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
