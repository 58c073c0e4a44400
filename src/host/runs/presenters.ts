/** How each kind of run is shown. A feature adds its own in one line; other runs are listed by the name they have. */
import type { RunKind } from '../../core/corpus/workspace-files.ts';
import { auditRuns } from '../audit/runs.ts';
import { studyRuns } from '../study/runs.ts';
import { conclusionOf } from './headline.ts';
import type { RunPresenter } from './presenter.ts';

const PRESENTERS: Readonly<Partial<Record<RunKind, RunPresenter>>> = {
  leakage: auditRuns,
  study: studyRuns,
};

export const presenterOf = (kind: string): RunPresenter | undefined =>
  (PRESENTERS as Readonly<Record<string, RunPresenter | undefined>>)[kind];

/** What came out of a run of the kind, in one line. */
export const headlineOf = (kind: string, report: unknown): string | undefined =>
  (presenterOf(kind)?.headline ?? conclusionOf)(report);
