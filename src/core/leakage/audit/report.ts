/** An audit in words, as Markdown and as CSV. What it claims is computed from the intervals, never from a single figure. */
import type { Interval } from '../../metrics/bootstrap.ts';
import { AUDIT_FIGURES, type Audit, type AuditFigure, type AuditFigures } from './audit.ts';
import type { LabelOverlap, Overlap, OverlapShares } from './overlap.ts';

/** One paragraph. */
export function conclusion(audit: Audit): string {
  const sentences = [overlapSentence(audit)];
  const { classifier } = audit;
  if (classifier) {
    sentences.push(maskingSentence(audit, classifier.overall), labelsSentence(audit));
    sentences.push(keywordsSentence(classifier.overall), wordsSentence(classifier.overall));
    const { survival, survivalAll } = classifier.overall;
    if (survival && survivalAll) {
      sentences.push(
        `Of the right assignments, ${percent(survival)} survive masking names and aliases, ${percent(survivalAll)} masking keywords too.`,
      );
    }
  } else {
    sentences.push('No classifier was tested, so nothing is said about what it owes to these words.');
  }
  return sentences.filter((sentence) => sentence !== '').join(' ');
}

function overlapSentence({ real, synthetic }: Audit): string {
  const share = ({ names, words }: Overlap): string =>
    names.overall && words.overall
      ? `the text names ${percent(names.overall)} of the assigned labels by name or alias, and has a name, alias or keyword of ${percent(words.overall)}`
      : 'no label is assigned';
  if (!synthetic) return `In real documents ${share(real)}.`;
  const both = `In real documents ${share(real)}; in synthetic ones ${share(synthetic)}.`;
  const [ours, theirs] = [real.names.overall, synthetic.names.overall];
  if (!ours || !theirs) return both;
  if (theirs.low > ours.high) return `${both} Synthetic documents name their labels more often.`;
  if (theirs.high < ours.low) return `${both} Synthetic documents name their labels less often.`;
  return `${both} The intervals overlap, so no difference is claimed.`;
}

function maskingSentence({ level }: Audit, { masking }: AuditFigures): string {
  if (!masking) return 'The test documents have no labels, so masking was not measured.';
  const interval = `${points(masking)}, ${Math.round(100 * level)} % interval`;
  if (masking.high < 0) {
    return `The classifier reads labels' names: masking names and aliases lowers micro-F1 (${interval}).`;
  }
  if (masking.low > 0) return `Masking names and aliases raises micro-F1 (${interval}).`;
  return `No effect of masking names and aliases on micro-F1 is measurable (${interval}); a loss of up to ${Math.max(0, -100 * masking.low).toFixed(1)} points is not excluded.`;
}

/** Never called a leak: a classifier may rightly read a keyword. */
function keywordsSentence({ maskingAll }: AuditFigures): string {
  if (!maskingAll) return '';
  const rightly = 'keywords describe the invention, so part of this it reads rightly';
  if (maskingAll.high < 0)
    return `With keywords masked too, micro-F1 is lower than on the texts as they are (${points(maskingAll)}); ${rightly}.`;
  if (maskingAll.low > 0) return `With keywords masked too, micro-F1 rises (${points(maskingAll)}).`;
  return `With keywords masked too, no effect on micro-F1 is measurable (${points(maskingAll)}).`;
}

function wordsSentence({ words }: AuditFigures): string {
  if (!words) return '';
  if (words.low > 0)
    return `It scores higher where a name, alias or keyword of the label stands in the text (${points(words)}).`;
  if (words.high < 0)
    return `It scores lower where a name, alias or keyword of the label stands in the text (${points(words)}).`;
  return `Whether a name, alias or keyword of the label stands in the text makes no measurable difference (${points(words)}).`;
}

function labelsSentence({ labels, classifier }: Audit): string {
  const hurt = labels.filter((_, at) => (classifier?.perLabel[at]?.masking?.high ?? 0) < 0);
  if (hurt.length === 0) return 'For no single label does the interval of the loss exclude zero.';
  const names = hurt.slice(0, 5).map(({ name }) => `“${name}”`);
  const more = hurt.length > names.length ? ` and ${hurt.length - names.length} more` : '';
  // Single labels are many comparisons; the reader must know how many false alarms to expect.
  return `Masking names and aliases lowers F1 for ${hurt.length} of ${labels.length} labels: ${names.join(', ')}${more} (intervals not corrected for ${labels.length} comparisons).`;
}

