/**
 * What one document has to do with the labelled documents of its workspace (METHODS 4): its family, its text or a
 * near-duplicate on the other side of the split, passages a synthetic document took over, a prompt that named a label.
 * A document that the workspace does not have is on no side, so its doubles are information and nothing more.
 */
import { findDecision } from '../../core/corpus/decision-keys.ts';
import type { Finding } from '../../core/leakage/finding.ts';
import { TermMatcher } from '../../core/leakage/terms/matcher.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { DocumentFindings, RelationsParams, RelationsResult } from '../../protocol/leakage.ts';
import { readTarget } from '../classification/targets.ts';
import type { Task } from '../task.ts';
import { workspacePath, type Workspace } from '../workspace/workspace.ts';
import { comparedOf, sideOf, type Compared } from './compared.ts';
import { copyFinding } from './copied.ts';
import { contaminationFinding, explain, inWords, relatedOf } from './explain.ts';
import { instructionFindings } from './instructions.ts';
import type { WorkspaceIndex, WorkspaceIndexes } from './workspace-index.ts';

/** Doubles that are told for one document; a text that stands everywhere would fill the screen. [ours] */
const MOST_DOUBLES = 5;

/** @throws PatentLabError where the workspace or all of the target cannot be read, and `cancelled`. */
export async function relations(
  { root, target }: RelationsParams,
  indexes: WorkspaceIndexes,
  task: Task,
): Promise<RelationsResult> {
  const { workspace, index } = await indexes.open(root, task);
  const matcher = new TermMatcher(workspace.taxonomy ?? { labels: [] });
  const documents: DocumentFindings[] = [];
  for await (const outcome of readTarget(target)) {
    await task.checkpoint();
    // What cannot be read is told where the file is shown; it has no relations.
    if (outcome.kind === 'failure' || outcome.partial) continue;
    documents.push(await relationsOf(outcome.patent, workspace, index, matcher, task));
  }
  return { documents };
}

/** Of one document; its spans are offsets into what it was read from. */
export async function relationsOf(
  patent: Patent,
  workspace: Workspace,
  index: WorkspaceIndex,
  matcher: TermMatcher,
  task: Task,
): Promise<DocumentFindings> {
  const { id, source, record } = patent;
  const self = index.positionOf(workspace.root, id, source.file);
  const known = self === undefined ? undefined : index.documents[self];
  const labels = labelsOf(patent, workspace) ?? known?.labels;
  const isInside = known !== undefined || workspace.corpusFiles.includes(source.file);
  const side = record ? sideOf(patent) : (known?.side ?? 'train');
  const document = comparedOf(patent, side, labels);
  const findings = [...doubles(document, self, isInside, index), ...instructionFindings(document, matcher)];
  if (document.provenance === 'synthetic') {
    const copies = (await index.copySources(task)).copies(document);
    findings.push(...copies.map((copy) => copyFinding(document, copy)));
  }
  return { id, index: source.index, ...(labels === undefined ? {} : { labels }), findings };
}

/** The labels of a document by decision or, where there is none, by the record; undefined where neither says anything. */
export function labelsOf(
  { id, source, record }: Patent,
  workspace: Workspace,
): readonly string[] | undefined {
  const { root, decisions } = workspace;
  const decision = findDecision(decisions, id, workspacePath(root, source.file));
  if (!decision) return record?.labels;
  // Rejections alone say what it is not.
  return decision.labels.length > 0 || decision.rejected === undefined ? decision.labels : undefined;
}

function doubles(
  document: Compared,
  self: number | undefined,
  isInside: boolean,
  index: WorkspaceIndex,
): Finding[] {
  const similar = new Map(index.nearDuplicates(document).map(({ at, jaccard }) => [at, jaccard]));
  const others = [...new Set([...similar.keys(), ...index.related(document)])].flatMap((at) => {
    const other = index.documents[at];
    const counts = at !== self && other && (!isInside || other.side !== document.side);
    return counts ? [{ at, other, jaccard: similar.get(at) }] : [];
  });
  others.sort((a, b) => (b.jaccard ?? 0) - (a.jaccard ?? 0) || a.at - b.at);
  const findings = others.slice(0, MOST_DOUBLES).map(({ other, jaccard }): Finding => {
    const pair = explain(document, other, jaccard);
    if (isInside) return contaminationFinding(document, other, pair);
    const where = other.side === 'test' ? 'test' : 'labelled';
    return {
      kind: 'contamination',
      severity: 'information',
      span: pair.firstSpan,
      text: pair.passage,
      reason: `The ${where} document ${other.id} of the workspace ${inWords(pair)}.`,
      related: relatedOf(other, pair.secondSpan, pair.passage),
    };
  });
  const [last] = findings.slice(-1);
  const more = others.length - findings.length;
  if (!last || more <= 0) return findings;
  return [...findings.slice(0, -1), { ...last, reason: `${last.reason} So it is with ${more} more.` }];
}
