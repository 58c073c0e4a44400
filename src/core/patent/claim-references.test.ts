import { describe, expect, it } from 'vitest';
import { cpuMilliseconds } from '../testing/cpu-time.ts';
import { claimReferences } from './claim-references.ts';

const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

/** Words of a claim, the number of claims before it, and the claims it refers to. */
const CASES: readonly (readonly [string, number, readonly number[]])[] = [
  ['A chair comprising a seat.', 4, []],
  ['The chair of claim 1, wherein', 4, [1]],
  ['The chair as claimed in Claim 3 wherein', 4, [3]],
  ['The chair as claimed in claim 1 or 2, wherein', 4, [1, 2]],
  ['The chair of claim 1 or claim 3', 4, [1, 3]],
  ['The chair according to any of claims 1 to 4', 6, [1, 2, 3, 4]],
  ['The chair according to any one of claims 1-3 or 5', 6, [1, 2, 3, 5]],
  ['The chair according to claims 1, 2, and 4 through 6', 8, [1, 2, 4, 5, 6]],
  ['The chair of claims 2–4', 8, [2, 3, 4]],
  ['The chair of any of claims 1, 3, 5, wherein', 8, [1, 3, 5]],
  ['The chair of claim 1 and/or 2', 8, [1, 2]],
  ['The chair of any preceding claim', 3, [1, 2, 3]],
  ['The chair of any one of the previous claims, wherein', 3, [1, 2, 3]],
  ['The chair according to one or more of the foregoing claims', 3, [1, 2, 3]],
  ['A method as claimed in any of the preceding method claims', 3, [1, 2, 3]],
  ['The chair of any of the preceding claims 2 to 3', 5, [2, 3]],
  ['A kit comprising the chair of claim 1 and the lift of claim 4', 5, [1, 4]],
  ['The chair of claim 1, 3 mm thick', 5, [1]],
  ['The chair of claim 1, 2 or 3', 5, [1, 2, 3]],
  ['The chair (10) of claim (1)', 5, [1]],
  ['The chair of claim I wherein', 5, [1]],
  ['A program claiming 3 steps; the claimed 2 wheels', 5, []],
  ['The disclaimers 1 and 2', 5, []],
  ['Stuhl nach Anspruch 1, dadurch gekennzeichnet', 4, [1]],
  ['Stuhl nach Anspruch 1 oder 2', 4, [1, 2]],
  ['Stuhl nach einem der Ansprüche 1 bis 3', 4, [1, 2, 3]],
  ['Stuhl gemäß den Ansprüchen 1 und 3', 4, [1, 3]],
  ['Stuhl nach Patentanspruch 2', 4, [2]],
  ['Stuhl nach einem der vorhergehenden Ansprüche, wobei', 3, [1, 2, 3]],
  ['Stuhl nach einem oder mehreren der vorstehenden Patentansprüche', 3, [1, 2, 3]],
  ['Verfahren nach Anspruch 5 und/oder Anspruch 6', 7, [5, 6]],
  ['Chaise selon la revendication 1, caractérisée en ce que', 4, [1]],
  ['Chaise selon la revendication 1 ou 2', 4, [1, 2]],
  ["Chaise selon l'une des revendications 1 à 4", 5, [1, 2, 3, 4]],
  ["Chaise selon l'une quelconque des revendications 2 à 3", 5, [2, 3]],
  ["Chaise selon l'une quelconque des revendications précédentes", 3, [1, 2, 3]],
  ['The chair of claim 7', 4, []],
  ['The chair of claims 3 to 99', 4, [3, 4]],
  ['The chair of claim 1', 0, []],
];

describe('claimReferences', () => {
  it.each(CASES)('%s (behind %i claims)', (text, before, expected) => {
    expect(claimReferences(text, upTo(before))).toEqual(expected);
  });

  it('refers only to claims that exist', () => {
    expect(claimReferences('The chair of any of claims 1 to 6', [1, 2, 5])).toEqual([1, 2, 5]);
  });

  it('stays quick on hostile text', () => {
    const text = 'claims '.repeat(20_000) + '1,'.repeat(50_000) + ' preceding '.repeat(20_000);
    expect(cpuMilliseconds(() => claimReferences(text, upTo(50)))).toBeLessThan(2000);
  });
});
