/** An exported model with some of its stored tensors exchanged, otherwise byte for byte what it says. */
import { fromBinary, toBinary } from '@bufbuild/protobuf';
import {
  ModelProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  type TensorProto,
} from '../onnx_pb.ts';
import { externalEntries, SMALL, type StoreData } from '../serialise.ts';
import { elementCount } from '../tensor.ts';
import { modelInvalid, modelTooLarge } from './errors.ts';
import { externalPlace, type ReadExternal } from './initialisers.ts';

/** A model's file cannot grow beyond 2 GB: with more weights than this, they stand beside it. */
export const MOST_INSIDE = 2 ** 31 - 2 ** 26;

export interface WithWeightsOptions {
  /** Given: tensors beside the file are taken into it, so that the result stands alone. */
  readonly readExternal?: ReadExternal;
  /** Where the weights go that one file cannot hold. */
  readonly store?: StoreData;
  /** Bytes of weights that one file holds. */
  readonly mostInside?: number;
}

/**
 * @param weights new numbers by the name of the stored tensor, in its order; they are stored in single precision
 * @throws `model-invalid`; `model-too-large` where one file cannot hold the weights and there is no place for them
 */
export function withWeights(
  bytes: Uint8Array,
  weights: ReadonlyMap<string, Float32Array>,
  { readExternal, store, mostInside = MOST_INSIDE }: WithWeightsOptions = {},
): Uint8Array {
  const model = fromBinary(ModelProtoSchema, bytes);
  const stored = model.graph?.initializer ?? [];
  const names = new Set(stored.map(({ name }) => name));
  const missing = [...weights.keys()].find((name) => !names.has(name));
  if (missing !== undefined) throw modelInvalid(`there is no stored tensor ${missing}`);
  for (const tensor of stored) {
    const values = weights.get(tensor.name);
    if (values) exchange(tensor, values);
    else if (readExternal && isExternal(tensor)) putInside(tensor, readExternal(externalPlace(tensor)));
  }
  const size = stored.reduce((total, { rawData }) => total + rawData.length, 0);
  if (size > mostInside) {
    if (!store) throw modelTooLarge(size);
    for (const tensor of stored) if (tensor.rawData.length >= SMALL) putBeside(tensor, store);
  }
  return toBinary(ModelProtoSchema, model);
}

const isExternal = ({ dataLocation }: TensorProto): boolean =>
  dataLocation === TensorProto_DataLocation.EXTERNAL;

function exchange(tensor: TensorProto, values: Float32Array): void {
  const count = elementCount(tensor.dims.map(Number));
  if (values.length !== count) {
    throw modelInvalid(`${tensor.name} holds ${count} numbers, not ${values.length}`);
  }
  putInside(tensor, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  tensor.dataType = TensorProto_DataType.FLOAT;
  tensor.floatData = [];
  tensor.int32Data = [];
}

function putInside(tensor: TensorProto, bytes: Uint8Array): void {
  tensor.rawData = bytes;
  tensor.externalData = [];
  tensor.dataLocation = TensorProto_DataLocation.DEFAULT;
}

function putBeside(tensor: TensorProto, store: StoreData): void {
  tensor.externalData = externalEntries(store(tensor.rawData), tensor.rawData.length);
  tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
  tensor.rawData = new Uint8Array();
}
