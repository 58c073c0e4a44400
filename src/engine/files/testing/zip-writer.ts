/** Writes small zip archives for tests, sound ones and, with every field open to lies, hostile ones. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipEntry {
  /** Bytes where the name is no UTF-8. */
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** Instead of Deflate: stored, or a method that is only stated. */
  readonly method?: number;
  /** Lies about the content. */
  readonly crc?: number;
  readonly size?: number;
  readonly packedSize?: number;
  /** General purpose flags; the UTF-8 flag is set unless the name is given as bytes. */
  readonly flags?: number;
  readonly mode?: number;
  /** Place of the local header, as the directory states it. */
  readonly offset?: number;
  /** Sizes behind the data instead of before it, as writers do that stream. */
  readonly descriptor?: boolean;
  /** Sizes in the zip64 field. */
  readonly zip64?: boolean;
}

const UTF8_NAME = 0x800;
const DESCRIPTOR = 0x8;
const WIDE = 0xffffffff;

export function makeZip(entries: readonly ZipEntry[], { count = entries.length } = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let length = 0;
  const put = (part: Buffer): void => {
    parts.push(part);
    length += part.length;
  };
  for (const entry of entries) {
    const record = recordOf(entry, length);
    for (const part of record.local) put(part);
    directory.push(record.central);
  }
  const start = length;
  for (const part of directory) put(part);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length - start, 12);
  end.writeUInt32LE(start, 16);
  return Buffer.concat([...parts, end]);
}

function recordOf(entry: ZipEntry, at: number): { readonly local: Buffer[]; readonly central: Buffer } {
  const content = Buffer.from(entry.content ?? '');
  const name = Buffer.from(entry.name);
  const method = entry.method ?? 8;
  const packed = method === 8 ? deflateRawSync(content) : content;
  const flags =
    (entry.flags ?? 0) |
    (typeof entry.name === 'string' ? UTF8_NAME : 0) |
    (entry.descriptor === true ? DESCRIPTOR : 0);
  const crc = entry.crc ?? crc32(content);
  const size = entry.size ?? content.length;
  const packedSize = entry.packedSize ?? packed.length;
  const fields = (into: Buffer, offset: number, known: boolean): void => {
    into.writeUInt16LE(flags, offset);
    into.writeUInt16LE(method, offset + 2);
    into.writeUInt32LE(known ? crc : 0, offset + 8);
    into.writeUInt32LE(!known ? 0 : entry.zip64 === true ? WIDE : packedSize, offset + 12);
    into.writeUInt32LE(!known ? 0 : entry.zip64 === true ? WIDE : size, offset + 16);
    into.writeUInt16LE(name.length, offset + 20);
  };
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  fields(local, 6, entry.descriptor !== true);
  const extra = entry.zip64 === true ? wideSizes(size, packedSize) : Buffer.alloc(0);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE((3 << 8) | 45, 4);
  central.writeUInt16LE(20, 6);
  fields(central, 8, true);
  central.writeUInt16LE(extra.length, 30);
  central.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
  central.writeUInt32LE(entry.offset ?? at, 42);
  const behind = entry.descriptor === true ? [descriptor(crc, packedSize, size)] : [];
  return { local: [local, name, packed, ...behind], central: Buffer.concat([central, name, extra]) };
}

function wideSizes(size: number, packedSize: number): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(packedSize), 12);
  return extra;
}

function descriptor(crc: number, packedSize: number, size: number): Buffer {
  const behind = Buffer.alloc(16);
  behind.writeUInt32LE(0x08074b50, 0);
  behind.writeUInt32LE(crc, 4);
  behind.writeUInt32LE(packedSize, 8);
  behind.writeUInt32LE(size, 12);
  return behind;
}
