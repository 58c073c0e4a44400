/** How long the documents are, and how far each is from the nearest real one: synthetic beside real. */
import { useId, useMemo, useRef } from 'preact/hooks';
import type { Distribution } from '../../src/protocol/fidelity-view.ts';
import { Key, Section } from '../report/section.tsx';
import { Button } from '../ui/button.tsx';
import { Chart, chartFile } from '../ui/chart.tsx';
import { integer, percent } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import { useWidth } from '../ui/width.ts';
import { useFidelity } from './context.ts';
import { distributionChart, distributionTitle } from './distribution-chart.ts';
import './distributions.css';
import { figure } from './wording.ts';

export function DistributionsSection({ distributions }: { readonly distributions: readonly Distribution[] }) {
  if (distributions.length === 0) return null;
  return (
    <Section
      title={t('How long, and how near')}
      lead={t(
        'Shares of the documents. The distance of a real document is that of a held-out one to the other real ones.',
      )}
    >
      <p class="chart-keys">
        <Key look="filled" colour="real">
          {t('real')}
        </Key>
        <Key look="filled" colour="synthetic">
          {t('synthetic')}
        </Key>
      </p>
      <div class="distributions">
        {distributions.map((distribution) => (
          <Figure key={distribution.kind} distribution={distribution} />
        ))}
      </div>
    </Section>
  );
}

function Figure({ distribution }: { readonly distribution: Distribution }) {
  const { send } = useFidelity();
  const id = useId();
  const area = useRef<HTMLDivElement>(null);
  const width = useWidth(area);
  const spec = useMemo(() => distributionChart(distribution), [distribution]);
  const title = distributionTitle(distribution.kind);
  return (
    <div class="distribution" ref={area} role="group" aria-labelledby={id}>
      <div class="distribution-head">
        <h3 id={id}>{title}</h3>
        <Button
          small
          icon="export"
          tooltip={t('Export this chart as SVG')}
          onPress={() =>
            send({
              kind: 'export',
              format: 'svg',
              name: `fidelity-${distribution.kind}`,
              svg: chartFile(spec),
            })
          }
        >
          {t('SVG')}
        </Button>
      </div>
      <Chart spec={spec} width={width} label={inWords(distribution)} />
    </div>
  );
}

/** The bin that holds the middle document of each set, for who does not see the chart. */
function inWords({ edges, real, synthetic }: Distribution): string {
  const middle = (counts: readonly number[]): string => {
    const half = counts.reduce((sum, count) => sum + count, 0) / 2;
    let seen = 0;
    const bin = counts.findIndex((count) => (seen += count) >= half);
    return t('{0} to {1}', figure(edges[bin] ?? 0), figure(edges[bin + 1] ?? 0));
  };
  const most = (counts: readonly number[]): string => {
    const all = counts.reduce((sum, count) => sum + count, 0) || 1;
    return percent(Math.max(0, ...counts) / all);
  };
  return t(
    'Histogram of {0} bins. The middle real document lies at {1}, the middle synthetic one at {2}. The fullest bins hold {3} and {4}.',
    integer(real.length),
    middle(real),
    middle(synthetic),
    most(real),
    most(synthetic),
  );
}
