/** The synthetic documents of a workspace as rows of a review. */
import { z } from 'zod';
import { toErrorReport } from '../../../core/errors.ts';
import type { Label } from '../../../core/corpus/taxonomy.ts';
import type { CheckNote } from '../../../core/generation/rejection.ts';
import type { ReviewList, ReviewListParams, UnjudgedItem } from '../../../protocol/generation.ts';
import type { UnjudgedDocument } from '../../workspace/standing-workspace.ts';
import type { SyntheticDocument } from '../../workspace/synthetic.ts';
import { openWorkspace } from '../../workspace/workspace.ts';

const text = z.string().optional().catch(undefined);

/** What a review shows of a record's provenance. Other tools write other things; those are left out. */
export const factsSchema = z.object({
  genre: text,
  client: text,
  at: text,
  finish: text,
  promptHash: text,
  slot: z.number().optional().catch(undefined),
  attempt: z.number().optional().catch(undefined),
  seed: z.number().optional().catch(undefined),
  temperature: z.number().optional().catch(undefined),
  milliseconds: z.number().optional().catch(undefined),
  tokens: z
    .object({ prompt: z.number().nullable(), completion: z.number().nullable() })
    .optional()
    .catch(undefined),
  attributes: z.record(z.string(), z.string()).optional().catch(undefined),
  exemplars: z.array(z.string()).optional().catch(undefined),
  shortened: z.array(z.string()).optional().catch(undefined),
  edited: z.object({ at: z.string() }).optional().catch(undefined),
  checks: z
    .array(
      z.object({
        kind: z.enum([
          'preamble-removed',
          'truncated-repaired',
          'unicode-cleaned',
          'label-named',
          'renumbered',
        ] as const satisfies readonly CheckNote['kind'][]),
        detail: z.string(),
      }),
    )
    .optional()
    .catch(undefined),
});

export type RecordFacts = z.infer<typeof factsSchema>;

export const factsOf = ({ patent }: Pick<SyntheticDocument, 'patent'>): RecordFacts =>
  factsSchema.safeParse(patent.record?.extra['provenance']).data ?? {};

export async function reviewList({ root, run }: ReviewListParams): Promise<ReviewList> {
  const { synthetic, taxonomy, problems } = await openWorkspace(root);
  const labels = taxonomy?.labels ?? [];
  return {
    items: synthetic
      .filter(({ origin }) => run === undefined || origin.run === run)
      .map((document) => {
        const { verdict } = document;
        return { ...reviewItem(document, labels), ...(verdict ? { verdict } : {}) };
      }),
    problems: problems.map((problem) => toErrorReport(problem)),
  };
}

export function reviewItem(document: UnjudgedDocument, labels: readonly Label[]): UnjudgedItem {
  const { patent, origin } = document;
  const { genre, edited, checks = [] } = factsOf(document);
  return {
    id: patent.id,
    file: patent.source.file,
    title: patent.title?.text ?? '',
    labels: document.labels.flatMap((at) => {
      const label = labels[at];
      return label ? { id: label.id, name: label.name } : [];
    }),
    edited: edited !== undefined,
    ...(origin.run === undefined ? {} : { run: origin.run }),
    ...(origin.strategy === undefined ? {} : { strategy: origin.strategy }),
    ...(genre === undefined ? {} : { genre }),
    ...(origin.model === undefined ? {} : { model: origin.model }),
    notes: checks,
  };
}
