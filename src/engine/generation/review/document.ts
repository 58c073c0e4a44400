/** One synthetic document beside what it was made from, with what leakage finds in it. */
import { checkText } from '../../../core/leakage/check.ts';
import { TermMatcher } from '../../../core/leakage/terms/matcher.ts';
import type { Patent } from '../../../core/patent/model.ts';
import type {
  DocumentText,
  RelatedText,
  ReviewDocument,
  ReviewHighlight,
} from '../../../protocol/generation.ts';
import {
  findSynthetic,
  standingWorkspace,
  type StandingWorkspace,
  type UnjudgedDocument,
} from '../../workspace/standing-workspace.ts';
import { recordId } from '../record.ts';
import { rawAnswer } from '../storage/raw-answers.ts';
import { factsOf, reviewItem } from './list.ts';

export async function reviewDocument({
  root,
  id,
}: {
  readonly root: string;
  readonly id: string;
}): Promise<ReviewDocument> {
  const workspace = await standingWorkspace(root);
  const document = findSynthetic(workspace, id);
  const answer = await answerOf(root, document);
  const { prompt } = document.origin;
  return {
    item: reviewItem(document, workspace.taxonomy?.labels ?? []),
    text: documentText(document.patent),
    related: relatedTexts(document, workspace),
    highlights: highlights(document, workspace),
    facts: facts(document),
    ...(prompt === undefined ? {} : { prompt }),
    ...(answer === undefined ? {} : { answer }),
  };
}

export const documentText = (patent: Patent): DocumentText => ({
  title: patent.title?.text ?? '',
  abstract: patent.abstract?.text ?? '',
  claims: patent.claims.map(({ text }) => text),
  description: patent.description.map(({ text }) => text).join('\n'),
});

/** The seed first, then the examples; those that are no longer in the workspace are left out. */
function relatedTexts(document: UnjudgedDocument, { real }: StandingWorkspace): readonly RelatedText[] {
  const related = (ids: readonly string[], role: RelatedText['role']): readonly RelatedText[] =>
    ids.flatMap((id) => {
      const patent = real.get(id);
      return patent ? { id, file: patent.source.file, role, text: documentText(patent) } : [];
    });
  return [
    ...related(document.origin.parents, 'seed'),
    ...related(factsOf(document).exemplars ?? [], 'exemplar'),
  ];
}

function highlights(document: UnjudgedDocument, { taxonomy }: StandingWorkspace): readonly ReviewHighlight[] {
  if (!taxonomy) return [];
  const check = { matcher: new TermMatcher(taxonomy), assigned: new Set(document.labels) };
  const { language } = document.patent;
  const { title, abstract, claims, description } = documentText(document.patent);
  const inPart = (part: ReviewHighlight['part'], text: string, claim?: number): readonly ReviewHighlight[] =>
    checkText(text, language, check).map(({ span, severity, reason }) => ({
      part,
      ...(claim === undefined ? {} : { claim }),
      start: span.start,
      end: span.end,
      severity,
      reason,
    }));
  return [
    ...inPart('title', title),
    ...inPart('abstract', abstract),
    ...claims.flatMap((claim, at) => inPart('claim', claim, at)),
    ...inPart('description', description),
  ];
}

function facts(document: UnjudgedDocument): ReviewDocument['facts'] {
  const { origin } = document;
  const known = factsOf(document);
  const { tokens, attributes = {}, milliseconds } = known;
  const entries: readonly (readonly [string, string | number | null | undefined])[] = [
    ['run', origin.run],
    ['strategy', origin.strategy],
    ['genre', known.genre],
    ['model', origin.model],
    ['client', known.client],
    ...Object.entries(attributes),
    ['seed', known.seed],
    ['temperature', known.temperature],
    ['at', known.at],
    ['seconds', milliseconds === undefined ? undefined : (milliseconds / 1000).toFixed(1)],
    ['prompt tokens', tokens?.prompt],
    ['completion tokens', tokens?.completion],
    ['finish', known.finish],
    ['attempt', known.attempt],
    ['shown in part', known.shortened?.join(', ')],
    ['edited', known.edited?.at],
    ['prompt hash', known.promptHash],
  ];
  return entries.flatMap(([name, value]) =>
    value === undefined || value === null ? [] : { name, value: String(value) },
  );
}

/** The answer in the run's journal that has the record's id. */
async function answerOf(root: string, document: UnjudgedDocument): Promise<string | undefined> {
  const { run } = document.origin;
  const { slot, attempt } = factsOf(document);
  if (run === undefined || slot === undefined || attempt === undefined) return undefined;
  const entry = await rawAnswer(root, run, slot, attempt);
  return entry && recordId(run, entry) === document.patent.id ? entry.text : undefined;
}
