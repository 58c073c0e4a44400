/** The Patent view from top to bottom. */
import { useEffect, useRef } from 'preact/hooks';
import type {
  ActiveDocument,
  PatentViewIntent,
  PatentViewMessage,
  PatentViewState,
  PatentViewTab,
} from '../../src/protocol/patent-view.ts';
import { integer } from '../ui/format.ts';
import type { Host } from '../ui/host.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import { Tabs } from '../ui/tabs.tsx';
import './app.css';
import { useView, ViewProvider } from './context.ts';
import { Failed, Nothing, Unclassified } from './empty-states.tsx';
import { FidelityTab } from './fidelity-tab.tsx';
import { Footer } from './footer.tsx';
import { DocumentHeader, PlainHeader } from './header.tsx';
import { LabelsTab } from './labels-tab.tsx';
import { LeakageTab } from './leakage-tab.tsx';
import { OpenList } from './open-list.tsx';
import { Running } from './running.tsx';
import type { SavedState } from './saved-state.ts';
import { TrainingHint } from './training-hint.tsx';

type Classified = Extract<ActiveDocument, { kind: 'classified' }>;

/** The tab the host asked for; a new object each time, so that asking twice counts. */
export interface WantedTab {
  readonly tab: PatentViewTab;
}

export interface AppProps {
  readonly state: PatentViewState;
  /** The host has sent its state. */
  readonly ready: boolean;
  readonly wanted: WantedTab | undefined;
  readonly host: Host<PatentViewMessage, PatentViewIntent, SavedState>;
}

export function App({ state, ready, wanted, host }: AppProps) {
  const [openList, setOpenList] = useSaved(host, 'openList', true);
  const { active } = state;
  const shown = useShown(active);
  if (!ready) return null;
  return (
    <ViewProvider value={{ state, send: host.send }}>
      <OpenList open={openList} onToggle={setOpenList} />
      <main aria-busy={active.kind === 'classifying'}>
        {active.kind === 'none' ? (
          <Nothing />
        ) : (
          <InFront active={active} shown={shown} wanted={wanted} host={host} />
        )}
      </main>
      <Footer />
      {active.kind === 'classifying' && shown ? (
        <Running message={active.message} atFoot />
      ) : (
        <TrainingHint />
      )}
    </ViewProvider>
  );
}

/**
 * While a document is classified again, its last result stays where it is, dimmed, so that nothing jumps. It is gone
 * as soon as another document, or another outcome of this one, is shown.
 */
function useShown(active: ActiveDocument): Classified | undefined {
  const last = useRef<Classified | undefined>(undefined);
  if (active.kind === 'classified') last.current = active;
  else if (active.kind !== 'classifying' || active.uri !== last.current?.uri) last.current = undefined;
  return last.current;
}

interface InFrontProps {
  readonly active: Exclude<ActiveDocument, { kind: 'none' }>;
  /** The result that is shown, of this or of the last classification. */
  readonly shown: Classified | undefined;
  readonly wanted: WantedTab | undefined;
  readonly host: AppProps['host'];
}

/** The patent in front, classified or not: what it is, its labels, and what in it gives them away. */
function InFront({ active, shown, wanted, host }: InFrontProps) {
  const { state } = useView();
  const [tab, setTab] = useSaved(host, 'tab', 'labels');
  useEffect(() => {
    if (wanted) setTab(wanted.tab);
  }, [wanted, setTab]);
  const running = active.kind === 'classifying';
  const outdated = running ? 'result outdated' : 'result';
  const assigned = shown?.prediction.labels.filter((label) => label.status === 'assigned').length;
  const { leakage } = state;
  // Keywords are hints: they stand in nearly every text, and a count of them would drown the rest.
  const leaks =
    leakage?.kind === 'checked'
      ? leakage.findings.filter(({ severity }) => severity !== 'hint').length
      : undefined;
  return (
    <>
      {shown ? (
        <div class={outdated}>
          <DocumentHeader
            name={shown.name}
            prediction={shown.prediction}
            stale={shown.stale}
            running={running}
          />
        </div>
      ) : (
        <PlainHeader name={active.name} />
      )}
      <Tabs
        label={t('Results')}
        active={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'labels',
            title: t('Labels'),
            count: assigned === undefined ? undefined : integer(assigned),
            content: shown ? (
              <div class={outdated}>
                <LabelsTab key={shown.uri} result={shown} host={host} />
              </div>
            ) : (
              <NoResult active={active} />
            ),
          },
          {
            id: 'leakage',
            title: t('Leakage'),
            count: leaks === undefined ? undefined : integer(leaks),
            // A long document is only laid out while it is looked at.
            content: tab === 'leakage' && <LeakageTab key={active.uri} leakage={leakage} host={host} />,
          },
          {
            id: 'fidelity',
            title: t('Fidelity'),
            content: tab === 'fidelity' && <FidelityTab key={active.uri} fidelity={state.fidelity} />,
          },
        ]}
      />
    </>
  );
}

function NoResult({ active }: Pick<InFrontProps, 'active'>) {
  switch (active.kind) {
    case 'unclassified':
      return <Unclassified />;
    case 'failed':
      return <Failed error={active.error} />;
    case 'classifying':
      return <Running message={active.message} />;
    case 'classified':
      // Its result is shown.
      return null;
  }
}
