import { describe, expect, it } from 'vitest';
import { ClassificationList, ipcCode, locarnoCode, parseIpcCode, uspcCode } from './classification-codes.ts';

describe('classification codes', () => {
  it.each([
    ['F16B  25/10        20060101AFI20071009BHEP        ', 'F16B 25/10'],
    ['F16D2500/10437     20130101 LA20211026BHEP', 'F16D 2500/10437'],
    [' 7C 07C  29/44   A', 'C07C 29/44'],
    [' 7B 60L   7/26   A', 'B60L 7/26'],
    ['A61G 5/04', 'A61G 5/04'],
    ['G06F003/00', 'G06F 3/00'],
    ['G06F  300', 'G06F 3/00'],
    ['E03C 104', 'E03C 1/04'],
    ['H03M 1300', 'H03M 13/00'],
    ['A61K 31445', 'A61K 31/445'],
    ['A61M  31/    00            A I                    ', 'A61M 31/00'],
    ['A24B   15/18    (2006.01)', 'A24B 15/18'],
    ['a61g 5/04 (2013.01)', 'A61G 5/04'],
    ['NONE', undefined],
    ['', undefined],
  ])('reads IPC and CPC %j', (text, code) => {
    expect(parseIpcCode(text)).toBe(code);
  });

  it('builds a code from its parts', () => {
    expect(ipcCode('G', '01', 'S', '7', '48')).toBe('G01S 7/48');
    expect(ipcCode('G', '01', 'S', undefined, undefined)).toBe('G01S');
    expect(ipcCode('G', '01', undefined, '7', '48')).toBeUndefined();
  });

  it.each([
    ['600510', '600/510'],
    ['424  91', '424/9.1'],
    ['424  92', '424/9.2'],
    ['D14126', 'D14/126'],
    ['D 1101', 'D1/101'],
    ['463 16', '463/16'],
    ['348E05001', '348/E05.001'],
    ['', undefined],
  ])('reads USPC %j', (text, code) => {
    expect(uspcCode(text)).toBe(code);
  });

  it('reads Locarno', () => {
    expect(locarnoCode('0101')).toBe('01-01');
    expect(locarnoCode('14-03')).toBe('14-03');
    expect(locarnoCode('1')).toBeUndefined();
  });

  it('lists each code once', () => {
    const list = new ClassificationList();
    list.add('IPC', 'A61G 5/04');
    list.add('IPC', 'A61G 5/04');
    list.add('CPC', 'A61G 5/04');
    list.add('CPC', undefined);
    expect(list.list()).toEqual([
      { scheme: 'IPC', code: 'A61G 5/04' },
      { scheme: 'CPC', code: 'A61G 5/04' },
    ]);
  });
});
