/** An exported model with some of its stored tensors exchanged, otherwise byte for byte what it says. */
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, TensorProto_DataLocation, TensorProto_DataType } from '../onnx_pb.ts';
import { elementCount } from '../tensor.ts';
import { modelInvalid } from './errors.ts';
import type { ReadExternal } from './initialisers.ts';

/**
 * @param weights new numbers by the name of the stored tensor, in its order; they are stored in single precision
 * @param readExternal given: tensors beside the file are taken into it, so that the result stands alone
 */
export function withWeights(
  bytes: Uint8Array,
  weights: ReadonlyMap<string, Float32Array>,
  readExternal?: ReadExternal,
): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const missing = new Set(weights.keys());
  for (const tensor of model.graph?.initializer ?? []) {
    const values = weights.get(tensor.name);
    if (!values && (tensor.dataLocation !== TensorProto_DataLocation.EXTERNAL || !readExternal)) continue;
    if (values && values.length !== elementCount(tensor.dims.map(Number))) {
      throw modelInvalid(
        `${tensor.name} holds ${elementCount(tensor.dims.map(Number))} numbers, not ${values.length}`,
      );
    }
    const entries = new Map(tensor.externalData.map(({ key, value }) => [key, value]));
    const length = entries.get('length');
    tensor.rawData = values
      ? new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
      : (readExternal?.({
          location: entries.get('location') ?? '',
          offset: Number(entries.get('offset') ?? 0),
          ...(length === undefined ? {} : { length: Number(length) }),
        }) ?? new Uint8Array());
    if (values) {
      tensor.dataType = TensorProto_DataType.FLOAT;
      tensor.floatData = [];
      tensor.int32Data = [];
    }
    tensor.externalData = [];
    tensor.dataLocation = TensorProto_DataLocation.DEFAULT;
    missing.delete(tensor.name);
  }
  const [first] = missing;
  if (first !== undefined) throw modelInvalid(`there is no stored tensor ${first}`);
  return toBinary(ModelProtoSchema, model);
}
