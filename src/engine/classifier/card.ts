/** The classifier's card: what a person should know before trusting it, in Markdown. */
import { VIEW_NAMES } from '../../core/patent/view.ts';
import { unreachable } from '../../core/errors.ts';
import type { ClassifierDescription, Tuning } from './format.ts';

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

function methodName(method: Tuning['method']): string {
  switch (method.kind) {
    case 'lora':
      return `LoRA, rank ${method.rank}, alpha ${method.alpha}`;
    case 'last-k':
      return method.layers === 1 ? 'the last layer' : `the last ${method.layers} layers`;
    case 'full':
      return 'all weights';
    default:
      return unreachable(method);
  }
}

type DescribedClassifier = Omit<ClassifierDescription, 'weights' | 'vocabulary'> &
  Pick<ClassifierDescription, 'vocabulary'>;

/** What was trained of the encoder; undefined where the frozen encoder's own head was better, and is the classifier. */
function tuningOf({ finetuned, merged }: DescribedClassifier): Tuning | undefined {
  const tuning = finetuned ?? merged;
  return tuning && tuning.bestEpoch > 0 ? tuning : undefined;
}

function headLine({ training, vocabulary }: DescribedClassifier, tuning: Tuning | undefined): string {
  const hasWords = (training.lexicalScale ?? 0) > 0;
  const words = `TF-IDF of ${vocabulary.words} words`;
  return tuning
    ? `- Head: one affine logit a label on the embedding, trained together with the encoder from the frozen encoder's head${hasWords ? `; that head's weights on ${words} stay as they were` : ''}.`
    : `- Head: one logistic regression a label on the embedding${hasWords ? ` and ${words}` : ''}, with the labels' own texts as evidence.`;
}

const choicesLine = ({ training }: DescribedClassifier): string =>
  training.priorWeight === undefined
    ? '- Nothing was validated: there are too few labelled documents.'
    : `- Chosen by ${training.folds}-fold cross-validation split by group: weight of the label texts ${training.priorWeight}, scale of TF-IDF ${training.lexicalScale}, regularisation per label.`;

function qualityLines({ metrics }: DescribedClassifier, tuning: Tuning | undefined): readonly string[] {
  if (!metrics) return ['Unknown: there was nothing to measure on. Treat every probability as a suggestion.'];
  const row = (name: string, { value, low, high }: { value: number; low: number; high: number }): string =>
    `| ${name} | ${value.toFixed(3)} | ${low.toFixed(3)} – ${high.toFixed(3)} |`;
  return [
    `| metric | ${tuning ? 'validation' : 'out-of-fold'} | 95 % interval |`,
    '|---|---|---|',
    row('micro-F1', metrics.microF1),
    row('macro-F1, over labels with an example', metrics.macroF1),
    row('micro average precision', metrics.microAP),
    '',
    tuning
      ? 'Estimated on documents that were held out. The epoch and the thresholds were chosen on the same documents, so'
      : 'Estimated on documents that the respective fold had not seen. The thresholds were tuned on the same folds, so',
    'the F1 values are slightly optimistic; judge on documents of your own with `patent-lab evaluate`.',
  ];
}

export function classifierCard(classifier: DescribedClassifier): string {
  const { training, labels } = classifier;
  const few = labels.filter((label) => label.basis === 'few');
  const zeroShot = labels.filter((label) => label.basis === 'zero-shot');
  const tuning = tuningOf(classifier);
  const lines = [
    `# Classifier “${classifier.name}”`,
    '',
    `Trained ${classifier.trainedAt} by Patent Lab ${classifier.patentLab} in ${training.seconds.toFixed(1)} s.`,
    '',
    '## What it is',
    '',
    `- Taxonomy: ${classifier.taxonomy.name}, ${labels.length} labels (hash ${classifier.taxonomy.sha256.slice(0, 12)}).`,
    `- Reads: ${VIEW_NAMES[classifier.view]}, in windows of ${classifier.encoder.maxTokens} tokens; nothing is cut.`,
    `- Encoder: ${classifier.encoder.id}, ${classifier.encoder.precision} (hash ${classifier.encoder.sha256.slice(0, 12)}), ${tuning ? `fine-tuned (${methodName(tuning.method)}) for ${tuning.bestEpoch} ${tuning.bestEpoch === 1 ? 'epoch' : 'epochs'}` : 'frozen'}${classifier.encoder.folder === undefined ? '' : `; it lies in ${classifier.encoder.folder} and is read from there`}.`,
    headLine(classifier, tuning),
    `- Trained on ${training.documents} documents in ${training.groups} groups, ${training.synthetic} of them synthetic (hash ${training.sha256.slice(0, 12)}), seed ${training.seed}.`,
    ...(tuning ? [] : [choicesLine(classifier)]),
    '',
    '## How good it is',
    '',
    ...qualityLines(classifier, tuning),
  ];
  lines.push('', '## Read this before you trust it', '', ...classifier.notes.map((note) => `- ${note}`));
  if (few.length > 0) {
    lines.push('', '### Labels with too few examples', '');
    lines.push(...few.map((label) => `- ${label.name} (${label.id}): ${label.positives}`));
  }
  if (zeroShot.length > 0) {
    lines.push('', '### Labels without an example, judged by their text alone', '');
    lines.push(...zeroShot.map((label) => `- ${label.name} (${label.id})`));
  }
  lines.push('', '## Labels', '', '| label | examples | threshold | basis |', '|---|---:|---:|---|');
  lines.push(
    ...labels.map(
      (label) => `| ${label.name} | ${label.positives} | ${percent(label.threshold)} | ${label.basis} |`,
    ),
  );
  return `${lines.join('\n')}\n`;
}
