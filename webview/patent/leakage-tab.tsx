/** The Leakage tab: what was found in one sentence, the labels, the text or the list, and the masked comparison. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { LeakageShown, LeakageViewState } from '../../src/protocol/leakage-view.ts';
import { Button } from '../ui/button.tsx';
import { Link } from '../ui/link.tsx';
import { reducedMotion } from '../ui/motion.ts';
import { Notice } from '../ui/notice.tsx';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { hasModifier } from '../ui/roving.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import type { AppProps } from './app.tsx';
import { useView } from './context.ts';
import { FindingLabels, lookup } from './leakage-labels.ts';
import { Legend } from './leakage-legend.tsx';
import { FindingList } from './leakage-list.tsx';
import { MaskedComparison } from './leakage-masked.tsx';
import { bySeverity, placesInText, selectFindings, unmarked } from './leakage-model.ts';
import { Passages } from './leakage-passages.tsx';
import './leakage-tab.css';
import { Tools } from './leakage-tools.tsx';
import { checkedSentences, headline, severityName } from './leakage-wording.ts';
import { placeText } from '../ui/place.ts';

interface LeakageTabProps {
  readonly leakage: LeakageViewState | undefined;
  readonly host: AppProps['host'];
}

export function LeakageTab({ leakage, host }: LeakageTabProps) {
  const { send } = useView();
  switch (leakage?.kind) {
    case undefined:
    case 'checking':
      return (
        <p class="leakage-checking" role="status">
          <ProgressRing small label={t('Checking')} />
          {t('Looking for labels in the text…')}
        </p>
      );
    case 'no-taxonomy':
      return (
        <div class="empty">
          <p>{t('There is no taxonomy in this folder, so there are no names to look for.')}</p>
          <p class="muted">
            {t(
              'The workspace files say which labels there are, what they are called, and where patents lie.',
            )}
          </p>
          <div class="empty-actions">
            <Button primary onPress={() => send({ kind: 'leakage-create-files' })}>
              {t('Create the files')}
            </Button>
          </div>
        </div>
      );
    case 'failed':
      return (
        <div class="empty">
          <Notice tone="error">
            <p class="failure">{leakage.error.message}</p>
            {leakage.error.place && <p class="muted">{placeText(leakage.error.place)}</p>}
            <p>{leakage.error.remedy}</p>
          </Notice>
        </div>
      );
    case 'checked':
      return <Checked shown={leakage} host={host} />;
  }
}

interface CheckedProps {
  readonly shown: LeakageShown;
  readonly host: AppProps['host'];
}

function Checked({ shown, host }: CheckedProps) {
  const { send } = useView();
  const { findings, labels } = shown;
  const labelOf = useMemo(() => lookup(labels), [labels]);
  return (
    <FindingLabels value={labelOf}>
      <div class="leakage-tab">
        <Summary shown={shown} />
        {findings.length > 0 && <Findings shown={shown} host={host} />}
        <MaskedComparison masked={shown.masked} />
        <p class="leakage-audit">
          <Link onFollow={() => send({ kind: 'leakage-audit' })}>
            {t('Audit the whole corpus for leakage')}
          </Link>
        </p>
      </div>
    </FindingLabels>
  );
}

function Summary({ shown }: { readonly shown: LeakageShown }) {
  const { state } = useView();
  const { names, rest } = headline(shown);
  const empty = shown.findings.length === 0;
  return (
    <div class="leakage-summary">
      <p class="leakage-headline" role="status">
        {names}
      </p>
      {rest.length > 0 && <p class="muted">{rest.join(' ')}</p>}
      {empty && (
        <>
          <p class="muted">{t('What was looked for:')}</p>
          <ul class="steps">
            {checkedSentences(state.taxonomy.length, shown.relations).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </>
      )}
      {shown.relations === 'running' && (
        <p class="relations-running muted" role="status">
          <ProgressRing small label={t('Comparing with other documents')} />
          {t('Still comparing with the other documents of the workspace…')}
        </p>
      )}
      {shown.relations === 'not-possible' && (
        <p class="muted">{t('Not compared with other documents: the workspace has none to compare with.')}</p>
      )}
    </div>
  );
}

function Findings({ shown, host }: CheckedProps) {
  const { findings } = shown;
  const [layout, setLayout] = useSaved(host, 'leakageLayout', 'text');
  const [label, setLabel] = useState<string>();
  const [current, setCurrent] = useState<number>();
  const area = useRef<HTMLDivElement>(null);
  const only = shown.labels.some(({ id }) => id === label) ? label : undefined;
  const selected = useMemo(() => selectFindings(findings, only), [findings, only]);
  const apart = useMemo(() => unmarked(shown, selected), [shown, selected]);
  const groups = useMemo(() => bySeverity(findings, selected), [findings, selected]);
  const places = useMemo(
    () => (layout === 'text' ? placesInText(shown, selected).length : selected.size),
    [layout, shown, selected],
  );

  useEffect(() => setCurrent(undefined), [layout, only]);

  const walk = (by: 1 | -1): void => {
    const all = [...(area.current?.querySelectorAll<HTMLElement>('[data-place]') ?? [])];
    const from = all.findIndex((element) => Number(element.dataset['place']) === current);
    const next = all.at(from === -1 ? (by === 1 ? 0 : -1) : (from + by) % all.length);
    if (!next) return;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'center', behavior: reducedMotion() ? 'instant' : 'smooth' });
  };
  useWalkKeys(walk, area, (place) => {
    const index = layout === 'text' ? placesInText(shown, selected)[place]?.[0] : undefined;
    const finding = index === undefined ? undefined : findings[index];
    if (finding) host.send({ kind: 'reveal', span: finding.span });
  });

  let listed = 0;
  return (
    <div ref={area} class="leakage-findings">
      <Legend labels={shown.labels} selected={only} onSelect={setLabel} />
      <Tools
        layout={layout}
        onLayout={setLayout}
        current={current !== undefined && current < places ? current : undefined}
        places={places}
        onWalk={walk}
      />
      {layout === 'text' ? (
        <>
          {apart.length > 0 && (
            <FindingList
              title={t('About the whole patent')}
              entries={apart}
              findings={findings}
              first={0}
              onCurrent={setCurrent}
            />
          )}
          <Passages
            shown={shown}
            selected={selected}
            first={apart.length}
            current={current}
            onCurrent={setCurrent}
          />
        </>
      ) : (
        groups.map((group) => {
          const first = listed;
          listed += group.findings.length;
          return (
            <FindingList
              key={group.severity}
              title={severityName(group.severity)}
              entries={group.findings}
              findings={findings}
              first={first}
              onCurrent={setCurrent}
            />
          );
        })
      )}
    </div>
  );
}

/** `n` and `p` from anywhere in the page but a field; Enter on a marked place shows it in the editor. */
function useWalkKeys(
  walk: (by: 1 | -1) => void,
  area: { readonly current: HTMLElement | null },
  reveal: (place: number) => void,
): void {
  const latest = useRef({ walk, reveal });
  latest.current = { walk, reveal };
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { target } = event;
      if (hasModifier(event) || !(target instanceof HTMLElement)) return;
      if (target.closest('input, vscode-text-field, vscode-dropdown')) return;
      if (event.key === 'n' || event.key === 'p') {
        latest.current.walk(event.key === 'n' ? 1 : -1);
        event.preventDefault();
      } else if (event.key === 'Enter' && target.matches('.leak') && area.current?.contains(target)) {
        latest.current.reveal(Number(target.dataset['place']));
        event.preventDefault();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [area]);
}
