import { describe, expect, it } from 'vitest';
import { FileReading } from './file-reading.ts';
import { PATENT_FORMATS, readDocuments, readText, recogniseFormat } from './formats.ts';
import { FORMATS } from './model.ts';
import type { ReadOutcome } from './reader.ts';
import { DEFAULT_LIMITS } from './reader.ts';
import { failures, patents, readError } from './testing/reading.ts';

const US =
  '<us-patent-grant lang="EN"><claims><claim num="1"><claim-text>A cane.</claim-text></claim></claims></us-patent-grant>';
const EP =
  '<ep-patent-document lang="en" country="EP" doc-number="9900001" kind="A1"><claims lang="en"><claim num="1"><claim-text>A bed.</claim-text></claim></claims></ep-patent-document>';

async function collect(outcomes: AsyncIterable<ReadOutcome>): Promise<ReadOutcome[]> {
  const list: ReadOutcome[] = [];
  for await (const outcome of outcomes) list.push(outcome);
  return list;
}

describe('recogniseFormat', () => {
  it.each([
    ['us-xml', `<?xml version="1.0"?><!-- <PATDOC> -->\n<!DOCTYPE us-patent-grant [ ]>${US}`, 'a'],
    ['us-xml', '<us-patent-application/>', 'a.txt'],
    ['us-xml', '<?xml version="1.0"?><!DOCTYPE us-patent-grant [', 'a.xml'],
    ['epo-xml', `\uFEFF${EP}`, 'a.xml'],
    [
      'us-st32',
      '<?xml version="1.0"?><!DOCTYPE PATDOC SYSTEM "x.dtd" [<!ENTITY a SYSTEM "a" NDATA TIF>',
      'a',
    ],
    ['us-2001', '<!DOCTYPE simple PUBLIC "-//W3C//DTD"><patent-application-publication>', 'a.xml'],
    [
      'epo-ops',
      '<?xml version="1.0"?><?xml-stylesheet href="x"?>\n<ops:world-patent-data xmlns:ops="o">',
      'a',
    ],
    ['epo-ops', '<exch:exchange-documents xmlns:exch="e">', 'a.xml'],
    ['st36', '\uFEFF<?xml version="1.0"?><cn-patent-document lang="ZH">', 'a.xml'],
    ['st36', '<jp-official-gazette kind-of-jp="A">', 'a.xml'],
    ['st36', '<wo-published-application>', 'a.xml'],
    ['st96', '<pat:PatentPublication xmlns:pat="p">', 'a.xml'],
    ['cnipa-xml', '<business:PatentDocumentAndRelated xmlns:business="b">', 'a.xml'],
    ['greenbook', 'PATN\nWKU  039373751\n', 'a.txt'],
    ['jsonl', '{"id":"a"}\n{"id":"b"}\n', 'a'],
    ['jsonl', 'anything', 'a.jsonl'],
    ['csv', 'anything', 'a.csv'],
    ['csv', 'id\ttitle\n', 'a.tsv'],
    ['csv', 'id,title\na,b\n', 'a.txt'],
    ['markdown', 'anything', 'a.md'],
    ['markdown', '# Cane\n\n## Abstract\n', 'a'],
    ['text', 'anything', 'a.txt'],
    ['text', 'Cane\n\nABSTRACT\n\nA cane.\n\nCLAIMS\n\n1. A cane.', 'a'],
  ])('%s', (format, head, file) => {
    expect(recogniseFormat(head, file)?.format).toBe(format);
  });

  it.each([
    ['PK\u0003\u0004', 'a.zip'],
    ['%PDF-1.7', 'a.pdf'],
    ['<\0?\0x\0', 'a.xml'],
    // As UTF-8 and as windows-1252 show the first bytes of an .xls.
    ['\uFFFD\uFFFD\u0011\u0871\u001A\uFFFD\0\0', 'a.xls'],
    ['ÐÏ\u0011à¡±\u001Aá\0\0', 'a.xls'],
    ['print("hello")', 'a.py'],
  ])('nothing in %j', (head, file) => {
    expect(recogniseFormat(head, file)).toBeUndefined();
    expect(readError(head, file).code).toBe('unknown-format');
  });

  it('has one reader for each format', () => {
    expect(PATENT_FORMATS.map(({ format }) => format).sort()).toEqual([...FORMATS].sort());
  });
});

/** An outcome without its offsets. */
function summary(outcome: ReadOutcome): unknown {
  if (outcome.kind === 'failure')
    return [outcome.error.code, outcome.error.place?.line, outcome.error.place?.column];
  return [outcome.patent.id, outcome.patent.title?.text, outcome.patent.source.index];
}

