/** The text of what an editor cannot show is the text that spans refer to. */
import { ByteWriter, parquetWrite } from 'hyparquet-writer';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import writeXlsx from 'write-excel-file/node';
import { readAll } from '../files/testing/reading.ts';
import { makeZip } from '../files/testing/zip-writer.ts';
import { failureOf } from '../testing/failure.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { transcribe } from './transcribe.ts';

const MIXED = 'Wheelchair\r\nAbstract\n\rA fictitious chair.\r';
const TEXT = '\ufeffWheelchair — naïve ♿\r\n\r\nAbstract\r\n\r\nA fictitious chair climbs stairs.\r\n';

function parquet(): Buffer {
  const writer = new ByteWriter();
  parquetWrite({ writer, columnData: [{ name: 'title', data: [MIXED] }] });
  return Buffer.from(writer.getBytes());
}

const xlsx = (): Promise<Buffer> => writeXlsx([[{ value: 'title' }], [{ value: MIXED }]]).toBuffer();

describe('a transcription', () => {
  it.each([
    ['a.txt', (): Buffer => Buffer.from(TEXT, 'utf16le'), ''],
    ['a.zip', (): Buffer => makeZip([{ name: 'x/a.txt', content: TEXT }]), 'x/a.txt'],
    ['a.txt.gz', (): Buffer => gzipSync(TEXT), 'a.txt'],
  ])('of %s holds its documents at their places', async (name, make, inside) => {
    const folder = await temporaryFolder({ [name]: make() });
    const target = path.join(folder, name, ...inside.split('/').filter(Boolean));
    const { text } = await transcribe({ path: target });
    // VS Code shows a text file by itself, and anything else with the line ends that it gets from here.
    expect(text).toBe(inside === '' ? TEXT.slice(1) : TEXT.slice(1).replaceAll('\r\n', '\n'));
    const [outcome] = await readAll(target);
    if (outcome?.kind !== 'patent') throw new Error('expected a patent');
    const { abstract } = outcome.patent;
    expect(text.slice(abstract?.span.start, abstract?.span.end)).toBe('A fictitious chair climbs stairs.');
  });

  it.each([
    ['a.zip', (): Buffer => makeZip([{ name: 'a.txt', content: MIXED }]), 'a.txt'],
    ['a.parquet', parquet, ''],
    ['a.xlsx', xlsx, ''],
  ])('of %s has line feeds alone, which an editor does not change', async (name, make, inside) => {
    const folder = await temporaryFolder({ [name]: await make() });
    const { text } = await transcribe({ path: path.join(folder, name, inside) });
    expect(text).toContain('Wheelchair\nAbstract\n\nA fictitious chair.\n');
    expect(text).not.toContain('\r');
  });

  it('of several files, of a damaged one, and of none is refused', async () => {
    const several = makeZip([
      { name: 'a.txt', content: TEXT },
      { name: 'b.txt', content: TEXT },
      { name: 'c.txt', content: TEXT, crc: 1 },
    ]);
    const file = path.join(await temporaryFolder({ 'a.zip': several }), 'a.zip');
    expect(await failureOf(transcribe({ path: file }))).toMatchObject({ code: 'file-unreadable' });
    expect((await failureOf(transcribe({ path: path.join(file, 'c.txt') }))).message).toContain('checksum');
    expect(await failureOf(transcribe({ path: `${file}x` }))).toMatchObject({ code: 'file-not-found' });
  });
});
