/** The criteria of the verdict, and the figures of both sides beside each other. */
import type { ComponentChildren } from 'preact';
import type { NumericsReport } from '../../src/protocol/numerics-view.ts';
import { NumberTable } from '../report/number-table.tsx';
import { Section } from '../report/section.tsx';
import { decimal, integer, percent, signed } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import {
  cosineText,
  criterionText,
  limitText,
  measuredText,
  metText,
  rangeText,
  signedRangeText,
  speedText,
} from './wording.ts';

export function CriteriaSection({ report }: { readonly report: NumericsReport }) {
  return (
    <Section
      title={t('What decides')}
      lead={t(
        'A loss of micro-F1 beyond chance, or a number that is none, is a collapse. The limits of cosine and of changed assignments are this tool’s own choice.',
      )}
    >
      <NumberTable
        caption={t('Criteria of the verdict')}
        columns={[t('Criterion'), t('Measured'), t('Limit'), t('Result')]}
        rows={report.criteria.map((criterion) => ({
          id: criterion.name,
          name: criterionText(criterion),
          cells: [
            measuredText(criterion),
            limitText(criterion),
            <span key="met" class={criterion.met === false ? 'criterion-failed' : ''}>
              {metText(criterion.met)}
            </span>,
          ],
        }))}
      />
    </Section>
  );
}

export function ScoresSection({ report }: { readonly report: NumericsReport }) {
  const { comparison, reference, candidate } = report;
  const { cosine, flips, microF1, nonFinite } = comparison;
  const faster =
    reference.documentsPerSecond > 0 ? candidate.documentsPerSecond / reference.documentsPerSecond : 0;
  const row = (
    id: string,
    name: string,
    one: ComponentChildren,
    other: ComponentChildren,
    change: ComponentChildren,
  ) => ({
    id,
    name,
    cells: [one, other, change],
  });
  return (
    <Section
      title={t('Scores')}
      lead={t(
        'Reference: {0}. Candidate: {1}. Both encoded the same texts in turns.',
        reference.name,
        candidate.name,
      )}
    >
      <NumberTable
        caption={t('Scores of the reference and the candidate')}
        columns={[t('Score'), t('Reference'), t('Candidate'), t('Change')]}
        rows={[
          ...(microF1
            ? [
                row(
                  'f1',
                  t('Micro-F1'),
                  twoLines(decimal(microF1.reference.value, 3), rangeText(microF1.reference)),
                  twoLines(decimal(microF1.candidate.value, 3), rangeText(microF1.candidate)),
                  twoLines(signed(microF1.difference.value, 3), signedRangeText(microF1.difference)),
                ),
              ]
            : []),
          row('cosine', t('Cosine of embeddings, mean'), '', '', cosineText(cosine.mean)),
          row('worst', t('Cosine of embeddings, worst'), '', '', cosineText(cosine.worst)),
          ...(flips
            ? [
                row('logit', t('Largest change of a logit'), '', '', logitText(flips.maxLogit)),
                row(
                  'flips',
                  t('Assignments that change'),
                  '',
                  '',
                  twoLines(
                    percent(flips.share),
                    t('{0} of {1}', integer(flips.flipped), integer(flips.assignments)),
                  ),
                ),
              ]
            : []),
          row(
            'finite',
            t('NaN, infinite'),
            '',
            '',
            `${integer(nonFinite.nan)}, ${integer(nonFinite.infinite)}`,
          ),
          row(
            'speed',
            t('Documents a second'),
            speedText(reference.documentsPerSecond),
            speedText(candidate.documentsPerSecond),
            t('{0} times', decimal(faster)),
          ),
        ]}
      />
    </Section>
  );
}

const twoLines = (value: string, detail: string) => (
  <span class="two-lines">
    <span>{value}</span>
    <span class="muted">{detail}</span>
  </span>
);

const logitText = (change: number | null): string =>
  change === null ? '–' : change < 0.001 ? change.toExponential(1) : decimal(change, 3);
