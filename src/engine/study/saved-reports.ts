/** Studies that were run before: listed, read again, and compared. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PatentLabError } from '../../core/errors.ts';
import {
  STUDY_FORMAT,
  STUDY_VERSION,
  type StudyComparison,
  type StudyInput,
  type StudyReport,
  type StudySummary,
} from '../../protocol/study.ts';
import { readError } from '../files/errors.ts';
import { changedInputs, readState, REPORT_FILE, studyFolders } from './run-state.ts';

/** A report is this program's own file; what it says of itself is what makes it one. */
const reportSchema = z.looseObject({
  format: z.literal(STUDY_FORMAT),
  version: z.literal(STUDY_VERSION),
  createdAt: z.string(),
  name: z.string(),
  conclusion: z.string(),
  documents: z.looseObject({ testSha256: z.string() }),
  arms: z.array(z.looseObject({ id: z.string(), status: z.enum(['ok', 'failed']) })),
  gains: z.array(z.unknown()),
  verdicts: z.array(z.unknown()),
  correlationDifferences: z.array(z.unknown()),
  inputs: z.array(z.looseObject({ role: z.string(), path: z.string(), sha256: z.string() })),
});

/** What every version of a report says of itself. */
const headSchema = z.looseObject({ format: z.literal(STUDY_FORMAT), version: z.number() });

/** @throws PatentLabError `study-invalid` for anything but a report of a study. */
export async function readReport(folder: string): Promise<StudyReport> {
  const file = path.join(folder, REPORT_FILE);
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) throw noReport(file);
    throw readError(file, cause);
  }
  if (!reportSchema.safeParse(content).success) throw otherVersion(content, file) ?? noReport(file);
  return content as StudyReport;
}

function otherVersion(content: unknown, file: string): PatentLabError | undefined {
  const { data } = headSchema.safeParse(content);
  if (!data || data.version === STUDY_VERSION) return undefined;
  return new PatentLabError({
    code: 'study-invalid',
    message: `${file} is the report of a study by another version of Patent Lab (reports of version ${data.version}; this one reads version ${STUDY_VERSION}).`,
    remedy:
      'Its report.md and report.csv can still be read; run the study again for a report of this version.',
    place: { file },
  });
}

const noReport = (file: string): PatentLabError =>
  new PatentLabError({
    code: 'study-invalid',
    message: `${file} is no report of a study that this version can read.`,
    remedy: 'Run the study again.',
    place: { file },
  });

export async function listStudies(root: string): Promise<readonly StudySummary[]> {
  const summaries: StudySummary[] = [];
  for (const folder of await studyFolders(root)) {
    const state = await readState(folder);
    const report = await readReport(folder).catch(() => undefined);
    if (report) {
      const { name, createdAt, conclusion } = report;
      summaries.push({ folder, name, createdAt, conclusion, finished: true });
    } else if (state) {
      const { name, createdAt } = state;
      summaries.push({ folder, name, createdAt, conclusion: '', finished: false });
    }
  }
  return summaries;
}

/** What must be the same for figures to stand side by side. */
const JUDGING: readonly StudyInput['role'][] = ['taxonomy', 'encoder'];

/** @throws PatentLabError `study-incomparable` naming what differs. */
export async function compareStudies(left: string, right: string): Promise<StudyComparison> {
  const [a, b] = [await readReport(left), await readReport(right)];
  const of = (report: StudyReport, judging: boolean): readonly StudyInput[] =>
    report.inputs.filter(({ role }) => JUDGING.includes(role) === judging);
  const unlike = [...changedInputs(byContent(of(a, true)), byContent(of(b, true)))];
  if (a.documents.testSha256 !== b.documents.testSha256) {
    unlike.push(`the test documents (${a.documents.test} and ${b.documents.test})`);
  }
  if (a.plan.view !== b.plan.view) unlike.push(`the view (${a.plan.view} and ${b.plan.view})`);
  if (unlike.length > 0) {
    throw new PatentLabError({
      code: 'study-incomparable',
      message: `“${a.name}” and “${b.name}” did not judge on the same: ${unlike.join(', ')}.`,
      remedy: 'Compare studies with the same taxonomy, test documents, encoder and view.',
    });
  }
  const planned = (Object.keys(a.plan) as (keyof StudyReport['plan'])[]).filter(
    (field) => JSON.stringify(a.plan[field]) !== JSON.stringify(b.plan[field]),
  );
  return {
    left: a,
    right: b,
    arms: a.arms.flatMap((one) => {
      const other = b.arms.find(
        ({ id, regime, schedule, thresholds, family }) =>
          id === one.id &&
          regime === one.regime &&
          schedule === one.schedule &&
          thresholds === one.thresholds &&
          family === one.family,
      );
      if (one.status !== 'ok' || other?.status !== 'ok') return [];
      const { id: arm, regime, schedule, thresholds, family } = one;
      return [{ arm, regime, schedule, thresholds, family, left: one.microF1, right: other.microF1 }];
    }),
    differences: [
      ...changedInputs(of(a, false), of(b, false)),
      ...planned.map((field) => `the plan’s “${field}”`),
    ],
  };
}

/** The same file somewhere else is the same. */
const byContent = (inputs: readonly StudyInput[]): readonly StudyInput[] =>
  inputs.map((input) => ({ ...input, path: path.basename(input.path) }));
