/** `numerics`: does another precision or execution provider calculate the same as the reference? */
import path from 'node:path';
import type { PatentLabError } from '../../core/errors.ts';
import { cosineText, CRITERION_NAMES } from '../../core/numerics/words.ts';
import { Engine } from '../../engine/engine.ts';
import type { StoredClassifier } from '../../engine/classifier/store.ts';
import { CLASSIFIER_FILE } from '../../engine/classifier/format.ts';
import { classifierTaxonomy } from '../../engine/evaluation/evaluate.ts';
import { expandPath } from '../../engine/files/read-documents.ts';
import { writeFileAtomically } from '../../engine/files/write.ts';
import { hashInputs } from '../../engine/leakage/inputs.ts';
import { openPair } from '../../engine/numerics/candidates.ts';
import {
  classifierOf,
  DEFAULT_VIEW,
  rememberOutcome,
  standings,
  workspaceNumericsCorpus,
} from '../../engine/numerics/handlers.ts';
import { numericsText, writeNumericsRun } from '../../engine/numerics/report-files.ts';
import { runNumerics, type NumericsCorpus } from '../../engine/numerics/run.ts';
import type { Task } from '../../engine/task.ts';
import { readLabelledDocuments } from '../../engine/workspace/records.ts';
import { openWorkspace } from '../../engine/workspace/workspace.ts';
import { PROVIDER_NAMES, type NumericsReport, type ProviderStanding } from '../../protocol/numerics.ts';
import type { NumericsCheckCommand, NumericsCommand } from '../arguments/numerics.ts';
import { endProgress, note, noteProblems, print, printJson, terminalTask } from '../output.ts';

/** Exit code 3: the candidate did not pass. */
export async function numericsCommand(command: NumericsCommand): Promise<number> {
  const engine = new Engine({ warn: note });
  const task = terminalTask();
  if (command.kind === 'providers') {
    const all = await standings(engine.gate, task);
    if (command.json) printJson(all);
    else print(all.map(standingLines).join('\n'));
    return 0;
  }
  const { folder, report } = await check(command, engine, task);
  endProgress();
  if (folder !== undefined) note(`The report stands in ${folder}.`);
  if (command.report) {
    const { path: file, format } = command.report;
    await writeFileAtomically(path.resolve(file), numericsText(report, format));
    note(`The report stands in ${file}.`);
  }
  if (command.json) printJson(report);
  else print(summary(report));
  return report.verdict === 'passed' ? 0 : 3;
}

async function check(
  command: NumericsCheckCommand,
  engine: Engine,
  task: Task,
): Promise<{ readonly report: NumericsReport; readonly folder?: string }> {
  const { candidate, reference, seed, resamples, limit, split } = command;
  const { classifier, corpus } = await compared(command, engine, task);
  const own = classifier ? engine.encoderSource(classifier) : engine.defaultEncoder();
  task.progress('Loading both models');
  const pair = await openPair(
    { requested: candidate, own, ...(reference === undefined ? {} : { reference: path.resolve(reference) }) },
    engine.gate.providers,
  );
  try {
    const report = await runNumerics(
      corpus,
      classifier,
      pair,
      {
        requested: candidate,
        view: classifier?.description.view ?? DEFAULT_VIEW,
        seed,
        resamples,
        ...(limit === undefined ? {} : { limit }),
        ...(split === undefined ? {} : { split }),
      },
      task,
    );
    await rememberOutcome(engine.gate, report);
    if (command.workspace === undefined) return { report };
    return { report, folder: await writeNumericsRun(path.resolve(command.workspace), report) };
  } finally {
    await pair.release();
  }
}

interface Compared {
  readonly classifier: StoredClassifier | undefined;
  readonly corpus: NumericsCorpus;
}

async function compared(
  { workspace: folder, model, corpora }: NumericsCheckCommand,
  engine: Engine,
  task: Task,
): Promise<Compared> {
  task.progress('Reading documents');
  if (folder !== undefined || model === undefined) {
    const workspace = await openWorkspace(path.resolve(folder ?? '.'));
    noteProblems(workspace.problems);
    const classifier = await classifierOf(engine, workspace);
    return { classifier, corpus: await workspaceNumericsCorpus(workspace, task) };
  }
  const place = path.resolve(model);
  const classifier = await engine.classifier(place);
  const problems: PatentLabError[] = [];
  const files = (await Promise.all(corpora.map(expandPath))).flat();
  const documents = await readLabelledDocuments(files, classifierTaxonomy(classifier), problems);
  endProgress();
  noteProblems(problems);
  const inputs = await hashInputs([...files, path.join(place, CLASSIFIER_FILE)], (file) => file, task);
  const labels = classifier.description.labels.map(({ id }) => id);
  return { classifier, corpus: { documents, labels, inputs } };
}

function standingLines({ provider, state, reason, setUp }: ProviderStanding): string {
  const name = PROVIDER_NAMES[provider].padEnd(9);
  if (state === 'ready')
    return `  ${name} works here: patent-lab numerics --candidate ${provider} … checks what it calculates`;
  const steps = setUp?.map((line) => `\n              ${line}`).join('') ?? '';
  return `  ${name} ${state}: ${reason}${steps === '' ? '' : `. With CUDA 12 and cuDNN 9 installed:${steps}`}`;
}

function summary({ comparison, criteria, conclusion, notes, reference, candidate }: NumericsReport): string {
  const { cosine, flips } = comparison;
  const row = (name: string, value: string): string => `  ${name.padEnd(36)} ${value}`;
  return [
    conclusion,
    '',
    row('cosine, mean and worst', `${cosineText(cosine.mean)}  ${cosineText(cosine.worst)}`),
    ...(flips ? [row('assignments that change', `${flips.flipped} of ${flips.assignments}`)] : []),
    row(
      'documents a second',
      `${candidate.documentsPerSecond.toFixed(1)}, reference ${reference.documentsPerSecond.toFixed(1)}`,
    ),
    ...criteria.map(({ name, met }) =>
      row(CRITERION_NAMES[name], met === null ? 'not measured' : met ? 'met' : 'NOT MET'),
    ),
    '',
    ...notes,
  ]
    .join('\n')
    .trimEnd();
}
