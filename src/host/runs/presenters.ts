/** How each kind of run is shown. A feature adds its own in one line; other runs are listed by the name they have. */
import type { RunKind } from '../../core/corpus/workspace-files.ts';
import { auditRuns } from '../audit/runs.ts';
import type { RunPresenter } from './presenter.ts';

const PRESENTERS: Readonly<Partial<Record<RunKind, RunPresenter>>> = {
  leakage: auditRuns,
};

export const presenterOf = (kind: string): RunPresenter | undefined =>
  (PRESENTERS as Readonly<Record<string, RunPresenter | undefined>>)[kind];
