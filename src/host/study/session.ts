/** What the study panel of a workspace shows beside a report: the plan in use, what stands before a run, a comparison. */
import type { StudyComparison, StudyReport } from '../../protocol/study.ts';
import type { StudySetup, StudyViewIntent } from '../../protocol/study-view.ts';
import type { ReportPanel } from '../reports/panel.ts';

export type StudyPanel = ReportPanel<StudyReport, StudyViewIntent>;

export interface StudySession {
  readonly root: string;
  /** The plan's file; without it the default plan. */
  plan?: string | undefined;
  setup?: StudySetup | undefined;
  comparison?: StudyComparison | undefined;
  /** The open one, or the last that was. */
  panel?: StudyPanel;
}

const sessions = new Map<string, StudySession>();

/** The session of a workspace; a panel that is opened again knows its plan. */
export function sessionOf(root: string): StudySession {
  const known = sessions.get(root);
  if (known) return known;
  const session: StudySession = { root };
  sessions.set(root, session);
  return session;
}

/** Sessions that use a plan's file. */
export const sessionsWithPlan = (file: string): readonly StudySession[] =>
  [...sessions.values()].filter(({ plan }) => plan === file);
