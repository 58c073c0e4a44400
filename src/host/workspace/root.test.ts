import { describe, expect, it } from 'vitest';
import { rootOf } from './root.ts';

const having =
  (...files: string[]) =>
  (file: string): Promise<boolean> =>
    Promise.resolve(files.includes(file));

describe('rootOf', () => {
  it.each<[string, string, string | undefined, string[], string]>([
    ['the workspace folder', '/w/p/a.xml', '/w', [], '/w'],
    ['a configured folder in it', '/w/s/p/a.xml', '/w', ['/w/s/patent-lab.json'], '/w/s'],
    ['the nearest of two', '/w/s/p/a.xml', '/w', ['/w/patent-lab.json', '/w/s/patent-lab.json'], '/w/s'],
    ['nothing above the workspace folder', '/w/p/a.xml', '/w', ['/patent-lab.json'], '/w'],
    ['the own folder without a workspace', '/x/a.xml', undefined, [], '/x'],
    ['a folder itself', '/w/s', '/w', ['/w/s/patent-lab.json'], '/w/s'],
    ['the workspace for a file elsewhere', '/x/a.xml', '/w', ['/x/patent-lab.json'], '/w'],
  ])('%s', async (_, file, folder, files, root) => {
    expect(await rootOf(file, folder, having(...files))).toBe(root);
  });
});
