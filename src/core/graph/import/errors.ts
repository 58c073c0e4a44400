/** What can be wrong with a model that someone wants to train, told so that a person can act on it. */
import { PatentLabError } from '../../errors.ts';

export const modelInvalid = (reason: string, cause?: unknown): PatentLabError =>
  new PatentLabError(
    {
      code: 'model-invalid',
      message: `The model cannot be read as ONNX: ${reason}.`,
      remedy: 'Export it again, or choose another model.',
    },
    { cause },
  );

/** @param place the node as the exporter named it */
export const operatorUnknown = (operator: string, place: string, detail?: string): PatentLabError =>
  new PatentLabError({
    code: 'model-operator-unknown',
    message: `The model uses ${operator} at ${place}, ${detail ?? 'for which there is no rule here'}.`,
    remedy:
      'Export the model in fp32 without runtime-specific optimisation, or train only the head (--method head).',
  });

export const modelQuantised = (operator: string, place: string): PatentLabError =>
  new PatentLabError({
    code: 'model-quantised',
    message: `The model is quantised (${operator} at ${place}): its weights are whole numbers and have no gradient.`,
    remedy:
      'Only the head can be trained on it (--method head). For lora, last-k and full take the fp32 export.',
  });

export const modelTooLarge = (bytes: number): PatentLabError =>
  new PatentLabError({
    code: 'model-too-large',
    message: `The model's weights take ${(bytes / 2 ** 30).toFixed(1)} GB, and one file of this format holds 2 GB at most.`,
    remedy: 'Take a smaller encoder.',
  });
