/** What a training would take, before it begins; and that it does not fit, where it does not. */
import type { ErrorReport } from '../../src/protocol/engine.ts';
import { Notice } from '../ui/notice.tsx';
import { placeText } from '../ui/place.ts';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { integer } from '../ui/format.ts';
import { t } from '../ui/strings.ts';
import './learning.css';
import { memory } from './wording.ts';

export const Estimating = () => (
  <p class="learning-estimating muted" role="status">
    <ProgressRing small label={t('Estimating')} /> {t('Finding out what training would take…')}
  </p>
);

export const NotEstimated = ({ error }: { readonly error: ErrorReport }) => (
  <Notice tone="error">
    <p>{error.message}</p>
    {error.place && <p class="muted">{placeText(error.place)}</p>}
    <p>{error.remedy}</p>
  </Notice>
);

interface EstimateProps {
  /** What it is and how much of it there is. */
  readonly rows: readonly (readonly [string, string])[];
  /** How long it takes, or that it is being found out. */
  readonly seconds?: number | 'measuring' | undefined;
  /** Bytes. */
  readonly memory: number;
  readonly free: number;
  /** That it does not fit, and what helps. */
  readonly tooLarge: string;
}

export const fits = ({ memory: needed, free }: Pick<EstimateProps, 'memory' | 'free'>): boolean =>
  needed <= free;

export function Estimate({ rows, tooLarge, seconds, ...need }: EstimateProps) {
  const all = [
    ...rows,
    ...(seconds === undefined ? [] : [[t('Time'), time(seconds)] as const]),
    [t('Memory'), t('about {0}; {1} are free', memory(need.memory), memory(need.free))] as const,
  ];
  return (
    <>
      <dl class="learning-estimate">
        {all.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="number">{value}</dd>
          </div>
        ))}
      </dl>
      {!fits(need) && <Notice tone="error">{tooLarge}</Notice>}
    </>
  );
}

/** Rounded: other work on the machine makes more of a difference than the rest. */
function time(seconds: number | 'measuring'): string {
  if (seconds === 'measuring') return t('measuring a few steps…');
  return seconds < 90
    ? t('about {0} s at most', integer(Math.ceil(seconds)))
    : t('about {0} min at most', integer(Math.round(seconds / 60)));
}
