/** The parts of an audit that compare documents with each other and with their prompts. */
import type { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import type { LabelMatrix } from '../../core/metrics/matrix.ts';
import type {
  AuditContamination,
  AuditCopying,
  AuditedDocument,
  AuditInstructions,
  ContaminationPair,
  CopiedPassage,
} from '../../protocol/audit.ts';
import type { Task } from '../task.ts';
import { placeOf, type Compared } from './compared.ts';
import { copyingDocuments, crossingPairs } from './comparison.ts';
import { copyFinding, type Copy } from './copied.ts';
import { explain } from './explain.ts';
import { instructionFindings, namedLabels } from './instructions.ts';

/** Entries of a list in a report; behind them only the total is told. [ours] */
const MOST_LISTED = 500;

const listed = ({ id, file, head }: Compared, span = head): AuditedDocument => ({ id, file, span });

export async function contaminationOf(
  documents: readonly Compared[],
  task: Task,
): Promise<AuditContamination> {
  const { pairs, leftOut } = await crossingPairs(documents, task);
  const shown: ContaminationPair[] = [];
  for (const { test, other, jaccard } of pairs.slice(0, MOST_LISTED)) {
    await task.checkpoint();
    const pair = explain(test, other, jaccard);
    shown.push({
      test: listed(test, pair.firstSpan),
      other: listed(other, pair.secondSpan),
      otherIs: other.provenance === 'synthetic' ? 'synthetic' : 'real',
      why: pair.why,
      ...(jaccard === undefined ? {} : { jaccard }),
      words: pair.words,
      passage: pair.passage,
    });
  }
  const testDocuments = documents.filter(({ side }) => side === 'test').length;
  return {
    testDocuments,
    otherDocuments: documents.length - testDocuments,
    contaminated: new Set(pairs.map(({ test }) => test)).size,
    leftOut,
    pairs: { total: pairs.length, shown },
  };
}

export async function copyingOf(documents: readonly Compared[], task: Task): Promise<AuditCopying> {
  let [copying, total] = [0, 0];
  const shown: CopiedPassage[] = [];
  for await (const { document, copies } of copyingDocuments(documents, task)) {
    copying++;
    total += copies.length;
    shown.push(...copies.slice(0, MOST_LISTED - shown.length).flatMap((copy) => copied(document, copy)));
  }
  return { syntheticDocuments: syntheticIn(documents), copying, passages: { total, shown } };
}

function copied(document: Compared, copy: Copy): CopiedPassage[] {
  const { related } = copyFinding(document, copy);
  if (!related) return [];
  return [
    {
      document: listed(document, placeOf(document, copy.run.span)),
      source: related,
      sourceIs: copy.sourceIs,
      words: copy.run.words,
    },
  ];
}

const syntheticIn = (documents: readonly Compared[]): number =>
  documents.filter(({ provenance }) => provenance === 'synthetic').length;

/** @param contains which labels' names and aliases stand in each of the documents. */
export async function instructionsOf(
  documents: readonly Compared[],
  matcher: TermMatcher,
  contains: LabelMatrix,
  task: Task,
): Promise<AuditInstructions> {
  const positions = new Map(matcher.taxonomy.labels.map(({ id }, position) => [id, position]));
  const named = { pairs: 0, containing: 0 };
  const unnamed = { pairs: 0, containing: 0 };
  let [withPrompt, leaking, total] = [0, 0, 0];
  const shown: AuditInstructions['findings']['shown'][number][] = [];
  for (const [row, document] of documents.entries()) {
    if (row % 64 === 0) await task.checkpoint();
    if (document.provenance !== 'synthetic') continue;
    const names = namedLabels(document, matcher);
    if (!names) continue;
    withPrompt++;
    for (const label of document.labels ?? []) {
      const position = positions.get(label);
      if (position === undefined) continue;
      const counts = names.has(label) ? named : unnamed;
      counts.pairs++;
      counts.containing += contains.data[row * contains.columns + position] ?? 0;
    }
    const findings = instructionFindings(document, matcher);
    if (findings.length > 0) leaking++;
    total += findings.length;
    const room = MOST_LISTED - shown.length;
    shown.push(...findings.slice(0, room).map((finding) => ({ document: listed(document), finding })));
  }
  return {
    syntheticDocuments: syntheticIn(documents),
    withPrompt,
    leaking,
    findings: { total, shown },
    named,
    unnamed,
  };
}
