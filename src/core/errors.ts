/**
 * User-facing errors as values: a code for programs, a message and a remedy for a person, and where it happened.
 * One factory per error lives beside the feature that raises it; nobody matches message text.
 */

/** Where in a file something is wrong. Lines and columns count from 1; `offset` is in UTF-16 units from 0. */
export interface Place {
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly offset?: number;
}

/** What crosses process borders and is printed by `--json`. */
export interface ErrorReport {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy: string;
  readonly place?: Place;
}

export const ERROR_CODES = [
  'cancelled',
  'file-not-found',
  'file-unreadable',
  'file-too-large',
  'file-empty',
  'not-a-patent',
  'unknown-format',
  'encoding-invalid',
  'xml-malformed',
  'xml-truncated',
  'xml-entities-refused',
  'xml-limits',
  'record-malformed',
  'record-duplicate',
  'table-no-columns',
  'taxonomy-invalid',
  'taxonomy-missing',
  'labels-unknown',
  'embeddings-invalid',
  'corpus-empty',
  'corpus-unlabelled',
  'settings-invalid',
  'classifier-missing',
  'classifier-invalid',
  'classifier-stale',
  'classifier-encoder-mismatch',
  'classifier-weights-mismatch',
  'encoder-missing',
  'encoder-hash-mismatch',
  'encoder-unsupported',
  'model-unreachable',
  'model-unauthorised',
  'model-missing',
  'model-rate-limited',
  'model-failed',
  'model-answer-invalid',
  'model-answer-too-large',
  'model-not-local',
  'model-not-consented',
  'model-not-configured',
  'model-download-failed',
  'generation-plan-invalid',
  'generation-plan-changed',
  'generation-exists',
  'generation-running',
  'generation-journal-damaged',
  'generation-document-missing',
  'study-invalid',
  'study-no-synthetic',
  'study-too-small',
  'study-leaks',
  'study-edited',
  'study-arm-failed',
  'study-incomparable',
  'study-outcome-missing',
  'model-invalid',
  'model-operator-unknown',
  'model-quantised',
  'model-external-data',
  'provider-unavailable',
  'provider-failed',
  'numerics-incomparable',
  'model-too-large',
  'adaptation-unsupported',
  'adaptation-too-small',
  'export-differs',
  'memory-insufficient',
  'training-diverged',
  'training-interrupted',
  'disk-full',
  'write-failed',
  'engine-died',
  'engine-unavailable',
  'untrusted-workspace',
  'usage',
  'internal',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

export class PatentLabError extends Error {
  readonly code: ErrorCode;
  readonly remedy: string;
  readonly place?: Place;

  constructor(report: ErrorReport, options?: { cause?: unknown }) {
    super(report.message, options);
    this.name = 'PatentLabError';
    this.code = report.code;
    this.remedy = report.remedy;
    if (report.place) this.place = report.place;
  }

  /** The same error with the file named, for code that reads text without knowing where it came from. */
  in(file: string): PatentLabError {
    return new PatentLabError(
      { code: this.code, message: this.message, remedy: this.remedy, place: { file, ...this.place } },
      { cause: this.cause },
    );
  }

  report(): ErrorReport {
    const { code, message, remedy, place } = this;
    return place ? { code, message, remedy, place } : { code, message, remedy };
  }
}

/** Anything thrown, as a report; what we did not foresee becomes `internal` and keeps its own words. */
export function toErrorReport(error: unknown): ErrorReport {
  if (error instanceof PatentLabError) return error.report();
  const message = error instanceof Error ? error.message : String(error);
  return {
    code: 'internal',
    message,
    remedy: 'This is a defect in Patent Lab. Please report it with the log.',
  };
}

/** `file:line:column`, leaving out what is not known. */
export function formatPlace(place: Place | undefined): string {
  if (!place) return '';
  return [place.file, place.line, place.column].filter((part) => part !== undefined).join(':');
}

/** Closes an exhaustive switch; the compiler refuses the call when a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
