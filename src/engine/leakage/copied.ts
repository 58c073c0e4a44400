/** Which real documents a text was copied from. Indexed in parts, so that building and asking can be cancelled. */
import { CopyIndex, type CopiedRun } from '../../core/text/copying.ts';
import type { Finding } from '../../core/leakage/finding.ts';
import type { CopiedPassage } from '../../protocol/audit.ts';
import type { Task } from '../task.ts';
import { placeOf, type Compared } from './compared.ts';
import { relatedOf, shortened } from './explain.ts';

/** Characters of one part: about a tenth of a second of work. [ours] */
const PART = 1_000_000;

interface Part {
  readonly index: CopyIndex;
  readonly sources: readonly Compared[];
}

export interface Copy {
  readonly source: Compared;
  readonly sourceIs: CopiedPassage['sourceIs'];
  readonly run: CopiedRun;
}

export class CopySources {
  readonly #parts: readonly Part[];

  private constructor(parts: readonly Part[]) {
    this.#parts = parts;
  }

  /** Of all documents that are real. */
  static async of(documents: readonly Compared[], task: Task): Promise<CopySources> {
    const parts: Part[] = [];
    const real = documents.filter(({ provenance }) => provenance === 'real');
    for (let from = 0; from < real.length;) {
      await task.checkpoint();
      task.progress('Indexing real documents', from, real.length);
      let to = from;
      for (let length = 0; to < real.length && length < PART; to++) length += real[to]?.text.length ?? 0;
      const sources = real.slice(from, to);
      parts.push({ sources, index: new CopyIndex(sources.map(({ text }) => text)) });
      from = to;
    }
    return new CopySources(parts);
  }

  /** The passages a document took over, in order; of several sources of one passage, the longest run. */
  copies(document: Compared): Copy[] {
    const found = this.#parts.flatMap(({ index, sources }) =>
      index.runs(document.text).flatMap((run): Copy[] => {
        const source = sources[run.source];
        return source ? [{ source, sourceIs: kindOf(document, source), run }] : [];
      }),
    );
    found.sort((a, b) => a.run.span.start - b.run.span.start || b.run.span.end - a.run.span.end);
    let furthest = -1;
    return found.filter(({ run: { span } }) => {
      const isNew = span.end > furthest;
      furthest = Math.max(furthest, span.end);
      return isNew;
    });
  }
}

function kindOf({ origin }: Compared, source: Compared): Copy['sourceIs'] {
  if (source.side === 'test') return 'test';
  return origin.parents.includes(source.id) ? 'seed' : 'real';
}

/** Copying from a seed or a test document is a leak; from another real one, worth knowing. */
export function copyFinding(document: Compared, { source, sourceIs, run }: Copy): Finding {
  const passage = shortened(source.text.slice(run.sourceSpan.start, run.sourceSpan.end));
  const from = {
    seed: `${source.id}, which it was made from`,
    test: `${source.id}, which is set aside for testing`,
    real: `the real document ${source.id}`,
  }[sourceIs];
  return {
    kind: 'copying',
    severity: sourceIs === 'real' ? 'information' : 'warning',
    span: placeOf(document, run.span),
    text: shortened(document.text.slice(run.span.start, run.span.end)),
    reason: `${run.words} words in a row are those of ${from}.`,
    related: relatedOf(source, placeOf(source, run.sourceSpan), passage),
  };
}
