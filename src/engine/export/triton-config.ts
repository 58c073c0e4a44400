/**
 * `config.pbtxt` of a Triton model: its name, backend, inputs and outputs
 * (<https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/model_configuration.html>).
 */
import type { ModelTensor, WholeModel } from './whole-model.ts';

/** Windows that the server may put into one run. [ours] */
const MAX_BATCH = 32;

/** @param isAlone whether what a window comes to depends on the others of its batch, so that there may be none */
export const tritonConfig = (
  name: string,
  { inputs, outputs }: Omit<WholeModel, 'bytes'>,
  isAlone: boolean,
): string =>
  [
    `name: "${name}"`,
    'backend: "onnxruntime"',
    `max_batch_size: ${isAlone ? 1 : MAX_BATCH}`,
    list('input', inputs),
    list('output', outputs),
    '',
  ].join('\n');

const list = (field: string, tensors: readonly ModelTensor[]): string =>
  `${field} [\n${tensors.map(entry).join(',\n')}\n]`;

const entry = ({ name, type, dims }: ModelTensor): string =>
  `  {\n    name: "${name}"\n    data_type: TYPE_${type}\n    dims: [ ${dims.join(', ')} ]\n  }`;
