/** One patent through one classifier: every number can be followed back to the sentences it came from. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readText } from '../../core/patent/formats.ts';
import type { Patent } from '../../core/patent/model.ts';
import { viewText } from '../../core/patent/view.ts';
import { NAMED_ENTITIES } from '../../core/patent/xml/entities.ts';
import { sharedData } from '../../core/testing/shared-data.ts';
import type { Prediction } from '../../protocol/engine.ts';
import { EmbeddingCache } from '../cache/embedding-cache.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import { Embedder } from '../encoder/embedder.ts';
import { Encoder } from '../encoder/encoder.ts';
import { realEmbedder } from '../testing/encoder.ts';
import { ENCODER, SAMPLE_PATENTS } from '../testing/repository.ts';
import { readWhole } from '../files/read-documents.ts';
import { jsonLines, samplePatents, sampleRecords } from '../testing/samples.ts';
import { smallClassifier } from '../testing/training.ts';
import { BORDERLINE_MARGIN, classifyPatent, statusOf } from './classify.ts';

let classifier: StoredClassifier;
let embedder: Embedder;

beforeAll(async () => {
  embedder = await realEmbedder();
  classifier = await smallClassifier();
});

function patentOf(text: string, file: string): Patent {
  const [outcome, ...others] = readText(text, file);
  if (outcome?.kind !== 'patent' || others.length > 0) throw new Error(`${file} holds one patent`);
  return outcome.patent;
}

async function samplePatent(name: string): Promise<{ patent: Patent; source: string }> {
  const source = await readWhole(path.join(SAMPLE_PATENTS, name));
  return { patent: patentOf(source, name), source };
}

const classify = async (
  patent: Patent,
  { evidence = true, partial = false, by = classifier, through = embedder } = {},
): Promise<Prediction> =>
  (await classifyPatent(patent, by, through, { evidence, partial, path: patent.source.file })).prediction;

const sum = (values: readonly number[] = []): number => values.reduce((total, value) => total + value, 0);

/** Baseline and contributions of every label, less its logit. */
const gapsOf = ({ labels }: Prediction): number[] =>
  labels.map(({ logit, baseline = NaN, contributions }) => Math.abs(baseline + sum(contributions) - logit));

/** Words of the evidence whose range in the source does not hold them. */
function strayWords({ evidence }: Prediction, source: string): string[] {
  return (evidence?.passages ?? []).flatMap(({ text, source: span }) => {
    const raw = span ? plain(source.slice(span.start, span.end)) : '';
    return [...text.matchAll(/[\p{L}\p{N}]+/gu)]
      .map(([word]) => word)
      .filter((word) => !raw.includes(word) && !isDivided(word, raw));
  });
}

/** The end of a line, or of a column's line, stands in the middle of the word. */
const isDivided = (word: string, raw: string): boolean =>
  Array.from({ length: word.length - 1 }, (_, at) => [word.slice(0, at + 1), word.slice(at + 1)]).some(
    ([start = '', end = '']) => new RegExp(`\\b${start}-?(?: *\\n| {2})[^]*\\b${end}\\b`, 'u').test(raw),
  );

/** Source text without markup, its references and escapes resolved. */
const plain = (source: string): string =>
  source
    .replace(/<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<[^<>]*>/g, '')
    .replace(/&(#x?[0-9a-fA-F]+|\w+);/g, (reference, name: string) => {
      if (!name.startsWith('#')) return NAMED_ENTITIES[name] ?? reference;
      return String.fromCodePoint(Number(name.startsWith('#x') ? `0${name.slice(1)}` : name.slice(1)));
    })
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

