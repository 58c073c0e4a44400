import { createHash } from 'node:crypto';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import {
  ModelProtoSchema,
  StringStringEntryProtoSchema,
  TensorProto_DataLocation,
} from '../../core/graph/onnx_pb.ts';
import { encoderBytes } from '../../core/graph/testing/encoders.ts';
import { openBase } from '../finetune/base.ts';
import { writeMergedEncoder } from '../finetune/merged.ts';
import { smallBase, withDataBeside } from '../finetune/testing/small-base.ts';
import { temporaryFolder, writeFiles } from '../testing/folder.ts';
import { copyEncoder } from './copy.ts';
import { Encoder } from './encoder.ts';
import { externalReader } from './external-data.ts';

const TEXT = 'the lamp has a lens and a mirror';

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

  it('outside the folder is refused before the runtime reads it', async () => {
    const root = await temporaryFolder();
    const base = await smallBase(root);
    const model = fromBinary(ModelProtoSchema, encoderBytes('bert-17'));
    const [tensor] = model.graph?.initializer ?? [];
    if (!tensor) throw new Error('the model stores nothing');
    await writeFile(path.join(root, 'outside.bin'), tensor.rawData);
    tensor.rawData = new Uint8Array();
    tensor.dataLocation = TensorProto_DataLocation.EXTERNAL;
    tensor.externalData = [
      create(StringStringEntryProtoSchema, { key: 'location', value: '../outside.bin' }),
    ];
    const bytes = toBinary(ModelProtoSchema, model);
    const spec = JSON.parse(await readFile(path.join(base, 'encoder.json'), 'utf8')) as object;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await writeFiles(base, { 'model.onnx': bytes, 'encoder.json': JSON.stringify({ ...spec, sha256 }) });
    const refused = { code: 'model-external-data' };
    await expect(Encoder.load(base)).rejects.toMatchObject(refused);
    await expect(openBase(base)).rejects.toMatchObject(refused);
  });
});

describe('a model whose weights stand beside it', () => {
  it('embeds, and is trained and written as one that has them inside', async () => {
    const root = await temporaryFolder();
    const base = await smallBase(root);
    const inside = await (await Encoder.load(base)).encode(TEXT);
    const folder = await withDataBeside(base);
    const beside = await (await Encoder.load(folder)).encode(TEXT);
    inside.embedding.forEach((value, d) => expect(beside.embedding[d]).toBeCloseTo(value, 6));
    const merged = path.join(root, 'merged');
    const opened = await openBase(folder);
    // Taken into the file where that can hold them, and beside it again where not.
    for (const options of [{}, { mostInside: 0 }]) {
      const { files } = await writeMergedEncoder(opened, new Map(), merged, {
        id: 'test/merged',
        ...options,
      });
      expect(files.includes('model.onnx.data')).toBe('mostInside' in options);
      const again = await (await Encoder.load(merged)).encode(TEXT);
      inside.embedding.forEach((value, d) => expect(again.embedding[d]).toBeCloseTo(value, 6));
    }
  });

  it('is copied whole, so that a classifier beside it needs nothing else', async () => {
    const root = await temporaryFolder();
    const folder = await withDataBeside(await smallBase(root), 'deep/weights.bin');
    const copy = path.join(root, 'copy');
    await copyEncoder(folder, copy);
    await copyEncoder(folder, folder);
    const original = await (await Encoder.load(folder)).encode(TEXT);
    await rm(folder, { recursive: true });
    expect((await (await Encoder.load(copy)).encode(TEXT)).embedding).toEqual(original.embedding);
  });

  it('is not copied from outside its folder', async () => {
    const root = await temporaryFolder();
    const folder = await withDataBeside(await smallBase(root), '../../weights.bin');
    await expect(copyEncoder(folder, path.join(root, 'copy'))).rejects.toMatchObject({
      code: 'model-external-data',
    });
  });
});
