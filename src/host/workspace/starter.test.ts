/** The starter files are files that the engine reads. */
import { expect, it } from 'vitest';
import { parseTaxonomy } from '../../core/corpus/taxonomy.ts';
import { workspaceConfigSchema } from '../../core/corpus/workspace-config.ts';
import { STARTER_CONFIG, STARTER_TAXONOMY } from './starter.ts';

it('a taxonomy', () => {
  const { labels } = parseTaxonomy(STARTER_TAXONOMY, 'taxonomy.json');
  expect(labels.every(({ description }) => description !== undefined)).toBe(true);
});

it('a configuration that says what the defaults are', () => {
  expect(workspaceConfigSchema.parse(JSON.parse(STARTER_CONFIG))).toEqual(workspaceConfigSchema.parse({}));
});