describe('evidence', () => {
  it.each(samplePatents())(
    'of %s sums to the logit of every label and stands where it says',
    async (name) => {
      const { patent, source } = await samplePatent(name);
      const prediction = await classify(patent);
      const passages = prediction.evidence?.passages ?? [];
      expect(passages.length).toBeGreaterThan(5);
      expect(prediction.labels).toHaveLength(classifier.description.labels.length);
      for (const { contributions } of prediction.labels) expect(contributions).toHaveLength(passages.length);
      expect(Math.max(...gapsOf(prediction))).toBeLessThan(1e-4);
      expect(strayWords(prediction, source)).toEqual([]);
    },
  );

  const real = sharedData('documents');
  it
    .skipIf(real === undefined)
    .each([
      'uspto-xml/gouspto_grant_v4-5-B1.xml',
      'uspto-xml/ppd_US20010000044A1.xml',
      'epo-xml/grant_v1-5-B2.xml',
      'plain-text/classic_us-4136359-wozniak-apple.txt',
    ])('of the real %s does so too', async (name) => {
    const source = await readFile(path.join(real ?? '', name), 'utf8');
    const prediction = await classify(patentOf(source, name));
    expect(prediction.coverage.tokens).toBeGreaterThan(50);
    expect(Math.max(...gapsOf(prediction))).toBeLessThan(1e-4);
    expect(strayWords(prediction, source)).toEqual([]);
  });

  it('of a record stands in its line', async () => {
    const records = sampleRecords().slice(0, 5);
    const source = jsonLines(
      records.map((record) => ({ ...record, title: `“É” ${record.title}` })),
    ).replaceAll('É', '\\u00c9');
    for (const outcome of readText(source, 'corpus.jsonl')) {
      if (outcome.kind !== 'patent') throw outcome.error;
      const prediction = await classify(outcome.patent);
      expect(strayWords(prediction, source)).toEqual([]);
      expect(Math.max(...gapsOf(prediction))).toBeLessThan(1e-4);
      const { span } = prediction.document;
      for (const { source: range } of prediction.evidence?.passages ?? []) {
        expect(range?.start).toBeGreaterThan(span.start);
        expect(range?.end).toBeLessThan(span.end);
      }
    }
  });

  it('is the whole text of what was read, sentence by sentence, with section and claim', async () => {
    const { patent } = await samplePatent('US99000001B2.xml');
    const { evidence } = await classify(patent);
    const squeeze = (text: string): string => text.replace(/\s+/g, '');
    const passages = evidence?.passages ?? [];
    expect(squeeze(passages.map(({ text }) => text).join(''))).toBe(squeeze(viewText(patent, 'TAC').text));
    expect(passages[0]).toMatchObject({ section: 'title', text: patent.title?.text });
    expect(passages[0]?.claim).toBeUndefined();
    const claims = new Set(passages.flatMap(({ claim }) => claim ?? []));
    expect([...claims]).toEqual(patent.claims.map(({ number }) => number));
  });

  it('points at the sentence that a label is about', async () => {
    const patent = patentOf(
      'Kitchen apparatus\n\nAbstract\n\nA bowl is stirred by a motor. A cochlear implant has an electrode array. The lid closes.\n',
      'mixed.txt',
    );
    const { labels, evidence } = await classify(patent);
    const cochlear = labels.find(({ id }) => id === 'cochlear-implant');
    const shares = cochlear?.contributions ?? [];
    expect(evidence?.passages[shares.indexOf(Math.max(...shares))]?.text).toContain('cochlear implant');
  });

  it('sums as well for a classifier without words, and for a document without text', async () => {
    const zeroShot = await smallClassifier({ documents: [] });
    const { patent } = await samplePatent('EP9900001B1.xml');
    expect(Math.max(...gapsOf(await classify(patent, { by: zeroShot })))).toBeLessThan(1e-4);
    const empty: Patent = { ...patent, title: undefined, abstract: undefined, claims: [] };
    const prediction = await classify(empty);
    expect(prediction.evidence?.passages).toEqual([]);
    expect(prediction.coverage).toMatchObject({
      missing: ['title', 'abstract', 'claims'],
      sections: [],
      tokens: 0,
    });
    expect(Math.max(...gapsOf(prediction))).toBeLessThan(1e-4);
  });

  it('is left out when it is not asked for, and changes nothing', async () => {
    const { patent } = await samplePatent('US99000002B2.xml');
    const [plainly, explained] = [await classify(patent, { evidence: false }), await classify(patent)];
    expect(plainly.evidence).toBeUndefined();
    expect(plainly.labels[0]?.contributions).toBeUndefined();
    expect(plainly.labels.map(({ id, logit }) => [id, logit])).toEqual(
      explained.labels.map(({ id, logit }) => [id, logit]),
    );
  });
});

describe('a prediction', () => {
  it('lists every label once, most probable first, with its threshold and what it rests on', async () => {
    const { patent } = await samplePatent('US99000001B2.xml');
    const { labels } = await classify(patent, { evidence: false });
    expect(labels.map(({ id }) => id).sort()).toEqual(
      classifier.description.labels.map(({ id }) => id).sort(),
    );
    labels.forEach(({ id, probability, logit, threshold, status, basis }, rank) => {
      expect(probability).toBeLessThanOrEqual(labels[rank - 1]?.probability ?? 1);
      expect(probability).toBeCloseTo(1 / (1 + Math.exp(-logit)), 12);
      expect(classifier.description.labels.find((label) => label.id === id)).toMatchObject({
        threshold,
        basis,
      });
      expect(status === 'assigned').toBe(probability >= threshold);
    });
    expect(labels[0]).toMatchObject({ id: 'powered-wheelchair', status: 'assigned' });
  });

  it('is most uncertain on a threshold', async () => {
    const { patent } = await samplePatent('US99000002B2.xml');
    const { labels, uncertainty } = await classify(patent, { evidence: false });
    const away = labels.map(({ logit, threshold }) =>
      Math.abs(logit - Math.log(threshold / (1 - threshold))),
    );
    expect(uncertainty).toBeCloseTo(Math.exp(-Math.min(...away)), 10);
  });

  it('says what it is of', async () => {
    const { patent, source } = await samplePatent('EP9900001B1.xml');
    const { document, elapsed } = await classify(patent);
    expect(document).toMatchObject({
      id: 'EP9900001B1',
      path: 'EP9900001B1.xml',
      index: 0,
      format: 'epo-xml',
      office: 'EP',
      language: 'en',
      partial: false,
    });
    expect(document.span.end).toBeLessThanOrEqual(source.length);
    expect(elapsed).toBeGreaterThan(0);
  });
});

