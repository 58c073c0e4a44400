/** `evaluate`: a classifier on labelled documents it was not trained on. */
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import type { Evaluation } from '../../core/metrics/evaluate.ts';
import { Engine } from '../../engine/engine.ts';
import { classifierTaxonomy, evaluateClassifier } from '../../engine/evaluation/evaluate.ts';
import { seenDocuments } from '../../engine/training/seen.ts';
import { expandPath } from '../../engine/files/read-documents.ts';
import { readLabelledDocuments } from '../../engine/workspace/records.ts';
import type { EvaluateCommand } from '../arguments/evaluate.ts';
import { endProgress, note, noteProblems, print, printJson, terminalTask } from '../output.ts';

export async function evaluateCommand(command: EvaluateCommand): Promise<number> {
  const engine = new Engine({ warn: note });
  const folder = path.resolve(command.model);
  const classifier = await engine.classifier(folder);
  const problems: PatentLabError[] = [];
  const files = (await Promise.all(command.corpora.map(expandPath))).flat();
  const all = await readLabelledDocuments(files, classifierTaxonomy(classifier), problems);
  noteProblems(problems);
  const documents = command.split === undefined ? all : all.filter(({ split }) => split === command.split);
  if (documents.length === 0) {
    throw new PatentLabError({
      code: 'corpus-unlabelled',
      message: `There is no labelled document${command.split === undefined ? '' : ` of split "${command.split}"`} in ${command.corpora.join(', ')}.`,
      remedy:
        command.split === undefined
          ? 'Name a corpus whose documents have labels that the classifier knows.'
          : 'Choose another --split, leave it out, or name another corpus.',
    });
  }
  const embedder = await engine.embedderOf(classifier, folder);
  const evaluation = await evaluateClassifier(classifier, documents, embedder, terminalTask(), {
    seed: command.seed,
    resamples: command.resamples,
  });
  endProgress();
  const seen = seenDocuments(documents, classifier.description);
  if (seen.length > 0) {
    note(
      `${seen.length} of ${documents.length} documents are of a family or text that the classifier was trained on (${seen
        .slice(0, 5)
        .map(({ patent }) => patent.id)
        .join(', ')}${seen.length > 5 ? ', …' : ''}): these figures flatter it.`,
    );
  }
  if (command.json) {
    const perLabel = evaluation.perLabel.map((scores, label) => ({
      id: classifier.description.labels[label]?.id,
      ...scores,
    }));
    printJson({
      model: folder,
      split: command.split ?? null,
      seenInTraining: seen.map(({ patent }) => patent.id),
      ...evaluation,
      perLabel,
    });
  } else {
    print(table(evaluation));
  }
  return 0;
}

function table({ metrics, documents, labels, bootstrap, expectedCalibrationError }: Evaluation): string {
  const rows = Object.entries(metrics).map(
    ([name, { value, low, high }]) =>
      `  ${name.padEnd(30)} ${value.toFixed(4)}  ${low.toFixed(4)} – ${high.toFixed(4)}`,
  );
  return [
    `${documents} documents, ${labels} labels; 95 % intervals over ${bootstrap.units} ${bootstrap.unit}s, ${bootstrap.resamples} resamples`,
    ...rows,
    `  ${'expectedCalibrationError'.padEnd(30)} ${expectedCalibrationError.toFixed(4)}`,
  ].join('\n');
}
