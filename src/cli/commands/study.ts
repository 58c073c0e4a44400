/** `study`: whether synthetic documents help, apart from volume, steps, loss and threshold. */
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { studyPlanSchema } from '../../core/study/plan.ts';
import { Engine } from '../../engine/engine.ts';
import { expandPath } from '../../engine/files/read-documents.ts';
import { writeFileAtomically } from '../../engine/files/write.ts';
import { estimateStudy } from '../../engine/study/handlers.ts';
import { defaultStudy, readPlan, type PlannedStudy } from '../../engine/study/plan-file.ts';
import { reportText } from '../../engine/study/report-files.ts';
import { runStudy } from '../../engine/study/run-study.ts';
import { isCancelled } from '../../engine/task.ts';
import type { StudyEstimate, StudyReport } from '../../protocol/study.ts';
import type { StudyCommand } from '../arguments/study.ts';
import { endProgress, note, noteProblems, print, printJson, terminalTask } from '../output.ts';

export async function studyCommand(command: StudyCommand): Promise<number> {
  const { root, study } = await studyOf(command);
  const engine = new Engine({ warn: note });
  const embedder = await engine.embedder(root);
  const task = terminalTask();
  if (command.estimate) {
    const estimate = await estimateStudy(root, study, embedder, task, command.threads);
    endProgress();
    if (command.json) printJson(estimate);
    else print(estimateText(estimate));
    return 0;
  }
  const { report, folder } = await runStudy(
    { root, study, embedder, ...(command.threads === undefined ? {} : { threads: command.threads }) },
    command.resume ? 'required' : 'never',
    task,
    () => undefined,
  )
    .catch((cause: unknown) => {
      throw isCancelled(cause) ? stopped() : cause;
    })
    .finally(endProgress);
  noteProblems(report.failures);
  note(`The report stands in ${folder}.`);
  if (command.report) {
    await writeFileAtomically(path.resolve(command.report.path), reportText(report, command.report.format));
    note(`The report stands in ${command.report.path}.`);
  }
  if (command.json) printJson(report);
  else print(summary(report));
  return report.failures.length > 0 ? 1 : 0;
}

const stopped = (): PatentLabError =>
  new PatentLabError({
    code: 'cancelled',
    message: 'Stopped. What was trained is kept.',
    remedy: 'The same command with --resume goes on from there; without it the study begins anew.',
  });

/** Without a workspace, the run and the embeddings stand in `.patent-lab` beside the plan or the real documents. */
async function studyOf({ source }: StudyCommand): Promise<{ root: string; study: PlannedStudy }> {
  switch (source.kind) {
    case 'workspace':
      return { root: path.resolve(source.workspace), study: defaultStudy() };
    case 'plan': {
      const file = path.resolve(source.file);
      return { root: path.resolve(source.workspace ?? path.dirname(file)), study: await readPlan(file) };
    }
    case 'files': {
      const { regimes, schedules, families, seeds, seed, view, resamples, test } = source;
      const files = async (given: readonly string[]): Promise<readonly string[]> =>
        (await Promise.all(given.map((one) => expandPath(path.resolve(one))))).flat();
      const real = await files(source.real);
      const plan = studyPlanSchema.parse({
        seeds,
        seed,
        view,
        resamples,
        ...(regimes.length > 0 ? { regimes } : {}),
        ...(schedules.length > 0 ? { schedules } : {}),
        ...(families.length > 0 ? { families } : {}),
      });
      return {
        root: path.dirname(real[0] ?? path.resolve('.')),
        study: {
          plan,
          name: 'Does synthetic data help?',
          sources: {
            taxonomy: path.resolve(source.taxonomy),
            real,
            synthetic: await files(source.synthetic),
            ...(test.length > 0 ? { test: await files(test) } : {}),
          },
        },
      };
    }
  }
}

function estimateText({
  arms,
  fits,
  steps,
  texts,
  seconds,
  real,
  synthetic,
  test,
  notes,
}: StudyEstimate): string {
  return [
    `${arms} arms, ${fits} models to fit (${steps} steps), about ${Math.ceil(seconds)} s${texts > 0 ? ` and ${texts} texts to encode` : ''}.`,
    `${real} real, ${synthetic} synthetic and ${test} test documents.`,
    ...notes,
  ].join('\n');
}

function summary({ conclusion, verdicts, power, notes }: StudyReport): string {
  return [
    conclusion,
    '',
    ...verdicts.map(
      ({ regime, schedule, thresholds, family, verdict, sentence }) =>
        `${regime}, ${schedule}, ${thresholds}, ${family}: ${verdict ?? 'no verdict'}. ${sentence}`,
    ),
    '',
    ...power.map(
      ({ regime, schedule, thresholds, sentence }) => `${regime}, ${schedule}, ${thresholds}: ${sentence}`,
    ),
    '',
    ...notes,
  ].join('\n');
}
