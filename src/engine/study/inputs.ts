/** The documents of a study, from the workspace or from files, with the hashes of everything that was read. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { originOf } from '../../core/corpus/origin.ts';
import { REVIEW_FILE } from '../../core/corpus/synthetic-review.ts';
import { parseTaxonomy, type Taxonomy } from '../../core/corpus/taxonomy.ts';
import { DECISIONS_FILE } from '../../core/corpus/workspace-files.ts';
import { PatentLabError } from '../../core/errors.ts';
import { contaminationSteps } from '../../core/leakage/contamination/contamination.ts';
import { viewText } from '../../core/patent/view.ts';
import { needsSynthetic } from '../../core/study/arms.ts';
import { heldOutRows } from '../../core/study/hold-out.ts';
import { studyCorpus, type StudyCorpus, type StudyDocument } from '../../core/study/corpus.ts';
import { groupViolations, leftOut, nearDuplicates, refuseViolations } from '../../core/study/splits.ts';
import type { StudyInput } from '../../protocol/study.ts';
import { readError } from '../files/errors.ts';
import { hashInputs } from '../leakage/inputs.ts';
import type { Task } from '../task.ts';
import { readLabelledDocuments } from '../workspace/records.ts';
import { withSynthetic, type SyntheticDocument } from '../workspace/synthetic.ts';
import { noTaxonomy, openWorkspace, workspacePath, type Workspace } from '../workspace/workspace.ts';
import type { PlannedStudy, StudySources } from './plan-file.ts';

const TEST_SPLIT = 'test';
/** What is said of a synthetic document whose record does not. */
const UNKNOWN_MODEL = 'unknown model';
const UNKNOWN_STRATEGY = 'unknown strategy';

export interface StudyInputs {
  readonly corpus: StudyCorpus;
  readonly taxonomyFile: string;
  /** What a classifier reads of each document, in the corpus's order. */
  readonly texts: readonly string[];
  readonly hashes: readonly StudyInput[];
  /** Over ids, labels and texts of the test documents. */
  readonly testSha256: string;
  /** Records and labels that could not be taken over. */
  readonly problems: readonly PatentLabError[];
  /** How the documents were divided, where nobody stated it: sentences for a person. */
  readonly notes: readonly string[];
}

/** @throws PatentLabError where there is nothing to study, or training and test documents are not apart. */
export async function readStudyInputs(
  root: string,
  { plan, sources, file: planFile }: PlannedStudy,
  task: Task,
): Promise<StudyInputs> {
  task.progress('Reading documents');
  const problems: PatentLabError[] = [];
  const workspace = isComplete(sources) ? undefined : await openWorkspace(root);
  problems.push(...(workspace?.problems ?? []));
  const taxonomyFile = sources.taxonomy ?? workspace?.taxonomyFile ?? '';
  const taxonomy = await taxonomyOf(taxonomyFile, sources, workspace);
  const given = await realDocuments(taxonomy, sources, workspace, problems);
  const before = problems.length;
  const synthetic = await syntheticDocuments(taxonomy, sources, workspace, problems);
  const asking = plan.arms.filter(needsSynthetic);
  if (synthetic.length === 0 && asking.length > 0) {
    const folder = workspace && path.join(root, workspace.config.synthetic) + path.sep;
    const isOfThem = (problem: PatentLabError, at: number): boolean =>
      at >= before || (folder !== undefined && problem.place?.file?.startsWith(folder) === true);
    throw noSynthetic(problems.filter(isOfThem));
  }
  const { real, notes } = withTest(given, synthetic, taxonomy, sources);
  const train = real.filter(({ role }) => role === 'real');
  const test = real.filter(({ role }) => role === TEST_SPLIT);
  const roles = new Map<LabelledDocument['patent'], StudyDocument['role']>();
  for (const { document, role } of real) roles.set(document.patent, role);
  const all = withSynthetic(
    [...train, ...test].map(({ document }) => document),
    synthetic,
    problems,
  );
  const whole = studyCorpus(taxonomy.labels, documentsOf(all, roles));
  refuseViolations(groupViolations(whole));
  const telling = await givingAway(whole, all, task);
  if (telling.size > 0) problems.push(leftOut(whole, telling));
  const linked = all.filter((_, row) => !telling.has(row));
  const corpus = studyCorpus(taxonomy.labels, documentsOf(linked, roles));
  const shown = (file: string): string => {
    const inside = workspacePath(root, file);
    return inside.startsWith('../') ? file : inside;
  };
  const filesOf = (role: StudyDocument['role']): readonly string[] => [
    ...new Set(corpus.documents.filter((document) => document.role === role).map(({ file }) => file)),
  ];
  const hashed = async (role: StudyInput['role'], files: readonly string[]): Promise<readonly StudyInput[]> =>
    (await hashInputs(files, shown, task)).map((input) => ({ role, ...input }));
  const texts = linked.map(({ patent }) => viewText(patent, plan.view).text);
  return {
    corpus,
    taxonomyFile: shown(taxonomyFile),
    texts,
    testSha256: testHash(corpus, texts),
    hashes: [
      ...(await hashed('taxonomy', [taxonomyFile])),
      ...(await hashed('real', [
        ...filesOf('real'),
        ...(workspace ? [path.join(root, DECISIONS_FILE)] : []),
      ])),
      ...(await hashed('synthetic', filesOf('synthetic'))),
      ...(workspace && !sources.synthetic
        ? await hashed('review', [path.join(root, workspace.config.synthetic, REVIEW_FILE)])
        : []),
      ...(await hashed('test', filesOf('test'))),
      ...(planFile === undefined ? [] : await hashed('plan', [planFile])),
    ],
    problems,
    notes,
  };
}

