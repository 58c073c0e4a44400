/** Text as bytes in the encodings that Node only decodes: the decoder's table, turned around. */

/** windows-1252 from 0x80 on, which some releases of Node decode as control characters. */
const WINDOWS_1252 = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';

const tables = new Map<string, ReadonlyMap<string, readonly number[]>>();

/** Throws where the encoding, or its two-byte part, lacks a character. */
export function encode(encoding: string, text: string): Buffer {
  const table = tables.get(encoding) ?? invert(encoding);
  tables.set(encoding, table);
  const bytes = Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    const found = code < 0x80 ? [code] : table.get(character);
    if (!found) throw new Error(`${encoding} has no ${character}`);
    return found;
  });
  return Buffer.from(bytes.flat());
}

function invert(encoding: string): ReadonlyMap<string, readonly number[]> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, readonly number[]>();
  if (encoding === 'windows-1252') {
    [...WINDOWS_1252].forEach((character, at) => table.set(character, [0x80 + at]));
  }
  const add = (...bytes: number[]): void => {
    try {
      const text = decoder.decode(Uint8Array.from(bytes));
      if ([...text].length === 1 && !table.has(text)) table.set(text, bytes);
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
    }
  };
  for (let lead = 0x80; lead < 0x100; lead++) {
    add(lead);
    for (let next = 0x30; next < 0x100; next++) add(lead, next);
  }
  return table;
}
