/** Encodings: what the bytes are wins, what is assumed is stated, and what cannot be known is refused. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import type { ReadOutcome } from '../../core/patent/reader.ts';
import { HEAD_BYTES, LOOK_AHEAD } from './encoding.ts';
import { FileText } from './decoding.ts';
import { encode } from './testing/encode.ts';
import { describeOutcome, gapsOf, messageOf, readBytes } from './testing/reading.ts';

/** Fictitious abstracts. */
const TEXTS = {
  gb18030:
    '本发明公开了一种能够爬楼梯的轮椅，包括车架、座椅和两个行走轮组。所述轮椅具有控制器，控制器与驱动电机连接。',
  shift_jis:
    '本発明は、階段を昇ることができる車椅子に関する。車椅子は、フレームと、座席と、二つの車輪とを備える。',
  'euc-jp':
    '本発明は、階段を昇ることができる車椅子に関する。車椅子は、フレームと、座席と、二つの車輪とを備える。',
  big5: '本發明公開了一種能夠爬樓梯的輪椅，包括車架、座椅和兩個行走輪組。所述輪椅具有控制器，與驅動電機連接。',
  'euc-kr':
    '본 발명은 계단을 오를 수 있는 휠체어에 관한 것이다. 휠체어는 프레임과 좌석, 그리고 두 개의 바퀴를 포함한다.',
  'windows-1251':
    'Изобретение относится к инвалидной коляске, способной подниматься по лестнице. Коляска содержит раму и колеса.',
  'windows-1252':
    'Die Erfindung betrifft einen Rollstuhl für Treppen mit größerer Stabilität und “Raupen” – naïve façade, élève.',
} as const;
const NAMES = {
  gb18030: 'GB18030',
  shift_jis: 'Shift_JIS',
  'euc-jp': 'EUC-JP',
  big5: 'Big5',
  'euc-kr': 'EUC-KR',
  'windows-1251': 'windows-1251',
  'windows-1252': 'windows-1252',
} as const;
const ENCODINGS = Object.entries(TEXTS) as readonly [keyof typeof TEXTS, string][];

const xml = (text: string, declaration = ''): string =>
  `<?xml version="1.0"${declaration}?>
<us-patent-application lang="EN" country="US"><us-bibliographic-data-application lang="EN" country="US">
<publication-reference><document-id><country>US</country><doc-number>20990000001</doc-number><kind>A1</kind><date>20990101</date></document-id></publication-reference>
<invention-title id="t">Wheelchair</invention-title></us-bibliographic-data-application>
<abstract id="a"><p id="p" num="0000">${text}</p></abstract></us-patent-application>`;

const jsonl = (text: string): string =>
  `${JSON.stringify({ id: 'A1', title: 'Wheelchair', abstract: text })}\n`;

function abstractOf(outcome: ReadOutcome | undefined): string | undefined {
  if (outcome?.kind === 'failure') return outcome.error.message;
  return outcome?.patent.abstract?.text;
}

/** Bytes decoded in pieces of a size. */
async function decoded(bytes: Buffer, size: number): Promise<{ text: string; source: FileText }> {
  const pieces = async function* (): AsyncGenerator<Buffer> {
    for (let at = 0; at < bytes.length; at += size) {
      await Promise.resolve();
      yield bytes.subarray(at, at + size);
    }
  };
  const source = new FileText(pieces());
  let text = '';
  for await (const chunk of source.chunks()) text += chunk;
  return { text, source };
}