function testHash({ documents, labels, test }: StudyCorpus, texts: readonly string[]): string {
  const entries = Array.from(test, (row) => {
    const document = documents[row];
    return JSON.stringify([document?.id, document?.labels.map((label) => labels[label]?.id), texts[row]]);
  });
  return createHash('sha256').update(entries.sort().join('\n')).digest('hex');
}

const isComplete = ({ taxonomy, real, synthetic }: StudySources): boolean =>
  taxonomy !== undefined && real !== undefined && synthetic !== undefined;

async function taxonomyOf(
  file: string,
  sources: StudySources,
  workspace: Workspace | undefined,
): Promise<Taxonomy> {
  if (sources.taxonomy === undefined && workspace) {
    if (!workspace.taxonomy) throw noTaxonomy(workspace);
    return workspace.taxonomy;
  }
  try {
    return parseTaxonomy((await readFile(file, 'utf8')).replace(/^\uFEFF/, ''), file);
  } catch (cause) {
    throw cause instanceof PatentLabError ? cause : readError(file, cause);
  }
}

interface RealDocument {
  readonly document: LabelledDocument;
  readonly role: 'real' | 'test';
}

/** A file that is named for both sides is divided by its records' splits; any other stands on its side as a whole. */
async function realDocuments(
  taxonomy: Taxonomy,
  { real, test }: StudySources,
  workspace: Workspace | undefined,
  problems: PatentLabError[],
): Promise<readonly RealDocument[]> {
  const bySplit = (document: LabelledDocument): RealDocument => ({
    document,
    role: document.split === TEST_SPLIT ? 'test' : 'real',
  });
  const isReal = ({ provenance }: LabelledDocument): boolean => provenance === 'real';
  const onTestSide = async (files: readonly string[]): Promise<readonly RealDocument[]> =>
    (await readLabelledDocuments(files, taxonomy, problems))
      .filter(isReal)
      .map((document) => ({ document, role: 'test' }));
  if (!real) {
    const own = (workspace?.documents ?? []).filter(isReal).map(bySplit);
    if (!test) return own;
    return [...own.filter(({ role }) => role === 'real'), ...(await onTestSide(test))];
  }
  const read = (await readLabelledDocuments(real, taxonomy, problems)).filter(isReal);
  if (!test) return read.map(bySplit);
  const both = new Set(test.filter((file) => real.includes(file)));
  for (const file of both) {
    const roles = new Set(
      read.filter(({ patent }) => patent.source.file === file).map((document) => bySplit(document).role),
    );
    if (roles.size === 1) throw undivided(file, roles.has('test') ? 'all' : 'none');
  }
  return [
    ...read.map((document): RealDocument =>
      both.has(document.patent.source.file) ? bySplit(document) : { document, role: 'real' },
    ),
    ...(await onTestSide(test.filter((file) => !both.has(file)))),
  ];
}

