/** The classifier's card: what a person should know before trusting it, in Markdown. */
import { VIEW_NAMES } from '../../core/patent/view.ts';
import { unreachable } from '../../core/errors.ts';
import type { ClassifierDescription, FinetunedDescription } from './format.ts';

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;

function methodName(method: FinetunedDescription['method']): string {
  switch (method.kind) {
    case 'lora':
      return `LoRA, rank ${method.rank}, alpha ${method.alpha}`;
    case 'last-k':
      return `last ${method.layers} layers`;
    case 'full':
      return 'all weights';
    default:
      return unreachable(method);
  }
}

export function classifierCard(
  classifier: Omit<ClassifierDescription, 'weights' | 'vocabulary'> &
    Pick<ClassifierDescription, 'vocabulary'>,
): string {
  const { training, labels, metrics } = classifier;
  const few = labels.filter((label) => label.basis === 'few');
  const zeroShot = labels.filter((label) => label.basis === 'zero-shot');
  const lines = [
    `# Classifier “${classifier.name}”`,
    '',
    `Trained ${classifier.trainedAt} by Patent Lab ${classifier.patentLab} in ${training.seconds.toFixed(1)} s.`,
    '',
    '## What it is',
    '',
    `- Taxonomy: ${classifier.taxonomy.name}, ${labels.length} labels (hash ${classifier.taxonomy.sha256.slice(0, 12)}).`,
    `- Reads: ${VIEW_NAMES[classifier.view]}, in windows of ${classifier.encoder.maxTokens} tokens; nothing is cut.`,
    `- Encoder: ${classifier.encoder.id}, ${classifier.encoder.precision} (hash ${classifier.encoder.sha256.slice(0, 12)}), ${classifier.finetuned ? `fine-tuned (${methodName(classifier.finetuned.method)}), the state after epoch ${classifier.finetuned.bestEpoch}` : 'frozen'}.`,
    classifier.finetuned
      ? "- Head: one affine logit a label on the embedding, trained together with the encoder from the frozen encoder's head."
      : `- Head: one logistic regression a label on the embedding${(training.lexicalScale ?? 0) > 0 ? ` and TF-IDF of ${classifier.vocabulary.words} words` : ''}, with the labels' own texts as evidence.`,
    `- Trained on ${training.documents} documents in ${training.groups} groups, ${training.synthetic} of them synthetic (hash ${training.sha256.slice(0, 12)}), seed ${training.seed}.`,
    ...(classifier.finetuned
      ? []
      : training.priorWeight === undefined
        ? ['- Nothing was validated: there are too few labelled documents.']
        : [
            `- Chosen by ${training.folds}-fold cross-validation split by group: weight of the label texts ${training.priorWeight}, scale of TF-IDF ${training.lexicalScale}, regularisation per label.`,
          ]),
    '',
    '## How good it is',
    '',
  ];
  if (metrics) {
    const row = (name: string, { value, low, high }: { value: number; low: number; high: number }): string =>
      `| ${name} | ${value.toFixed(3)} | ${low.toFixed(3)} – ${high.toFixed(3)} |`;
    lines.push(
      `| metric | ${classifier.finetuned ? 'validation' : 'out-of-fold'} | 95 % interval |`,
      '|---|---|---|',
      row('micro-F1', metrics.microF1),
      row('macro-F1, over labels with an example', metrics.macroF1),
      row('micro average precision', metrics.microAP),
      '',
      classifier.finetuned
        ? 'Estimated on documents that were held out. The epoch and the thresholds were chosen on the same documents, so'
        : 'Estimated on documents that the respective fold had not seen. The thresholds were tuned on the same folds, so',
      'the F1 values are slightly optimistic; judge on documents of your own with `patent-lab evaluate`.',
    );
  } else {
    lines.push('Unknown: there was nothing to measure on. Treat every probability as a suggestion.');
  }
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