function* readChunks(chunks: readonly string[], file: string): Generator<ReadOutcome> {
  const reading = new FileReading(
    PATENT_FORMATS,
    (head, name) => recogniseFormat(head, name) ?? { refusal: '' },
    { file, limits: DEFAULT_LIMITS },
  );
  for (const chunk of chunks) yield* reading.push(chunk);
  yield* reading.end();
}

describe('readText and readDocuments', { timeout: 30_000 }, () => {
  it.each(['', '  \n', '\uFEFF'])('say that %j is empty', (text) => {
    expect(readError(text, 'a.xml').code).toBe('file-empty');
  });

  it('say that a file that is no XML is none, whatever its name', () => {
    const error = readError('hello world', 'a.xml');
    expect(error.code).toBe('xml-malformed');
    expect(error.place).toMatchObject({ line: 1, column: 1 });
  });

  it('read documents of several offices from one file, and go on past one that is broken', () => {
    const text = `${US}\n${EP}\n<us-patent-grant><claims></us-patent-grant>\n${EP}`;
    const outcomes = readText(text, 'mixed.xml');
    expect(
      outcomes.map((outcome) => (outcome.kind === 'patent' ? outcome.patent.format : outcome.error.code)),
    ).toEqual(['us-xml', 'epo-xml', 'xml-malformed', 'epo-xml']);
    expect(failures(outcomes)[0]?.place).toMatchObject({ line: 3, column: 26 });
    expect(outcomes[2]).toMatchObject({ index: 2 });
    expect(patents(outcomes)[2]?.source).toMatchObject({ file: 'mixed.xml', index: 3 });
    expect(text.slice(patents(outcomes)[2]?.source.span.start)).toBe(EP);
  });

  it('read the same from chunks of any size, in order', async () => {
    const texts: readonly (readonly [string, string])[] = [
      [`${US}\n${EP}\n<x/>`, 'a.xml'],
      ['{"id":"a","title":"t 😀"}\r\n{"id":"b","title":"u"}\n{bad', 'a.jsonl'],
      ['id,title\r\na,"x\r\n""y"""\r\nb,z\r\n', 'a.csv'],
      ['Cane\r\n\r\nABSTRACT\r\n\r\nA cane with a lamp on it.', 'a.txt'],
    ];
    for (const [text, file] of texts) {
      const whole = readText(text, file);
      for (const size of [1, 2, 3, 7]) {
        const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
          text.slice(n * size, n * size + size),
        );
        expect(await collect(readDocuments(chunks, file))).toEqual(whole);
      }
    }
  });

  it('read the same wherever the first batch of 64 kB ends', () => {
    const batch = 64 * 1024;
    const record = (title: string): string => `{"id":"a","title":"${title}"}\r\n`;
    const row = (title: string): string => `"${title}",x\r\n`;
    const cases: readonly (readonly [string, (title: string) => string, string])[] = [
      ['a.jsonl', record, `${record('b \\" 😀')}\r\n{bad\n${record('c')}`],
      ['a.csv', (title) => `title,id\r\n${row(title)}`, `${row('b ""q"", \r\n😀')}\r\nbad\n${row('c')}`],
    ];
    for (const [file, first, rest] of cases) {
      const expected = readText(first('t') + rest, file).slice(1);
      for (let at = 0; at <= rest.length; at++) {
        const text = first('t'.repeat(batch - at - first('').length)) + rest;
        const reading = [...readChunks([text.slice(0, batch), text.slice(batch)], file)].slice(1);
        expect(reading.map(summary)).toEqual(expected.map(summary));
      }
    }
  });

  it('read a stream, and yield documents before it ends', async () => {
    let asked = 0;
    async function* endless(): AsyncGenerator<string> {
      for (;;) {
        asked++;
        yield await Promise.resolve(`${US}\n`.repeat(200));
      }
    }
    let read = 0;
    for await (const outcome of readDocuments(endless(), 'bulk.xml')) {
      expect(outcome.kind).toBe('patent');
      if (++read === 1000) break;
    }
    expect(asked).toBeLessThan(20);
  });

  it('pass on what goes wrong in the source of the chunks', async () => {
    function* broken(): Generator<string> {
      yield `${US}\n`;
      throw new Error('disk gone');
    }
    await expect(collect(readDocuments(broken(), 'a.xml'))).rejects.toThrow('disk gone');
  });
});
