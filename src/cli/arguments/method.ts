/** Options that say what of an encoder is trained. */
import { TRAINING_NUMBERS } from '../../core/corpus/training-numbers.ts';
import { USUAL_LAYERS } from '../../core/learning/finetune/recipe.ts';
import { loraOf, USUAL_LORA, type Method } from '../../core/learning/finetune/method.ts';
import { text, usageError, within, type Values } from './options.ts';

/** A method, or only the head on the frozen encoder. */
export type MethodChoice = Method | { readonly kind: 'head' };

export const METHOD_OPTIONS = {
  method: { type: 'string' },
  rank: { type: 'string' },
  alpha: { type: 'string' },
  targets: { type: 'string' },
  layers: { type: 'string' },
} as const;

/** Options that only one method has. */
const OWN: Readonly<Record<MethodChoice['kind'], readonly string[]>> = {
  lora: ['rank', 'alpha', 'targets'],
  'last-k': ['layers'],
  full: [],
  head: [],
};

/** @param kinds those that the command knows; without --method it is LoRA */
export function methodOf<K extends MethodChoice['kind']>(
  values: Values,
  kinds: readonly K[],
): Extract<MethodChoice, { readonly kind: K }> {
  const given = text(values['method']) ?? 'lora';
  const kind = kinds.find((one) => one === given);
  if (kind === undefined) throw usageError(`--method is one of ${kinds.join(', ')}, not "${given}".`);
  const foreign = Object.values(OWN)
    .flat()
    .find((option) => values[option] !== undefined && !OWN[kind].includes(option));
  if (foreign !== undefined) throw usageError(`--${foreign} does not go with --method ${kind}.`);
  return chosen(kind, values) as Extract<MethodChoice, { readonly kind: K }>;
}

function chosen(kind: MethodChoice['kind'], values: Values): MethodChoice {
  switch (kind) {
    case 'lora': {
      const rank = within(values['rank'], '--rank', USUAL_LORA.rank, TRAINING_NUMBERS.rank);
      const usual = loraOf({ rank });
      const alpha = within(values['alpha'], '--alpha', usual.alpha, TRAINING_NUMBERS.alpha);
      return loraOf({ rank, alpha, targets: text(values['targets'])?.split(',') });
    }
    case 'last-k':
      return { kind, layers: within(values['layers'], '--layers', USUAL_LAYERS, TRAINING_NUMBERS.layers) };
    case 'full':
    case 'head':
      return { kind };
  }
}