const percent = ({ value, low, high }: Interval): string =>
  `${(100 * value).toFixed(1)} % (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;

/** A difference of F1 in points of a hundred. */
const points = ({ value, low, high }: Interval): string =>
  `${signed(value)} points, ${signed(low)} to ${signed(high)}`;

function signed(value: number): string {
  const shown = (100 * Math.abs(value)).toFixed(1);
  return Number(shown) === 0 ? shown : `${value > 0 ? '+' : '−'}${shown}`;
}

const FIGURE_NAMES: Readonly<Record<AuditFigure, string>> = {
  unmasked: 'F1, text as it is',
  masked: 'F1, names and aliases masked',
  masking: 'names and aliases masked − as it is',
  survival: 'right assignments kept with names and aliases masked',
  maskedAll: 'F1, keywords masked too',
  maskingAll: 'keywords masked too − as it is',
  survivalAll: 'right assignments kept with keywords masked too',
  withWords: 'F1 with a name, alias or keyword in the text',
  withoutWords: 'F1 without one',
  words: 'with − without',
};

/** A report for people; ends with a line break. */
export function auditMarkdown(audit: Audit): string {
  const { classifier, labels } = audit;
  const lines = ['# Leakage audit', '', conclusion(audit), ''];
  if (classifier) {
    lines.push(
      '## What the classifier owes to labels’ words',
      '',
      `Micro-averaged over ${classifier.documents} test documents, with ${Math.round(100 * audit.level)} % bootstrap intervals.`,
      '',
      '| figure | value | from | to |',
      '|---|---:|---:|---:|',
      ...AUDIT_FIGURES.map(
        (figure) => `| ${FIGURE_NAMES[figure]} | ${three(classifier.overall[figure]).join(' | ')} |`,
      ),
      '',
      '## Per label',
      '',
      `| label | ${AUDIT_FIGURES.map((figure) => FIGURE_NAMES[figure]).join(' | ')} |`,
      `|---|${AUDIT_FIGURES.map(() => '---:|').join('')}`,
      ...labels.map(({ name }, at) => {
        const figures = classifier.perLabel[at];
        return `| ${cell(name)} | ${AUDIT_FIGURES.map((figure) => ranged(figures?.[figure] ?? null)).join(' | ')} |`;
      }),
      '',
    );
  }
  lines.push(
    '## How often a label’s words stand in the text',
    '',
    `Share of documents, of those that have the label and of those that do not; in brackets their number.`,
    '',
    ...overlapTable('Name or alias', audit, ({ names }) => names),
    '',
    ...overlapTable('Name, alias or keyword', audit, ({ words }) => words),
  );
  return `${lines.join('\n')}\n`;
}

function overlapTable(
  title: string,
  { labels, real, synthetic }: Audit,
  shares: (overlap: Overlap) => OverlapShares,
): string[] {
  const sets = [real, ...(synthetic ? [synthetic] : [])].map(shares);
  return [
    `### ${title}`,
    '',
    `| label | real, having | real, not having |${synthetic ? ' synthetic, having | synthetic, not having |' : ''}`,
    `|---|---:|---:|${synthetic ? '---:|---:|' : ''}`,
    ...labels.map(({ name }, at) => {
      const columns = sets.flatMap(({ perLabel }) => {
        const overlap = perLabel[at];
        return overlap
          ? [shareOf(overlap.shareHaving, overlap.having), shareOf(overlap.shareNotHaving, overlap.notHaving)]
          : [];
      });
      return `| ${cell(name)} | ${columns.join(' | ')} |`;
    }),
  ];
}

const cell = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s+/g, ' ');
const three = (interval: Interval | null): readonly string[] =>
  interval ? [interval.value, interval.low, interval.high].map((value) => value.toFixed(3)) : ['–', '–', '–'];
const ranged = (interval: Interval | null): string => {
  const [value, low, high] = three(interval);
  return interval ? `${value} (${low} to ${high})` : '–';
};
const shareOf = (share: number | null, documents: number): string =>
  share === null ? '– (0)' : `${(100 * share).toFixed(1)} % (${documents})`;

/** One row a label and one for all, full precision; empty where there is no figure. */
export function auditCsv(audit: Audit): string {
  const sets = [
    ['real', audit.real],
    ['synthetic', audit.synthetic],
  ] as const;
  const header = [
    'label',
    'name',
    ...sets.flatMap(([set]) => [
      `${set}_having`,
      `${set}_share_named_having`,
      `${set}_share_words_having`,
      `${set}_not_having`,
      `${set}_share_named_not_having`,
      `${set}_share_words_not_having`,
    ]),
    ...AUDIT_FIGURES.flatMap((figure) => [figure, `${figure}_low`, `${figure}_high`]),
  ];
  const row = (
    id: string,
    name: string,
    overlaps: readonly { readonly named?: LabelOverlap; readonly words?: LabelOverlap }[],
    figures: AuditFigures | undefined,
  ): string =>
    [
      id,
      name,
      ...overlaps.flatMap(({ named, words }) => [
        words?.having,
        named?.shareHaving,
        words?.shareHaving,
        words?.notHaving,
        named?.shareNotHaving,
        words?.shareNotHaving,
      ]),
      ...AUDIT_FIGURES.flatMap((figure) => {
        const interval = figures?.[figure];
        return [interval?.value, interval?.low, interval?.high];
      }),
    ]
      .map(csvField)
      .join(',');
  const all = audit.classifier ? [row('', 'all labels', [{}, {}], audit.classifier.overall)] : [];
  const rows = audit.labels.map(({ id, name }, at) =>
    row(
      id,
      name,
      sets.map(([, set]) => {
        const [named, words] = [set?.names.perLabel[at], set?.words.perLabel[at]];
        return { ...(named ? { named } : {}), ...(words ? { words } : {}) };
      }),
      audit.classifier?.perLabel[at],
    ),
  );
  return `${[header.join(','), ...all, ...rows].join('\n')}\n`;
}

/** Quoted where it must be; a text that a spreadsheet would take for a formula is led by an apostrophe. */
function csvField(value: string | number | null | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
