/** Tells errors of one document from errors of everything else; the former belong to the document's own state. */
import type { ErrorCode, ErrorReport } from '../../core/errors.ts';

const DOCUMENT_CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
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
]);

export const isAboutDocument = ({ code }: ErrorReport): boolean => DOCUMENT_CODES.has(code);
