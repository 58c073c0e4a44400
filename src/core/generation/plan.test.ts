/** Plans: what is refused, where, and what is filled in. */
import { describe, expect, it } from 'vitest';
import { PatentLabError } from '../errors.ts';
import { formatPlan, parsePlan } from './plan.ts';

const BASE = {
  name: 'rare-labels',
  model: { client: 'endpoint', endpoint: 'here', model: 'm' },
  strategy: 'conditioned',
  labelSets: [{ labels: ['a'], count: 2 }],
};

describe('a plan', () => {
  it('is read, filled in, and written so that it reads the same', () => {
    const plan = parsePlan(JSON.stringify(BASE), 'p.generation.json');
    expect(plan).toMatchObject({
      ...BASE,
      labelInstruction: 'described',
      genres: ['standard'],
      exemplars: 2,
      retries: 1,
      budget: {},
      seed: 1,
    });
    expect(parsePlan(formatPlan(plan), 'p.generation.json')).toEqual(plan);
  });

  it.each<[object, RegExp]>([
    [{ name: '../../etc/passwd' }, /name/],
    [{ name: 'a/b' }, /name/],
    [{ name: 'Review' }, /is not "review"/],
    [{ model: { client: 'endpoint', model: 'm' } }, /"endpoint" is needed/],
    [{ model: { client: 'built-in', model: 'm', endpoint: 'e' } }, /has no "endpoint"/],
    [{ model: { client: 'endpoint', model: 'm', endpoint: 'e', url: 'http://elsewhere' } }, /url/],
    [{ labelSets: [] }, /at least one label set/],
    [{ labelSets: [{ labels: [], count: 1 }] }, /labelSets/],
    [{ strategy: 'paraphrase' }, /labels of its seed/],
    [{ seeds: ['x'] }, /only paraphrases/],
    [{ times: 11 }, /times/],
    [{ language: 'English' }, /two lower-case letters/],
    [{ budget: { money: 3 } }, /money/],
  ])('%j is refused', (changes, message) => {
    try {
      parsePlan(JSON.stringify({ ...BASE, ...changes }), 'p.generation.json');
    } catch (cause) {
      expect(cause).toBeInstanceOf(PatentLabError);
      expect(cause).toMatchObject({
        code: 'generation-plan-invalid',
        message: expect.stringMatching(message) as string,
        place: { file: 'p.generation.json', line: 1 },
      });
      return;
    }
    throw new Error('it was accepted');
  });
});
