/** The Patent view from top to bottom. */
import { useRef } from 'preact/hooks';
import type {
  ActiveDocument,
  PatentViewIntent,
  PatentViewMessage,
  PatentViewState,
} from '../../src/protocol/patent-view.ts';
import type { Host } from '../ui/host.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import { Tabs } from '../ui/tabs.tsx';
import './app.css';
import { ViewProvider } from './context.ts';
import { Failed, Nothing, Unclassified } from './empty-states.tsx';
import { Footer } from './footer.tsx';
import { DocumentHeader, PlainHeader } from './header.tsx';
import { LabelsTab } from './labels-tab.tsx';
import { OpenList } from './open-list.tsx';
import { Running } from './running.tsx';
import type { SavedState } from './saved-state.ts';
import { TrainingHint } from './training-hint.tsx';

type Classified = Extract<ActiveDocument, { kind: 'classified' }>;

export interface AppProps {
  readonly state: PatentViewState;
  /** The host has sent its state. */
  readonly ready: boolean;
  readonly host: Host<PatentViewMessage, PatentViewIntent, SavedState>;
}

export function App({ state, ready, host }: AppProps) {
  const [openList, setOpenList] = useSaved(host, 'openList', true);
  const { active } = state;
  const shown = useShown(active);
  if (!ready) return null;
  return (
    <ViewProvider value={{ state, send: host.send }}>
      <OpenList open={openList} onToggle={setOpenList} />
      <main aria-busy={active.kind === 'classifying'}>
        {active.kind === 'none' && <Nothing />}
        {active.kind === 'unclassified' && (
          <>
            <PlainHeader name={active.name} />
            <Unclassified />
          </>
        )}
        {active.kind === 'failed' && (
          <>
            <PlainHeader name={active.name} />
            <Failed error={active.error} />
          </>
        )}
        {active.kind === 'classifying' && !shown && (
          <>
            <PlainHeader name={active.name} />
            <Running message={active.message} />
          </>
        )}
        {shown && <Result result={shown} running={active.kind === 'classifying'} host={host} />}
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

interface ResultProps {
  readonly result: Classified;
  readonly running: boolean;
  readonly host: AppProps['host'];
}

function Result({ result, running, host }: ResultProps) {
  const [tab, setTab] = useSaved(host, 'tab', 'labels');
  const assigned = result.prediction.labels.filter((label) => label.status === 'assigned').length;
  return (
    <div class={running ? 'result outdated' : 'result'}>
      <DocumentHeader
        name={result.name}
        prediction={result.prediction}
        stale={result.stale}
        running={running}
      />
      <Tabs
        label={t('Results')}
        active={tab}
        onChange={setTab}
        tabs={[
          {
            id: 'labels',
            title: t('Labels'),
            count: String(assigned),
            content: <LabelsTab key={result.uri} result={result} host={host} />,
          },
        ]}
      />
    </div>
  );
}
