/**
 * `config.pbtxt` of a Triton model: its name, backend, inputs and outputs
 * (<https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/model_configuration.html>).
 */
import type { ServedModel, ServedTensor } from './model.ts';

/** Texts that the server may put into one run. [ours] */
const MAX_BATCH = 32;

export const tritonConfig = (name: string, { inputs, outputs }: Omit<ServedModel, 'bytes'>): string =>
  [
    `name: "${name}"`,
    'backend: "onnxruntime"',
    `max_batch_size: ${MAX_BATCH}`,
    list('input', inputs),
    list('output', outputs),
    '',
  ].join('\n');

const list = (field: string, tensors: readonly ServedTensor[]): string =>
  `${field} [\n${tensors.map(entry).join(',\n')}\n]`;

const entry = ({ name, type, dims }: ServedTensor): string =>
  `  {\n    name: "${name}"\n    data_type: TYPE_${type}\n    dims: [ ${dims.join(', ')} ]\n  }`;
