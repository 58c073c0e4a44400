/** Reads what the report of an audit says of each label. Loaded with the first report. */
import { z } from 'zod';
import { jsonOrUndefined } from '../../core/json.ts';
import type { LabelFigures, MaskedFigures } from './audit-figures.ts';

const interval = z.object({ value: z.number(), low: z.number(), high: z.number() }).nullable();
const figures = z.object({
  unmasked: interval,
  masked: interval,
  masking: interval,
  maskedAll: interval,
  maskingAll: interval,
});

const report = z.object({
  format: z.literal('patent-lab-leakage-audit'),
  createdAt: z.string(),
  audit: z.object({
    labels: z.array(z.object({ id: z.string() })),
    classifier: z.object({ perLabel: z.array(figures) }).nullable(),
  }),
});

/** By label; empty for a report that is not one, or in which no classifier was tested. */
export function auditLabelFigures(text: string): ReadonlyMap<string, LabelFigures> {
  const parsed = report.safeParse(jsonOrUndefined(text));
  const known = new Map<string, LabelFigures>();
  if (!parsed.success) return known;
  const { createdAt, audit } = parsed.data;
  audit.labels.forEach(({ id }, at) => {
    const label = audit.classifier?.perLabel[at];
    const names = maskedFigures(label?.masked, label?.masking);
    if (!label?.unmasked || !names) return;
    const withKeywords = maskedFigures(label.maskedAll, label.maskingAll);
    known.set(id, {
      auditedAt: createdAt,
      unmasked: label.unmasked.value,
      names,
      ...(withKeywords ? { withKeywords } : {}),
    });
  });
  return known;
}

type ReadInterval = z.infer<typeof interval> | undefined;

const maskedFigures = (masked: ReadInterval, masking: ReadInterval): MaskedFigures | undefined =>
  masked && masking ? { masked: masked.value, low: masking.low, high: masking.high } : undefined;
