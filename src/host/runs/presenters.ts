/** How each kind of run is shown. A feature adds its own in one line; other runs are listed by the name they have. */
import type { RunKind } from '../../core/corpus/workspace-files.ts';
import { toErrorReport, type ErrorReport } from '../../core/errors.ts';
import { adaptationRuns } from '../adaptation/runs.ts';
import { auditRuns } from '../audit/runs.ts';
import { fidelityRuns } from '../fidelity/runs.ts';
import { generationRuns } from '../generation/runs.ts';
import { numericsRuns } from '../numerics/runs.ts';
import type { Services } from '../services.ts';
import { studyRuns } from '../study/runs.ts';
import { trainingRuns } from '../training/runs.ts';
import { conclusionOf } from './headline.ts';
import type { RunPresenter, Standing } from './presenter.ts';
import type { Run } from './run.ts';

const PRESENTERS: Readonly<Partial<Record<RunKind, RunPresenter>>> = {
  leakage: auditRuns,
  generation: generationRuns,
  fidelity: fidelityRuns,
  study: studyRuns,
  numerics: numericsRuns,
  training: trainingRuns,
  adaptation: adaptationRuns,
};

export const presenterOf = (kind: string): RunPresenter | undefined =>
  (PRESENTERS as Readonly<Record<string, RunPresenter | undefined>>)[kind];

/** What came out of a run of the kind, in one line. */
export const headlineOf = (kind: string, report: unknown): string | undefined =>
  (presenterOf(kind)?.headline ?? conclusionOf)(report);

/** Runs with what their kind knows of them beyond their folder, and why that could not be learned of some. */
export async function withStandings(
  services: Services,
  root: string,
  runs: readonly Run[],
): Promise<{ readonly runs: readonly Run[]; readonly problem?: ErrorReport }> {
  const known = new Map<string, Standing>();
  const kinds = new Set(runs.filter(({ state }) => state === 'unfinished').map(({ kind }) => kind));
  let problem: ErrorReport | undefined;
  for (const kind of kinds) {
    try {
      const standings = await presenterOf(kind)?.standings?.(services, root);
      for (const [folder, standing] of standings ?? []) known.set(folder, standing);
    } catch (error) {
      problem = toErrorReport(error);
      services.log.warn(`[${problem.code}] ${problem.message}`);
      for (const run of runs) {
        if (run.kind === kind && run.state === 'unfinished') known.set(run.folder, { state: 'unknown' });
      }
    }
  }
  return {
    runs: runs.map((run) => ({ ...run, ...known.get(run.folder) })),
    ...(problem ? { problem } : {}),
  };
}
