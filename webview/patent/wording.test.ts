import { expect, it } from 'vitest';
import { CLASSIFIER, prediction } from '../dev/fixtures/prediction.ts';
import { labelNames } from './neighbour-labels.ts';
import { fileName, placeText } from '../ui/place.ts';
import { basisRemark, rowDescription } from './wording.ts';

const { labels } = prediction({ decisions: { 'powered-wheelchairs': 'accepted' } });
const find = (id: string) => labels.find((label) => label.id === id) ?? expect.unreachable(id);

it('remarks on labels learnt from little', () => {
  expect(basisRemark(find('powered-wheelchairs'), CLASSIFIER)).toBeUndefined();
  expect(basisRemark(find('smart-walkers'), CLASSIFIER)?.text).toBe('only 2 examples');
  expect(basisRemark(find('tinnitus-masking'), CLASSIFIER)?.text).toBe('only 1 example');
  expect(basisRemark(find('smart-walkers'), undefined)?.text).toBe('few examples');
  expect(basisRemark(find('stair-climbing-devices'), CLASSIFIER)?.text).toBe('no examples');
});

it('describes a row in one sentence', () => {
  expect(rowDescription(find('powered-wheelchairs'), CLASSIFIER)).toMatch(
    /^Powered wheelchairs, 98\u202f%, assigned, threshold \d+\u202f%, accepted$/,
  );
});

it('puts labels that the neighbour shares first and names unknown ones by their id', () => {
  const neighbour = {
    id: 'n',
    title: '',
    labels: ['unknown', 'mobility', 'powered-wheelchairs'],
    similarity: 1,
    path: '',
    span: { start: 0, end: 0 },
  };
  expect(labelNames(neighbour, labels, [])).toEqual([
    { id: 'powered-wheelchairs', name: 'Powered wheelchairs', shared: true },
    { id: 'unknown', name: 'unknown', shared: false },
    { id: 'mobility', name: 'Mobility', shared: false },
  ]);
});

it('names places', () => {
  expect(placeText({ file: '/a/b.xml', line: 1204, column: 17 })).toBe('b.xml, line 1204, column 17');
  expect(placeText({ offset: 4 })).toBe('');
  expect(fileName('C:\\a\\b.xml')).toBe('b.xml');
});
