/** `classify`: patents through a classifier. */
import path from 'node:path';
import { formatPlace, toErrorReport } from '../../core/errors.ts';
import { classifyPatent } from '../../engine/classification/classify.ts';
import { outcomeRecord } from '../../engine/classification/export.ts';
import { expandTargets, readTarget, type TargetOutcome } from '../../engine/classification/targets.ts';
import { Engine } from '../../engine/engine.ts';
import { PATENT_EXTENSIONS } from '../../engine/files/patent-files.ts';
import { isCancelled } from '../../engine/task.ts';
import { classifierFolder, openWorkspace } from '../../engine/workspace/workspace.ts';
import type { ClassifyOutcome, LabelPrediction } from '../../protocol/engine.ts';
import type { ClassifyCommand } from '../arguments/classify.ts';
import { Failures } from '../exit-code.ts';
import { endProgress, note, print, printJson, terminalTask } from '../output.ts';

export async function classifyCommand(command: ClassifyCommand): Promise<number> {
  const engine = new Engine({ warn: note });
  const model = path.resolve(command.model.path);
  const workspace = command.model.kind === 'workspace' ? await openWorkspace(model) : undefined;
  const folder = workspace ? classifierFolder(workspace) : model;
  const tables = workspace?.config.tables ?? [];
  const classifier = await engine.classifier(folder);
  const embedder = await engine.embedderOf(classifier, undefined);
  const attribution = command.json ? undefined : await engine.attributionOf(classifier);
  const task = terminalTask();
  const failures = new Failures();
  let documents = 0;
  const targets = await expandTargets(command.targets.map((target) => ({ path: target })));
  for (const [position, target] of targets.entries()) {
    task.progress('Classifying', position, targets.length);
    const outcomes: AsyncIterable<TargetOutcome> | readonly TargetOutcome[] =
      'kind' in target ? [target] : readTarget(target, { tables });
    for await (const outcome of outcomes) {
      await task.checkpoint();
      const result = await classifyOutcome(outcome);
      documents++;
      if (result.kind === 'failed') failures.add(result.error);
      endProgress();
      if (command.json) printJson(outcomeRecord(result));
      else printOutcome(result, command.top);
    }
  }
  endProgress();
  if (documents === 0) {
    note(`There is no patent file to classify here (${PATENT_EXTENSIONS.join(', ')}).`);
    return 2;
  }
  return failures.exitCode(documents);

  async function classifyOutcome(outcome: TargetOutcome): Promise<ClassifyOutcome> {
    if (outcome.kind === 'failure') {
      return { kind: 'failed', path: outcome.path, index: outcome.index, error: outcome.error.report() };
    }
    try {
      const { prediction } = await classifyPatent(
        outcome.patent,
        classifier,
        embedder,
        { evidence: !command.json, path: outcome.path, attribution },
        task,
      );
      return { kind: 'classified', prediction };
    } catch (cause) {
      if (isCancelled(cause)) throw cause;
      const index = outcome.patent.source.index;
      return { kind: 'failed', path: outcome.path, index, error: toErrorReport(cause) };
    }
  }
}

/** Width of the probability bar in characters. */
const BAR = 20;

function printOutcome(outcome: ClassifyOutcome, top: number): void {
  if (outcome.kind === 'failed') {
    const place = formatPlace(outcome.error.place);
    note(`${place === '' ? outcome.path : place}: ${outcome.error.message} ${outcome.error.remedy}`);
    return;
  }
  const { document, labels, coverage, evidence } = outcome.prediction;
  const assigned = labels.filter((label) => label.status === 'assigned');
  const shown = [...assigned, ...labels.filter((label) => label.status !== 'assigned').slice(0, top)];
  const width = Math.max(...shown.map((label) => label.name.length));
  print(`\n${document.id}  ${document.title}`);
  print(
    `  read: ${coverage.sections.map(({ section, characters }) => `${section} ${characters}`).join(', ')} characters (${coverage.tokens} tokens in ${coverage.windows} windows)${coverage.missing.length > 0 ? `; missing: ${coverage.missing.join(', ')}` : ''}`,
  );
  for (const { section, characters, reason } of coverage.cut) {
    print(`  cut: ${characters} characters of the ${section}: ${reason}`);
  }
  for (const gap of coverage.gaps) print(`  gap: ${gap}`);
  for (const label of shown) {
    const bar = '█'.repeat(Math.round(label.probability * BAR)).padEnd(BAR, '·');
    const percent = `${(100 * label.probability).toFixed(1)} %`.padStart(7);
    const mark = label.status === 'assigned' ? '✓' : label.status === 'borderline' ? '?' : ' ';
    print(
      `  ${mark} ${label.name.padEnd(width)} ${bar} ${percent}${label.basis === 'trained' ? '' : `  (${label.basis})`}`,
    );
    const reason =
      label.status === 'assigned'
        ? strongest(
            label,
            evidence?.passages.map(({ text }) => text),
          )
        : undefined;
    if (reason) print(`      “${reason}”`);
  }
}

/** The passage that carried the label most, shortened. */
function strongest(label: LabelPrediction, passages: readonly string[] | undefined): string | undefined {
  const contributions = label.contributions ?? [];
  const best = contributions.indexOf(Math.max(...contributions));
  const text = passages?.[best];
  return text && text.length > 110 ? `${text.slice(0, 110)}…` : text;
}
