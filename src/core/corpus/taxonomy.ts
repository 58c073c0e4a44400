/** The analyst's labels. A taxonomy is evidence too: each label's own words tell what it is about. */
import { z } from 'zod';
import { PatentLabError } from '../errors.ts';
import { parseJson } from '../json.ts';

const labelSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  description: z.string().optional(),
  aliases: z.array(z.string()).optional(),
  keywords: z.array(z.string()).optional(),
  parent: z.string().optional(),
  allow: z.array(z.string()).optional(),
});

export const taxonomySchema = z.object({
  $schema: z.string().optional(),
  name: z.string().optional(),
  labels: z.array(labelSchema).min(1, 'a taxonomy needs at least one label'),
});

export type Label = z.infer<typeof labelSchema>;

export interface Taxonomy {
  readonly name: string;
  readonly labels: readonly Label[];
  /** Position of each label by id. */
  readonly index: ReadonlyMap<string, number>;
}

/** Throws `taxonomy-invalid` with line and column for broken JSON, duplicate ids, unknown parents and parent cycles. */
export function parseTaxonomy(text: string, file: string): Taxonomy {
  const { value, place } = parseJson(text, taxonomySchema, {
    file,
    code: 'taxonomy-invalid',
    remedy: 'Correct the taxonomy file; each label needs an "id" and a "name".',
  });
  const fail = (message: string, label: number, field: string): PatentLabError =>
    new PatentLabError({
      code: 'taxonomy-invalid',
      message,
      remedy: 'Give every label an id of its own and parents that exist, without circles.',
      place: { file, ...place(['labels', label, field]) },
    });

  const index = new Map<string, number>();
  value.labels.forEach((label, position) => {
    if (index.has(label.id)) throw fail(`The label id "${label.id}" occurs twice.`, position, 'id');
    index.set(label.id, position);
  });
  value.labels.forEach(({ id, parent }, position) => {
    if (parent !== undefined && !index.has(parent))
      throw fail(`The label "${id}" has the unknown parent "${parent}".`, position, 'parent');
  });
  value.labels.forEach((label, position) => {
    // A circle among the ancestors is found at a label that stands in it, not at every label below.
    const seen = new Set<string>();
    for (let parent = label.parent; parent !== undefined && !seen.has(parent);) {
      if (parent === label.id) throw fail(`The label "${label.id}" is its own ancestor.`, position, 'parent');
      seen.add(parent);
      parent = value.labels[index.get(parent) ?? -1]?.parent;
    }
  });
  return { name: value.name ?? file, labels: value.labels, index };
}

/** What a label says of itself, for the encoder and for TF-IDF: name, description and aliases. */
export function labelText(label: Label): string {
  const parts = [label.name, label.description, ...(label.aliases ?? [])];
  return parts.filter((part) => part !== undefined && part !== '').join('. ');
}