describe('an encoding that the file does not state', () => {
  it.each(ENCODINGS)('%s is found, in markup and in records, and stated', async (encoding, text) => {
    const gap = `The file does not say its encoding; it was read as ${NAMES[encoding]}.`;
    for (const [name, content] of [
      ['a.xml', xml(text)],
      ['a.jsonl', jsonl(text)],
      ['a.txt', `Wheelchair\n\nAbstract\n\n${text}\n`],
    ] as const) {
      const [outcome] = await readBytes(name, encode(encoding, content));
      expect(abstractOf(outcome)).toBe(text);
      expect(gapsOf(outcome)).toContain(gap);
    }
  });

  it.each(ENCODINGS)('%s is found from any dozen of its characters', async (encoding, text) => {
    const characters = [...text];
    let right = 0;
    const starts = characters.length - 12;
    for (let start = 0; start < starts; start++) {
      const piece = characters.slice(start, start + 12).join('');
      const { text: read } = await decoded(encode(encoding, `<p>A wheelchair: ${piece} of steel</p>`), 4096);
      if (read.includes(piece)) right++;
    }
    // A dozen characters may hold nothing that only one encoding has.
    expect(right / starts).toBeGreaterThanOrEqual(encoding === 'gb18030' ? 0.75 : 0.8);
  });

  it.each([
    ['a few letters with accents', 'A walker for naïve users, 45° ± 2°, 5 µm.'],
    ['quotes and dashes', 'A “stair-climbing” wheel—the user’s seat.'],
    ['capitals', 'ÄRZTE: ÜBER DEN ROLLSTUHL; ÉLÈVE Å Ø.'],
    ['Spanish', 'La invención se refiere a una silla del señor Muñoz; ¿qué extensión?'],
  ])('is windows-1252 for %s', async (_name, text) => {
    const [outcome] = await readBytes('a.jsonl', encode('windows-1252', jsonl(text)));
    expect(abstractOf(outcome)).toBe(text);
  });

  it.each(['utf-16le', 'utf-16be'] as const)('%s is found without a byte-order mark', async (encoding) => {
    const text = Buffer.from(xml('A naïve ♿ 轮椅.'), 'utf16le');
    const [outcome] = await readBytes('a.xml', encoding === 'utf-16le' ? text : text.swap16());
    expect(abstractOf(outcome)).toBe('A naïve ♿ 轮椅.');
    expect(gapsOf(outcome)).toContain(
      `The file has no byte-order mark; it was read as ${encoding.toUpperCase()}.`,
    );
  });
});

describe('an encoding that the file states', () => {
  it.each<[string, string, string]>([
    ['gb2312', 'gb18030', TEXTS.gb18030],
    ['GBK', 'gb18030', TEXTS.gb18030],
    ['Shift_JIS', 'shift_jis', TEXTS.shift_jis],
    ['EUC-JP', 'euc-jp', TEXTS['euc-jp']],
    ['ISO-8859-1', 'windows-1252', 'naïve façade'],
    ['ISO-8859-2', 'iso-8859-2', 'Wózek inwalidzki wjeżdżający po schodach'],
    ['koi8-r', 'koi8-r', TEXTS['windows-1251']],
  ])('%s is believed where the bytes allow it', async (label, encoding, text) => {
    const [outcome] = await readBytes('a.xml', encode(encoding, xml(text, ` encoding="${label}"`)));
    expect(abstractOf(outcome)).toBe(text);
    expect(gapsOf(outcome)).toEqual([]);
  });

  it.each([
    ['UTF-8', 'windows-1252', 'naïve façade, größer', 'The file declares UTF-8 but is windows-1252;'],
    ['UTF-8', 'gb18030', TEXTS.gb18030, 'The file declares UTF-8 but is GB18030;'],
    ['Shift_JIS', 'gb18030', TEXTS.gb18030, 'The file declares Shift_JIS but is GB18030;'],
    ['UTF-16', 'windows-1252', 'naïve façade', 'The file does not say its encoding; it was read as'],
    ['klingon', 'windows-1252', 'naïve façade', 'The file does not say its encoding; it was read as'],
  ])('%s gives way to the bytes, which are %s', async (label, encoding, text, gap) => {
    const [outcome] = await readBytes('a.xml', encode(encoding, xml(text, ` encoding="${label}"`)));
    expect(abstractOf(outcome)).toBe(text);
    expect(gapsOf(outcome).join()).toContain(gap);
  });

  it('gives way to valid UTF-8, which is stated', async () => {
    const [outcome] = await readBytes('a.xml', Buffer.from(xml('naïve ♿', ' encoding="ISO-8859-1"')));
    expect(abstractOf(outcome)).toBe('naïve ♿');
    expect(gapsOf(outcome)).toEqual(['The file declares ISO-8859-1 but is UTF-8; it was read as UTF-8.']);
  });

  it('is not stated as wrong where everything is ASCII', async () => {
    const [outcome] = await readBytes('a.xml', Buffer.from(xml('plain', ' encoding="ISO-8859-1"')));
    expect(gapsOf(outcome)).toEqual([]);
  });
});

