/** `fidelity`: how close synthetic documents are to real ones, how varied, how copied. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseTaxonomy } from '../../core/corpus/taxonomy.ts';
import { flatScores } from '../../core/fidelity/flat.ts';
import type { FidelityScores, Measured } from '../../core/fidelity/scores.ts';
import { Engine } from '../../engine/engine.ts';
import { fileDocuments, workspaceDocuments, type FidelityCorpus } from '../../engine/fidelity/corpus.ts';
import { DEFAULT_VIEW, workspaceClassifier } from '../../engine/fidelity/handlers.ts';
import { measuredGains } from '../../engine/fidelity/measured-gains.ts';
import { fidelityText, writeFidelityRun } from '../../engine/fidelity/report-files.ts';
import { scoreFidelity, type FidelityClassifier } from '../../engine/fidelity/score.ts';
import { readError } from '../../engine/files/errors.ts';
import { writeFileAtomically } from '../../engine/files/write.ts';
import type { Task } from '../../engine/task.ts';
import { openWorkspace } from '../../engine/workspace/workspace.ts';
import type { FidelityReport, FidelityScope } from '../../protocol/fidelity.ts';
import type { FidelityCommand } from '../arguments/fidelity.ts';
import { endProgress, note, noteProblems, print, printJson, terminalTask } from '../output.ts';

export async function fidelityCommand(command: FidelityCommand): Promise<number> {
  const engine = new Engine({ warn: note });
  const task = terminalTask();
  const { seed, permutations } = command;
  const { corpus, classifier } = await compared(command, engine, task);
  endProgress();
  noteProblems(corpus.problems);
  const view = classifier?.classifier.description.view ?? DEFAULT_VIEW;
  const root = command.workspace === undefined ? classifier?.folder : path.resolve(command.workspace);
  const embedder = await engine.embedder(root);
  const gains = command.workspace === undefined ? [] : await measuredGains(path.resolve(command.workspace));
  const options = { seed, view, permutations, gains };
  const report = await scoreFidelity(corpus, classifier, embedder, options, task);
  endProgress();
  if (command.workspace !== undefined) {
    note(`The report stands in ${await writeFidelityRun(path.resolve(command.workspace), report)}.`);
  }
  if (command.report) {
    const { path: file, format } = command.report;
    await writeFileAtomically(path.resolve(file), fidelityText(report, format));
    note(`The report stands in ${file}.`);
  }
  if (command.json) printJson(headless(report));
  else print(summary(report));
  return 0;
}

interface Compared {
  readonly corpus: FidelityCorpus;
  readonly classifier: FidelityClassifier | undefined;
}

async function compared(command: FidelityCommand, engine: Engine, task: Task): Promise<Compared> {
  const named = await namedClassifier(command, engine);
  task.progress('Reading documents');
  if (command.workspace !== undefined) {
    const workspace = await openWorkspace(path.resolve(command.workspace));
    const classifier = named ?? (await workspaceClassifier(engine, workspace));
    const view = classifier?.classifier.description.view ?? DEFAULT_VIEW;
    return { corpus: await workspaceDocuments(workspace, scopeOf(command), view, task), classifier };
  }
  const { real, synthetic, taxonomy: file } = command;
  const taxonomy = file === undefined ? undefined : { file, taxonomy: await readTaxonomy(file) };
  const view = named?.classifier.description.view ?? DEFAULT_VIEW;
  const files = { real, synthetic, ...(taxonomy ? { taxonomy } : {}) };
  return { corpus: await fileDocuments(files, view, task), classifier: named };
}

async function namedClassifier(
  { model }: FidelityCommand,
  engine: Engine,
): Promise<FidelityClassifier | undefined> {
  if (model === undefined) return undefined;
  const folder = path.resolve(model);
  const classifier = await engine.classifier(folder);
  return { folder, classifier, embedder: await engine.embedderOf(classifier, folder) };
}

function scopeOf({ synthetic, run }: FidelityCommand): FidelityScope {
  const [file] = synthetic;
  if (file !== undefined) return { kind: 'file', path: path.resolve(file) };
  return run === undefined ? { kind: 'workspace' } : { kind: 'run', run };
}

async function readTaxonomy(file: string) {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw readError(file, cause);
  });
  return parseTaxonomy(text, file);
}

/** One object with the scores by their usual names; a score of too few documents is null, and `tooFew` says why. */
export function headless(report: FidelityReport): object {
  const [overall] = report.cells;
  if (!overall) return {};
  const { n, mmd2, frechet, prdc, diversity, lexical, copying, labelFidelity } = overall.scores;
  const all = {
    mmd2,
    frechet,
    prdc,
    diversity,
    lexical,
    copying,
    ...(labelFidelity ? { labelFidelity } : {}),
  };
  const reasons = Object.entries(all).flatMap(([name, score]) =>
    score.kind === 'too-few' ? [[name, score.reason] as const] : [],
  );
  return {
    n,
    mmd2: measured(mmd2),
    frechet: measured(frechet),
    prdc: measured(prdc),
    diversity: measured(diversity),
    lexical: measured(lexical),
    copying: measured(copying),
    ...(labelFidelity ? { labelFidelity: measured(labelFidelity) } : {}),
    tooFew: Object.fromEntries(reasons),
    interpretation: overall.interpretation,
    cells: report.cells.slice(1),
    documents: report.documents,
    gains: report.gains,
    notes: report.notes,
    options: report.options,
    encoder: report.encoder,
    inputs: report.inputs,
  };
}

function measured<T extends object>(score: Measured<T>): object | null {
  if (score.kind === 'too-few') return null;
  return Object.fromEntries(Object.entries(score).filter(([name]) => name !== 'kind'));
}

function summary(report: FidelityReport): string {
  const [overall] = report.cells;
  return [
    ...(overall ? scoreLines(overall.scores) : []),
    '',
    ...(overall?.interpretation ?? []),
    ...report.gains,
    ...report.notes,
  ].join('\n');
}

const scoreLines = (scores: FidelityScores): readonly string[] =>
  flatScores(scores).map(({ name, value, low, high, range, note: remark }) => {
    const figures = [low, high].flatMap((end) => (end === undefined ? [] : [end.toPrecision(3)]));
    const between = range === undefined ? '' : `  [${[...new Set(figures)].join(' – ')}: ${range}]`;
    return `  ${name.padEnd(36)} ${(value === undefined ? '–' : value.toPrecision(4)).padStart(10)}${between}${remark === undefined ? '' : `  ${remark}`}`;
  });
