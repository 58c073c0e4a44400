/** Words that every panel of a training needs. */
import type { LearningCurves } from '../../src/protocol/learning-curves.ts';
import type { TunedFamily } from '../../src/protocol/finetune.ts';
import { decimal, integer } from '../ui/format.ts';
import { plural, t } from '../ui/strings.ts';

/** @param layers that are trained, for `last-k` */
export function familyName(family: TunedFamily, layers = 0): string {
  switch (family) {
    case 'lora':
      return t('LoRA');
    case 'last-k':
      return plural(layers, 'the last layer', 'the last {0} layers', integer(layers));
    case 'full':
      return t('full fine-tuning');
  }
}

/** `1.4 GB`, `820 MB`. */
export function memory(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1000
    ? t('{0} MB', integer(Math.ceil(megabytes)))
    : t('{0} GB', decimal(megabytes / 1024, 1));
}

export function lossLabel({ losses }: Pick<LearningCurves<unknown>, 'losses'>): string {
  const [first, last] = [losses[0], losses.at(-1)];
  return first && last
    ? t(
        'Loss: {0} at step {1}, {2} at step {3}.',
        decimal(first.loss, 4),
        first.step,
        decimal(last.loss, 4),
        last.step,
      )
    : t('No step was made yet.');
}
