/** What is known about a marked place and what can be done about it, beside the place. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ShownFinding } from '../../src/protocol/leakage-view.ts';
import { Icon } from '../ui/icons.tsx';
import { t } from '../ui/strings.ts';
import { FindingActions } from './leakage-actions.tsx';
import { useFindingLabels } from './leakage-labels.ts';
import './leakage-popover.css';
import { kindIcon, kindName } from './leakage-wording.ts';

interface PopoverProps {
  /** Number of the marked place it belongs to. */
  readonly place: number;
  readonly findings: readonly ShownFinding[];
  readonly onClose: () => void;
}

/** Stands after the passage in the page, so that Tab leads from the place into it. */
export function FindingPopover({ place, findings, onClose }: PopoverProps) {
  const element = useRef<HTMLDivElement>(null);
  const labels = useFindingLabels();

  useLayoutEffect(() => {
    const box = element.current;
    const area = box?.parentElement;
    const mark = area?.querySelector(`.leak[data-place="${place}"]`);
    if (!box || !area || !mark) return;
    position(box, area, mark);
    const observer = new ResizeObserver(() => position(box, area, mark));
    observer.observe(area);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') onClose();
    };
    document.addEventListener('keydown', onKey);
    return () => {
      observer.disconnect();
      document.removeEventListener('keydown', onKey);
    };
  }, [place, onClose]);

  return (
    <div class="popover" ref={element} role="group" aria-label={t('About this place')}>
      {findings.map((finding, index) => {
        const label = finding.label === undefined ? undefined : labels(finding.label);
        return (
          <div key={index} class="popover-finding">
            <p class={`popover-kind ${finding.severity}`}>
              <Icon name={kindIcon(finding.kind)} />
              <span>{kindName(finding.kind)}</span>
            </p>
            {label && (
              <p class="popover-label" style={{ '--hue': label.hue }}>
                <span class="legend-swatch" aria-hidden="true" />
                {label.name}
              </p>
            )}
            <p class="popover-reason">{finding.reason}</p>
            {finding.related?.passage !== undefined && (
              <blockquote class="popover-passage">{finding.related.passage}</blockquote>
            )}
            <FindingActions finding={finding} />
          </div>
        );
      })}
    </div>
  );
}

const GAP = 5;

/** Under the last line of the place, or over its first one where there is no room below; never outside the column. */
function position(box: HTMLElement, area: HTMLElement, mark: Element): void {
  const frame = area.getBoundingClientRect();
  const lines = [...mark.getClientRects()];
  const first = lines[0] ?? mark.getBoundingClientRect();
  const last = lines.at(-1) ?? first;
  const { width, height } = box.getBoundingClientRect();
  const above = last.bottom + GAP + height > window.innerHeight && first.top - GAP - height > 0;
  const line = above ? first : last;
  const top = above ? first.top - GAP - height : last.bottom + GAP;
  const left = Math.max(8, Math.min(line.left - frame.left - 8, frame.width - width - 8));
  box.style.setProperty('top', `${top - frame.top}px`);
  box.style.setProperty('left', `${left}px`);
}
