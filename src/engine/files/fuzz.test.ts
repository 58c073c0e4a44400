/** Whatever the bytes, reading ends with documents or named errors. The long run of this is a benchmark, `fuzz`. */
import { describe, expect, it } from 'vitest';
import { Random } from '../../core/random.ts';
import { repositoryData, sharedData } from '../../core/testing/shared-data.ts';
import { temporaryFolder } from '../testing/folder.ts';
import {
  archivesOf,
  damaged,
  readingProblem,
  samplesBelow,
  spreadsheet,
  type FuzzSample,
} from './testing/fuzz.ts';

const COUNT = 250;
const LONGEST = 40_000;

describe('damaged files', () => {
  const folders = [repositoryData('samples'), sharedData('documents')].flatMap((folder) => folder ?? []);
  // A PDF is read by a process of its own, which is too slow for many; its reader has tests for itself.
  const texts = samplesBelow(folders, LONGEST).filter(({ name }) => !name.endsWith('.pdf'));

  it.each([
    ['texts and tables', texts],
    ['archives', [...archivesOf(texts), ...Array<FuzzSample>(8).fill(spreadsheet())]],
  ])('of %s end with documents or named errors', async (_name, samples) => {
    const folder = await temporaryFolder();
    const random = new Random(1);
    for (let i = 0; i < COUNT; i++) {
      const sample = damaged(samples, random);
      expect({ i, name: sample.name, problem: await readingProblem(folder, sample) }).toEqual({
        i,
        name: sample.name,
        problem: undefined,
      });
    }
  });
});