const undivided = (file: string, tested: 'all' | 'none'): PatentLabError =>
  new PatentLabError({
    code: 'study-too-small',
    message: `${file} is named both as real and as test documents, and ${tested} of its documents ${tested === 'all' ? 'have' : 'has'} "split": "test", so that they cannot be told apart.`,
    remedy:
      'Name a file of other documents to judge on, give some documents "split": "test", or leave the test documents out: then some are held out by whole families.',
    place: { file },
  });

/** Where neither a plan nor a record sets test documents aside, some of the real ones are held out. */
function withTest(
  real: readonly RealDocument[],
  synthetic: readonly SyntheticDocument[],
  taxonomy: Taxonomy,
  { test }: StudySources,
): { readonly real: readonly RealDocument[]; readonly notes: readonly string[] } {
  if (test !== undefined || real.some(({ role }) => role === 'test')) return { real, notes: [] };
  const sources = synthetic.flatMap(({ origin: { parents, exemplars = [] } }) => [...parents, ...exemplars]);
  const rows = heldOutRows(
    real.map(({ document: { patent, group, labels } }) => ({ id: patent.id, group, labels })),
    taxonomy.labels.length,
    new Set(sources),
  );
  const note = `No record states a split, so ${rows.size} of ${real.length} real documents were held out to judge on, by whole families; none that a synthetic document was made from or its prompt showed. Give documents "split": "test" to choose them yourself.`;
  return {
    real: real.map(({ document }, row) => ({ document, role: rows.has(row) ? 'test' : 'real' })),
    notes: [note],
  };
}

/** Documents that a plan names as synthetic are that, whatever their records say. */
async function syntheticDocuments(
  taxonomy: Taxonomy,
  { synthetic }: StudySources,
  workspace: Workspace | undefined,
  problems: PatentLabError[],
): Promise<readonly SyntheticDocument[]> {
  if (!synthetic) return (workspace?.synthetic ?? []).filter(({ verdict }) => verdict !== 'rejected');
  const read = await readLabelledDocuments(synthetic, taxonomy, problems);
  return read.map((document) => ({
    ...document,
    provenance: 'synthetic',
    origin: originOf(document.patent),
  }));
}

function documentsOf(
  linked: readonly LabelledDocument[],
  roles: ReadonlyMap<LabelledDocument['patent'], StudyDocument['role']>,
): readonly StudyDocument[] {
  const rows = new Map(linked.map(({ patent }, row) => [patent.id, row]));
  return linked.map(({ patent, labels, group }): StudyDocument => {
    const role = roles.get(patent) ?? 'synthetic';
    const origin = originOf(patent);
    return {
      id: patent.id,
      file: patent.source.file,
      labels,
      group,
      role,
      parents: role === 'synthetic' ? origin.parents.map((id) => rows.get(id) ?? -1) : [],
      model: origin.model ?? UNKNOWN_MODEL,
      strategy: origin.strategy ?? UNKNOWN_STRATEGY,
    };
  });
}

/** Training documents that are nearly the text of a test document. */
async function givingAway(
  corpus: StudyCorpus,
  documents: readonly LabelledDocument[],
  task: Task,
): Promise<ReadonlyMap<number, StudyDocument>> {
  const steps = contaminationSteps(
    documents.map(({ patent }) => ({ text: viewText(patent, 'TAC').text, keys: [] })),
    corpus.documents.map(({ role }) => (role === 'test' ? 'test' : 'train')),
  );
  for (;;) {
    const step = steps.next();
    if (step.done === true) return nearDuplicates(corpus, step.value);
    task.progress('Comparing training and test documents', step.value.done, step.value.total);
    await task.checkpoint();
  }
}

/** @param refused why there are none, where there are files of them */
function noSynthetic(refused: readonly PatentLabError[]): PatentLabError {
  const [first] = refused;
  if (first) {
    return new PatentLabError({
      code: 'study-no-synthetic',
      message: `None of the synthetic documents could be read, so there is nothing to study; the first of ${refused.length} problems: ${first.message}`,
      remedy: first.remedy ?? 'Correct the files and run the study again.',
      ...(first.place ? { place: first.place } : {}),
    });
  }
  return new PatentLabError({
    code: 'study-no-synthetic',
    message: 'There are no synthetic documents, so there is nothing to study.',
    remedy:
      'Generate some (Generate Synthetic Patents), name files of them in the plan, or ask only for arms that need none: real-only and the losses.',
  });
}
