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
  ['Stuhl nach einem der vorgehenden Ansprüche', 3, [1, 2, 3]],
  ['Verfahren nach Anspruch 5 und/oder Anspruch 6', 7, [5, 6]],
  ['Chaise selon la revendication 1, caractérisée en ce que', 4, [1]],
  ['Chaise selon la revendication 1 ou 2', 4, [1, 2]],
  ["Chaise selon l'une des revendications 1 à 4", 5, [1, 2, 3, 4]],
  ["Chaise selon l'une quelconque des revendications 2 à 3", 5, [2, 3]],
  ["Chaise selon l'une quelconque des revendications précédentes", 3, [1, 2, 3]],
  ['根据权利要求1所述的椅子，其特征在于', 4, [1]],
  ['如权利要求1至3中任一项所述的椅子', 4, [1, 2, 3]],
  ['根据权利要求1-3任一所述的椅子', 4, [1, 2, 3]],
  ['根据权利要求1～3中任意一项所述的椅子', 4, [1, 2, 3]],
  ['根据权利要求1或2所述的椅子', 4, [1, 2]],
  ['根据权利要求1、2或4所述的椅子', 4, [1, 2, 4]],
  ['根据权利要求1、3所述的椅子', 4, [1, 3]],
  ['根据权利要求1，3所述的椅子', 4, [1, 3]],
  ['根据权利要求1，3个轮子的椅子', 4, [1]],
  ['根据权利要求1到权利要求3之一所述的椅子', 4, [1, 2, 3]],
  ['一种包括权利要求1所述的椅子和权利要求4所述的床的套件', 5, [1, 4]],
  ['权利要求2的椅子，宽3至4厘米', 5, [2]],
  ['根据权利要\n求2所述的椅子', 4, [2]],
  ['根据前述权利要求中任一项所述的椅子', 3, [1, 2, 3]],
  ['根据上述任一项权利要求所述的椅子', 3, [1, 2, 3]],
  ['根据前述权利要求2所述的椅子', 3, [2]],
  ['上述权利要求书中的椅子', 3, []],
  ['如請求項1或2所述之椅子', 3, [1, 2]],
  ['如请求项第2项所述的椅子', 3, [2]],
  ['請求項1に記載の椅子', 4, [1]],
  ['請求項１記載の椅子', 4, [1]],
  ['請求項1から3のいずれか一項に記載の椅子', 4, [1, 2, 3]],
  ['請求項１乃至３のいずれかに記載の椅子', 4, [1, 2, 3]],
  ['請求項１ないし請求項３のいずれか１項に記載の椅子', 4, [1, 2, 3]],
  ['請求項１〜３のいずれか１項に記載の椅子', 4, [1, 2, 3]],
  ['請求項１又は２に記載の椅子', 4, [1, 2]],
  ['請求項１または請求項３に記載の椅子', 4, [1, 3]],
  ['請求項１、２、及び４のいずれかに記載の椅子', 4, [1, 2, 4]],
  ['請求項１，３に記載の椅子', 4, [1, 3]],
  ['請求項１０に記載の椅子', 12, [10]],
  ['前記請求項のいずれかに記載の椅子', 3, [1, 2, 3]],
  ['先行するいずれかの請求項に記載の椅子', 3, [1, 2, 3]],
  ['椅子は、幅３から４センチである', 5, []],
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
    const chinese = '前記の請求項、'.repeat(20_000) + '上述的的的的'.repeat(20_000);
    expect(cpuMilliseconds(() => claimReferences(chinese, upTo(50)))).toBeLessThan(2000);
    const text = 'claims '.repeat(20_000) + '1,'.repeat(50_000) + ' preceding '.repeat(20_000);
    expect(cpuMilliseconds(() => claimReferences(text, upTo(50)))).toBeLessThan(2000);
  });
});
