/** Reads what the report of an audit says of each label. Loaded with the first report. */
import { z } from 'zod';
import type { LabelFigures } from './audit-figures.ts';

const interval = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable();

const report = z.object({
  format: z.literal('patent-lab-leakage-audit'),
  createdAt: z.string(),
  audit: z.object({
    labels: z.array(z.object({ id: z.string() })),
    classifier: z
      .object({ perLabel: z.array(z.object({ unmasked: interval, masked: interval, masking: interval })) })
      .nullable(),
  }),
});

/** By label; empty for a report that is not one, or in which no classifier was tested. */
export function auditLabelFigures(text: string): ReadonlyMap<string, LabelFigures> {
  const parsed = report.safeParse(jsonOrUndefined(text));
  const figures = new Map<string, LabelFigures>();
  if (!parsed.success) return figures;
  const { createdAt, audit } = parsed.data;
  audit.labels.forEach(({ id }, at) => {
    const label = audit.classifier?.perLabel[at];
    if (!label?.unmasked || !label.masked || !label.masking) return;
    const { low, high } = label.masking;
    const [unmasked, masked] = [label.unmasked.value, label.masked.value];
    figures.set(id, { auditedAt: createdAt, unmasked, masked, low, high });
  });
  return figures;
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