describe('status', () => {
  it.each([
    [0, 'assigned'],
    [1e-9, 'assigned'],
    [-1e-9, 'borderline'],
    [-BORDERLINE_MARGIN + 1e-9, 'borderline'],
    [-BORDERLINE_MARGIN - 1e-9, 'rest'],
  ])('at %f from the threshold in log-odds is %s', (away, status) => {
    expect(statusOf(Math.log(0.3 / 0.7) + away, 0.3)).toBe(status);
  });

  it('is defined for thresholds at the ends', () => {
    expect(statusOf(50, 1)).toBe('assigned');
    expect(statusOf(5, 1)).toBe('rest');
    expect(statusOf(-50, 0)).toBe('rest');
    expect(statusOf(-20, 0)).toBe('assigned');
  });
});

describe('coverage', () => {
  it('counts what was read', async () => {
    const { patent } = await samplePatent('US99000001B2.xml');
    const { coverage } = await classify(patent);
    const characters = sum(patent.claims.map(({ text }) => text.length));
    expect(coverage).toMatchObject({ view: 'TAC', missing: [], cut: [] });
    expect(coverage.sections).toEqual([
      { section: 'title', characters: patent.title?.text.length },
      { section: 'abstract', characters: patent.abstract?.text.length },
      { section: 'claims', characters },
    ]);
    expect(coverage.tokens).toBe(embedder.encoder.tokenize(viewText(patent, 'TAC').text).ids.length);
    expect(coverage.windows).toBeGreaterThanOrEqual(coverage.tokens / 254);
  });

  it('names missing sections, what the reader could not take over, and a language the encoder was not made for', async () => {
    const { patent } = await samplePatent('US99000011.txt');
    const { coverage } = await classify({
      ...patent,
      claims: [],
      language: 'de',
      gaps: [{ message: 'A drawing was left out.' }],
    });
    expect(coverage.missing).toEqual(['claims']);
    expect(coverage.gaps).toEqual(['A drawing was left out.', expect.stringContaining('“de”')]);
  });

  it('shows by section what is cut off behind the last token that is read', async () => {
    const limited = await Encoder.load(ENCODER, { tokenLimit: 100 });
    const cache = await EmbeddingCache.open(undefined, limited.spec, () => undefined);
    const { patent } = await samplePatent('US99000001B2.xml');
    const { text } = viewText(patent, 'TAC');
    const prediction = await classify(patent, { through: new Embedder(limited, cache) });
    const { coverage } = prediction;
    expect(coverage.tokens).toBe(100);
    expect(coverage.cut[0]?.section).toBe('abstract');
    expect(coverage.cut[0]?.reason).toContain('first 100 tokens');
    const read = limited.tokenize(text).spans[2 * 100] ?? 0;
    const borders = viewText(patent, 'TAC').parts.filter(({ start }) => start > read).length;
    expect(sum(coverage.cut.map(({ characters }) => characters))).toBe(text.length - read - borders);
    expect(Math.max(...gapsOf(prediction))).toBeLessThan(1e-4);
  });
});

describe('a selection', () => {
  it('is read whatever the classifier’s view is', async () => {
    const titles = await smallClassifier({ view: 'title' });
    const { patent } = await samplePatent('US99000011.txt');
    const passage = patentOf(
      'x\n\nAbstract\n\nAn electrode array for the cochlea stimulates the auditory nerve.\n',
      's.txt',
    );
    const selection: Patent = { ...passage, title: undefined, source: patent.source };
    const { coverage, document, labels } = await classify(selection, { partial: true, by: titles });
    expect(document.partial).toBe(true);
    expect(coverage).toMatchObject({ missing: [], cut: [] });
    expect(coverage.tokens).toBeGreaterThan(8);
    expect(labels[0]?.id).toBe('cochlear-implant');
  });
});
