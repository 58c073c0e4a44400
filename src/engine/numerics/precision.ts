/** In which precision a model calculates, told from its graph: file names lie. */
import { fromBinary } from '@bufbuild/protobuf';
import { QUANTISED } from '../../core/graph/import/lowering.ts';
import { modelInvalid } from '../../core/graph/import/errors.ts';
import { ModelProtoSchema, TensorProto_DataType, type ModelProto } from '../../core/graph/onnx_pb.ts';
import type { EncoderSpec } from '../encoder/spec.ts';

/** Weights packed in four bits. */
const FOUR_BITS = 'MatMulNBits';

/** @throws PatentLabError `model-invalid` for what is no ONNX model. */
export function modelPrecision(bytes: Uint8Array): EncoderSpec['precision'] {
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch (cause) {
    throw modelInvalid('it does not parse', cause);
  }
  const nodes = model.graph?.node ?? [];
  if (nodes.length === 0) throw modelInvalid('it holds no graph');
  if (nodes.some(({ opType }) => opType === FOUR_BITS)) return 'q4';
  const name = ({ domain, opType }: { readonly domain: string; readonly opType: string }): string =>
    domain === '' || domain === 'ai.onnx' ? opType : `${domain}.${opType}`;
  if (nodes.some((node) => QUANTISED.has(name(node)))) return 'int8';
  const weights = model.graph?.initializer ?? [];
  const half = weights.some(({ dataType }) => dataType === TensorProto_DataType.FLOAT16);
  return half ? 'fp16' : 'fp32';
}
