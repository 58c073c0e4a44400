/** A chart that is as wide as the place it stands in. */
import { useRef } from 'preact/hooks';
import { Chart, type ChartSpec } from '../ui/chart.tsx';
import { useWidth } from '../ui/width.ts';

interface FittedChartProps {
  readonly spec: ChartSpec;
  /** What it shows, for who does not see it. */
  readonly label: string;
}

export function FittedChart({ spec, label }: FittedChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const width = useWidth(place);
  return (
    <div class="fitted-chart" ref={place}>
      <Chart spec={spec} width={width} label={label} />
    </div>
  );
}
