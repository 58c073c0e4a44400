/** A part of the report: what it asks, in a sentence how to read it, its figures, and their export. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { Button } from '../ui/button.tsx';
import { chartFile, type ChartSpec } from '../ui/chart.tsx';
import { t } from '../ui/strings.ts';
import { useSend } from './context.ts';
import './section.css';

interface SectionProps {
  readonly title: string;
  readonly lead: ComponentChildren;
  readonly children: ComponentChildren;
  /** The chart that can be exported, and the name its file is proposed. */
  readonly chart?: { readonly name: string; readonly spec: ChartSpec };
  readonly tools?: ComponentChildren;
}

export function Section({ title, lead, children, chart, tools }: SectionProps) {
  const send = useSend();
  const id = useId();
  return (
    <section class="report-section" aria-labelledby={id}>
      <div class="section-head">
        <h2 id={id}>{title}</h2>
        {tools}
        {chart && (
          <Button
            small
            icon="export"
            tooltip={t('Export this chart as SVG')}
            onPress={() =>
              send({ kind: 'export', format: 'svg', name: chart.name, svg: chartFile(chart.spec) })
            }
          >
            {t('SVG')}
          </Button>
        )}
      </div>
      <p class="section-lead muted">{lead}</p>
      {children}
    </section>
  );
}

interface KeyProps {
  readonly look: 'filled' | 'hollow';
  readonly colour: 'real' | 'synthetic' | 'plain' | 'loss' | 'gain';
  readonly children: ComponentChildren;
}

/** An entry of a chart's legend. */
export function Key({ look, colour, children }: KeyProps) {
  return (
    <span class={`chart-key ${look} key-${colour}`}>
      <span class="chart-dot" aria-hidden="true" />
      {children}
    </span>
  );
}
