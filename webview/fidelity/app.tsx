/** The fidelity report from top to bottom: what it means, the scores, where the documents lie, and which stand out. */
import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import type {
  FidelityReport,
  FidelityViewIntent,
  FidelityViewMessage,
  FidelityViewState,
} from '../../src/protocol/fidelity-view.ts';
import { SendProvider } from '../report/context.ts';
import { ReportPage } from '../report/page.tsx';
import { Remarks } from '../report/remarks.tsx';
import type { Host } from '../ui/host.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
import './app.css';
import { cellKey } from './cell-rows.ts';
import { CellsSection } from './cells.tsx';
import { FidelityProvider } from './context.ts';
import { DistributionsSection } from './distributions.tsx';
import { DocumentsSection } from './document-list.tsx';
import { documentsByPoint } from './documents.ts';
import { useFidelityContext } from './live.ts';
import { MapSection } from './map/section.tsx';
import type { SavedState } from './saved-state.ts';
import { ScoresSection } from './scores/scores.tsx';
import { headLines } from './wording.ts';

export type FidelityHost = Host<FidelityViewMessage, FidelityViewIntent, SavedState>;

interface AppProps {
  readonly state: FidelityViewState;
  readonly host: FidelityHost;
}

export function App({ state, host }: AppProps) {
  const { report } = state;
  const context = useFidelityContext(state, host);
  return (
    <SendProvider value={host.send}>
      <FidelityProvider value={context}>
        <ReportPage
          state={state}
          title={t('Fidelity of {0}', report?.subject ?? state.folder)}
          facts={report ? headLines(report) : []}
          againTooltip={t('Score the documents as they are now')}
          running={t('Scoring')}
          cancelled={t('Scoring was cancelled.')}
          earlier={(moment) =>
            t('This is the last report, of {0}. “Run again” scores the documents as they are now.', moment)
          }
          empty={{
            icon: 'search',
            question: t('How close are the synthetic documents to the real ones?'),
            answers: [
              t('How far apart the two sets are, and how varied each is'),
              t('Which documents copy, which repeat others, which lie far from all'),
              t('Whether they are what they were made for'),
            ],
            action: t('Score fidelity'),
            again: t('Score again'),
            note: t('It runs on this machine and can be cancelled at any time.'),
          }}
        >
          {/* Kept as it is while a run tells how far it is. */}
          {report && <KeptReport report={report} problems={state.problems} host={host} />}
        </ReportPage>
      </FidelityProvider>
    </SendProvider>
  );
}

interface ReportProps {
  readonly report: FidelityReport;
  readonly problems: number;
  readonly host: FidelityHost;
}

const KeptReport = memo(Report);

function Report({ report, problems, host }: ReportProps) {
  const [cell, setCell] = useSaved(host, 'cell', '');
  const [selection, setSelection] = useSaved(host, 'cellKind', 'all');
  const [sort, setSort] = useSaved(host, 'cellSort', { column: 'name', direction: 'ascending' });
  const documentOf = useMemo(() => documentsByPoint(report), [report]);
  const overall = report.cells[0];
  const shown = report.cells.find((one) => cellKey(one) === cell) ?? overall;
  return (
    <>
      {overall && <Summary sentences={overall.interpretation} />}
      <Remarks notes={[...report.gains, ...report.notes]} problems={problems} />
      {shown && <ScoresSection cells={report.cells} shown={shown} onShow={setCell} />}
      {shown && (
        <CellsSection
          cells={report.cells}
          shown={shown}
          onShow={setCell}
          selection={selection}
          onSelection={setSelection}
          sort={sort}
          onSort={setSort}
        />
      )}
      <MapSection report={report} documentOf={documentOf} host={host} />
      <DistributionsSection distributions={report.distributions} />
      <DocumentsSection documents={report.documents} host={host} />
    </>
  );
}

/** What it means in plain words, sentence by sentence. */
function Summary({ sentences }: { readonly sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  return (
    <div class="report-conclusion fidelity-summary">
      {sentences.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </div>
  );
}
