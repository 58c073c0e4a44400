/** A chart that is as wide as the place it stands in. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Chart, type ChartSpec } from '../ui/chart.tsx';

interface FittedChartProps {
  readonly spec: ChartSpec;
  /** What it shows, for who does not see it. */
  readonly label: string;
}

export function FittedChart({ spec, label }: FittedChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const measure = (): void => setWidth(element.clientWidth);
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return (
    <div class="fitted-chart" ref={place}>
      <Chart spec={spec} width={width} label={label} />
    </div>
  );
}
