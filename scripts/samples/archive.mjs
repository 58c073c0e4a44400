/**
 * Writes the archive of the sample workspace, `samples/exports/weekly.zip`, from the documents in `members/`: two patents
 * in a folder, as the offices' weekly archives have them. One has the line ends of Windows, as many of them do.
 *
 * Run `node scripts/samples/archive.mjs` after changing a member; the same members give the same bytes.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { root } from '../lib/paths.mjs';

const MEMBERS = path.join(root, 'scripts', 'samples', 'members');
const ARCHIVE = path.join(root, 'samples', 'exports', 'weekly.zip');
const WINDOWS = 'US99000032B2.xml';
/** 2026-01-06, as MS-DOS writes dates. */
const DATE = ((2026 - 1980) << 9) | (1 << 5) | 6;

/**
 * What the local header and the directory say alike of a member.
 * @param {Buffer} content
 * @param {Buffer} packed
 * @param {Buffer} name
 */
function fields(content, packed, name) {
  const bytes = Buffer.alloc(26);
  bytes.writeUInt16LE(20, 0);
  // Names are UTF-8, contents deflated.
  bytes.writeUInt16LE(0x800, 2);
  bytes.writeUInt16LE(8, 4);
  bytes.writeUInt16LE(DATE, 8);
  bytes.writeUInt32LE(crc32(content), 10);
  bytes.writeUInt32LE(packed.length, 14);
  bytes.writeUInt32LE(content.length, 18);
  bytes.writeUInt16LE(name.length, 22);
  return bytes;
}

const local = [];
const directory = [];
let offset = 0;
const files = readdirSync(MEMBERS).sort();
for (const file of files) {
  const text = readFileSync(path.join(MEMBERS, file), 'utf8');
  const content = Buffer.from(file === WINDOWS ? text.replaceAll('\n', '\r\n') : text);
  const packed = deflateRawSync(content, { level: 9 });
  const name = Buffer.from(`20990106/${file}`);
  const about = fields(content, packed, name);
  const member = Buffer.concat([Buffer.from('PK\x03\x04'), about, name, packed]);
  const where = Buffer.alloc(14);
  where.writeUInt32LE(offset, 10);
  directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, 0]), about, where, name]));
  local.push(member);
  offset += member.length;
}
const entries = Buffer.concat(directory);
const end = Buffer.alloc(22);
end.write('PK\x05\x06', 0, 'latin1');
end.writeUInt16LE(files.length, 8);
end.writeUInt16LE(files.length, 10);
end.writeUInt32LE(entries.length, 12);
end.writeUInt32LE(offset, 16);
writeFileSync(ARCHIVE, Buffer.concat([...local, entries, end]));
