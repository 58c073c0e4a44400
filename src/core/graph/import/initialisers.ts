/** Stored tensors of a model as constants: without copying where the bytes lie well, and in the types the library has. */
import { fromHalf } from '../half.ts';
import { TensorProto_DataLocation, TensorProto_DataType, type TensorProto } from '../onnx_pb.ts';
import { constant, elementCount, filled, type DataType, type Tensor, type TensorData } from '../tensor.ts';
import { modelInvalid } from './errors.ts';

/** Where a tensor's bytes stand outside the model's file. */
export interface ExternalPlace {
  readonly location: string;
  readonly offset: number;
  /** Undefined: to the end of the file. */
  readonly length?: number;
}

export type ReadExternal = (place: ExternalPlace) => Uint8Array;

export function constantOf(tensor: TensorProto, readExternal: ReadExternal | undefined): Tensor {
  const shape = tensor.dims.map(Number);
  const data = dataOf(tensor, readExternal);
  if (data.length !== elementCount(shape)) {
    throw modelInvalid(`${tensor.name} holds ${data.length} numbers for the shape [${shape.join(', ')}]`);
  }
  return constant(data, shape);
}

/** The library's type for one of ONNX's; narrower numbers become the wide ones, doubles become single. */
export function libraryType(type: TensorProto_DataType): DataType | undefined {
  switch (type) {
    case TensorProto_DataType.FLOAT:
    case TensorProto_DataType.FLOAT16:
    case TensorProto_DataType.DOUBLE:
      return 'float32';
    case TensorProto_DataType.INT64:
    case TensorProto_DataType.INT32:
      return 'int64';
    case TensorProto_DataType.BOOL:
      return 'bool';
    default:
      return undefined;
  }
}

function dataOf(tensor: TensorProto, readExternal: ReadExternal | undefined): TensorData {
  const type = libraryType(tensor.dataType);
  if (!type) {
    throw modelInvalid(
      `${tensor.name} holds numbers of the type ${TensorProto_DataType[tensor.dataType] ?? tensor.dataType}`,
    );
  }
  const bytes =
    tensor.dataLocation === TensorProto_DataLocation.EXTERNAL
      ? externalBytes(tensor, readExternal)
      : tensor.rawData;
  if (bytes.length > 0) return fromBytes(tensor, bytes);
  const listed = [tensor.floatData, tensor.doubleData, tensor.int64Data, tensor.int32Data]
    .map((list) => Array.from<number | bigint, number>(list, Number))
    .find(({ length }) => length > 0);
  if (tensor.dataType === TensorProto_DataType.FLOAT16 && listed) {
    return Float32Array.from(listed, fromHalf);
  }
  return filled(type, listed ? listed.length : 0, (i) => listed?.[i] ?? 0);
}

function externalBytes(tensor: TensorProto, readExternal: ReadExternal | undefined): Uint8Array {
  const place = externalPlace(tensor);
  if (!readExternal) throw modelInvalid(`${tensor.name} lies outside the file, and nothing says where`);
  return readExternal(place);
}

/** Where the model says that a tensor's bytes stand. */
export function externalPlace({ name, externalData }: TensorProto): ExternalPlace {
  const entries = new Map(externalData.map(({ key, value }) => [key, value]));
  const location = entries.get('location');
  if (location === undefined) throw modelInvalid(`${name} lies outside the file, and nothing says where`);
  const length = entries.get('length');
  return {
    location,
    offset: Number(entries.get('offset') ?? 0),
    ...(length === undefined ? {} : { length: Number(length) }),
  };
}

function fromBytes({ name, dataType }: TensorProto, bytes: Uint8Array): TensorData {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = ELEMENT_BYTES[dataType] ?? 0;
  if (bytes.length % size !== 0) throw modelInvalid(`${name} ends within a number`);
  const count = bytes.length / size;
  switch (dataType) {
    case TensorProto_DataType.FLOAT:
      return bytes.byteOffset % 4 === 0
        ? new Float32Array(bytes.buffer, bytes.byteOffset, count)
        : // Not `slice`: a Node buffer does not copy there.
          new Float32Array(new Uint8Array(bytes).buffer);
    case TensorProto_DataType.FLOAT16:
      return Float32Array.from({ length: count }, (_, i) => fromHalf(view.getUint16(2 * i, true)));
    case TensorProto_DataType.DOUBLE:
      return Float32Array.from({ length: count }, (_, i) => view.getFloat64(8 * i, true));
    case TensorProto_DataType.INT64:
      return BigInt64Array.from({ length: count }, (_, i) => view.getBigInt64(8 * i, true));
    case TensorProto_DataType.INT32:
      return BigInt64Array.from({ length: count }, (_, i) => BigInt(view.getInt32(4 * i, true)));
    default:
      return bytes;
  }
}

const ELEMENT_BYTES: Readonly<Record<number, number>> = {
  [TensorProto_DataType.FLOAT]: 4,
  [TensorProto_DataType.FLOAT16]: 2,
  [TensorProto_DataType.DOUBLE]: 8,
  [TensorProto_DataType.INT64]: 8,
  [TensorProto_DataType.INT32]: 4,
  [TensorProto_DataType.BOOL]: 1,
};
