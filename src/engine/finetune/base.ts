/** The model of an encoder folder, read to be trained. */
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { bytesOf } from '../../core/graph/memory.ts';
import { readModel, type ModelSource } from '../../core/graph/import/model.ts';
import { TensorProto_DataType } from '../../core/graph/onnx_pb.ts';
import { readModelFile } from '../encoder/model-file.ts';
import { encoderName, readEncoderSpec, verifyEncoder, type EncoderSpec } from '../encoder/spec.ts';

export interface BaseModel {
  readonly folder: string;
  readonly spec: EncoderSpec;
  readonly source: ModelSource;
}

/** Bytes of the published weights. */
export const weightsOf = ({ source }: BaseModel): number =>
  [...source.weights.values()].reduce((sum, tensor) => sum + bytesOf(tensor), 0);

/** @throws `encoder-missing`, `encoder-hash-mismatch`, `model-invalid`, `model-quantised`, `model-external-data` */
export async function openBase(folder: string): Promise<BaseModel> {
  const spec = await readEncoderSpec(folder);
  const file = path.join(folder, spec.model);
  if (spec.precision !== 'fp32') throw notSingle(spec).in(file);
  await verifyEncoder(folder, spec);
  try {
    const { bytes, readExternal } = await readModelFile(file, spec.output);
    const source = readModel(bytes, readExternal);
    // What is trained is stored in single precision, and no operator adds that to half.
    const isHalf = source.graph.initializer.some(({ dataType }) => dataType === TensorProto_DataType.FLOAT16);
    if (isHalf) throw notSingle({ id: spec.id, precision: 'fp16' });
    return { folder, spec, source };
  } catch (cause) {
    throw cause instanceof PatentLabError ? cause.in(file) : cause;
  }
}

/** What is no base for training, and what is. */
export const notSingle = (spec: Pick<EncoderSpec, 'id' | 'precision'>): PatentLabError =>
  new PatentLabError({
    code: 'model-quantised',
    message: `${encoderName(spec)} is not in single precision, so its weights cannot be trained.`,
    remedy:
      'Only the head can be trained on it (--method head). For lora, last-k and full take the fp32 export.',
  });
