/**
 * Observable Plot in the page and as a file. The one place that knows how Plot puts a chart into the page: it writes
 * an inline style element, which the content security policy refuses, so that is taken out before the browser sees it
 * and `chart.css` says the same.
 */
import { plot, type PlotOptions } from '@observablehq/plot';
import { useLayoutEffect, useRef } from 'preact/hooks';
import './chart.css';

/** Colours of marks: the theme's on the screen, fixed ones in a file. */
export interface ChartColours {
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly background: string;
  readonly blue: string;
  readonly purple: string;
  readonly red: string;
  readonly green: string;
  /** What makes a hue a colour that stands out from the background. */
  readonly hueSaturation: string;
  readonly hueLightness: string;
}

export const SCREEN: ChartColours = {
  text: 'var(--vscode-foreground)',
  muted: 'var(--pl-muted)',
  line: 'var(--pl-grid)',
  background: 'var(--pl-background)',
  blue: 'var(--vscode-charts-blue)',
  purple: 'var(--pl-second)',
  red: 'var(--vscode-charts-red)',
  green: 'var(--vscode-charts-green)',
  hueSaturation: 'var(--pl-hue-saturation)',
  hueLightness: 'var(--pl-hue-lightness)',
};

const PAPER: ChartColours = {
  text: '#222222',
  muted: '#666666',
  line: '#dddddd',
  background: '#ffffff',
  blue: '#1a6fd4',
  purple: '#8a3ffc',
  red: '#d1242f',
  green: '#1a7f37',
  hueSaturation: '70%',
  hueLightness: '40%',
};

export interface ChartFrame {
  /** Pixels. */
  readonly width: number;
  readonly colours: ChartColours;
  /** The chart stands alone and must say what its rows are. */
  readonly alone: boolean;
}

export type ChartSpec = (frame: ChartFrame) => PlotOptions;

interface ChartProps {
  readonly spec: ChartSpec;
  /** Pixels; 0 draws nothing. */
  readonly width: number;
  /** What the chart shows, for who does not see it; without it, the page says so otherwise. */
  readonly label?: string;
}

export function Chart({ spec, width, label }: ChartProps) {
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (width > 0) element.current?.replaceChildren(drawn(spec({ width, colours: SCREEN, alone: false })));
  }, [spec, width]);
  const naming =
    label === undefined ? { 'aria-hidden': true } : { role: 'img' as const, 'aria-label': label };
  return <div class="chart" ref={element} {...naming} />;
}

const PAPER_WIDTH = 760;
const FONT = "'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/** The chart as the text of an SVG file. */
export function chartFile(spec: ChartSpec): string {
  const chart = drawn(spec({ width: PAPER_WIDTH, colours: PAPER, alone: true }));
  const ground = document.createElementNS(chart.namespaceURI, 'rect');
  for (const [name, value] of Object.entries({ width: '100%', height: '100%', fill: PAPER.background })) {
    ground.setAttribute(name, value);
  }
  chart.prepend(ground);
  chart.setAttribute('font-family', FONT);
  chart.setAttribute('color', PAPER.text);
  return `${new XMLSerializer().serializeToString(chart)}\n`;
}

function drawn(options: PlotOptions): Element {
  const chart = plot({ className: 'pl-plot', ...options });
  for (const style of chart.querySelectorAll('style')) style.remove();
  return chart;
}
