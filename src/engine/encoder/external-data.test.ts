import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { externalReader } from './external-data.ts';

describe('external data', () => {
  it('is read from the folder of the model, and from nowhere else', async () => {
    const root = await temporaryFolder({ 'secret.bin': 'outside' });
    const folder = path.join(root, 'model');
    await mkdir(path.join(folder, 'deep'), { recursive: true });
    await writeFile(path.join(folder, 'deep', 'weights.bin'), 'abcdef');
    await symlink(path.join(root, 'secret.bin'), path.join(folder, 'link.bin'));
    const read = externalReader(folder);
    const text = (place: Parameters<typeof read>[0]) => Buffer.from(read(place)).toString();
    expect(text({ location: 'deep/weights.bin', offset: 2, length: 3 })).toBe('cde');
    expect(text({ location: 'deep/weights.bin', offset: 4 })).toBe('ef');
    for (const location of ['../secret.bin', path.join(root, 'secret.bin'), 'link.bin', '.', 'none.bin']) {
      expect(() => read({ location, offset: 0 }), location).toThrow(
        expect.objectContaining({ code: 'model-external-data' }) as Error,
      );
    }
    expect(() => read({ location: 'deep/weights.bin', offset: 4, length: 3 })).toThrow('which has 6');
  });
});