describe('a whole file in one encoding', () => {
  it('may be Latin-1, which is stated only behind where it shows', async () => {
    const ascii = jsonl('plain');
    const outcomes = await readBytes(
      'a.jsonl',
      encode('windows-1252', ascii.repeat(5000) + jsonl('naïve') + ascii),
    );
    expect(abstractOf(outcomes[5000])).toBe('naïve');
    expect([0, 5000, 5001].map((index) => gapsOf(outcomes[index]).length)).toEqual([0, 1, 1]);
  });

  it('is decided by what is looked at, however long it is', async () => {
    const head = Buffer.alloc(LOOK_AHEAD * 2, jsonl('x'.repeat(1000)));
    const tail = encode('gb18030', `\n${jsonl(TEXTS.gb18030).repeat(20_000)}`);
    const { text, source } = await decoded(Buffer.concat([head, tail]), 100_000);
    expect(text.endsWith(jsonl(TEXTS.gb18030))).toBe(true);
    expect(text).not.toContain('\ufffd');
    expect(source.takeInvalid()).toEqual([]);
  });

  it('in which an encoding breaks costs the document it breaks in', async () => {
    const good = encode('gb18030', jsonl(TEXTS.gb18030));
    const bad = Buffer.concat([
      Buffer.from('{"id":"B","title":"'),
      Buffer.from([0xff, 0xff]),
      Buffer.from('"}\n'),
    ]);
    const outcomes = await readBytes(
      'a.jsonl',
      Buffer.concat([...Array<Buffer>(9000).fill(good), bad, good]),
    );
    expect(outcomes.slice(-3).map(describeOutcome)).toEqual(['Wheelchair', 'encoding-invalid', 'Wheelchair']);
    expect(messageOf(outcomes.at(-2))).toContain('line 9001');
    expect(messageOf(outcomes.at(-2))).toContain('GB18030');
  });
});

describe('a zero byte', () => {
  it('costs only its record', async () => {
    const lines = [
      jsonl('one'),
      jsonl('t\0wo'),
      '\0\n',
      jsonl('three').replace('Wheel', 'Wh\0el'),
      jsonl('four'),
    ];
    const outcomes = await readBytes('a.jsonl', Buffer.from(lines.join('').replaceAll('\\u0000', '\0')));
    expect(outcomes.map(({ kind }) => kind)).toEqual(['patent', 'failure', 'failure', 'failure', 'patent']);
  });

  it('in a text is refused with its place', async () => {
    const [outcome] = await readBytes('a.txt', Buffer.from('Wheelchair\n\nAbstract\n\nA ch\0air climbs.\n'));
    expect(messageOf(outcome)).toContain('line 5, column 5');
  });

  it('is no text where there are many', async () => {
    const [outcome] = await readBytes('a.xml', Buffer.from('<a>\0\x01\x02\x03'.repeat(40)));
    expect(outcome).toMatchObject({ error: { code: 'unknown-format' } });
  });
});

it('decodes the same in pieces of any size', async () => {
  const random = new Random(11);
  const samples = [
    Buffer.from(`\ufeff${jsonl('naïve ♿️ 轮椅 𝕏')}`.repeat(90)),
    Buffer.from(`\ufeff${jsonl('naïve ♿️ 轮椅 𝕏')}`.repeat(90), 'utf16le'),
    ...ENCODINGS.map(([encoding, text]) =>
      encode(encoding, `${'x'.repeat(HEAD_BYTES)}${jsonl(text).repeat(9)}`),
    ),
    Buffer.from(Array.from({ length: 9000 }, () => random.integer(256))),
  ];
  for (const bytes of samples) {
    const whole = await decoded(bytes, bytes.length);
    const places = whole.source.takeInvalid().map(({ offset }) => offset);
    for (const size of [1, 2, 3, 7, 64, 1000, HEAD_BYTES]) {
      const { text, source } = await decoded(bytes, size);
      expect(text).toBe(whole.text);
      expect(
        source
          .takeInvalid()
          .map(({ offset }) => offset)
          .slice(0, 500),
      ).toEqual(places.slice(0, 500));
    }
  }
});

it('counts lines the same in pieces of any size', async () => {
  const bytes = Buffer.concat([
    Buffer.from('♿♿a\r\nb\n\rc\r\r\n\n♿d\ne\r\n'.repeat(40)),
    Buffer.from([0x41, 0xff, 0x0d, 0x0a, 0xff]),
  ]);
  const whole = await decoded(bytes, bytes.length);
  const places = whole.source.takeInvalid();
  expect(places).toHaveLength(2);
  for (const size of [1, 2, 3, 5, 7]) {
    const { source } = await decoded(bytes, size);
    expect(source.takeInvalid()).toEqual(places);
  }
});
