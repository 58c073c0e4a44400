/** What was measured of a record, at the places its file has now: edits above it move its ranges and no others. */
import type { DocumentFidelity, FidelityDocument, Span } from '../../protocol/fidelity.ts';

/** @param start where the record starts now. */
export function movedFidelity(fidelity: DocumentFidelity, start: number): DocumentFidelity {
  const by = start - fidelity.document.span.start;
  if (by === 0) return fidelity;
  const { comparison } = fidelity;
  return {
    ...fidelity,
    document: movedDocument(fidelity.document, by),
    ...(comparison
      ? {
          comparison: {
            ...comparison,
            shared: comparison.shared.map((run) => ({ ...run, span: moved(run.span, by) })),
          },
        }
      : {}),
  };
}

function movedDocument(document: FidelityDocument, by: number): FidelityDocument {
  const { span, copied } = document;
  return {
    ...document,
    span: moved(span, by),
    copied: copied && { ...copied, span: moved(copied.span, by) },
  };
}

const moved = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });
