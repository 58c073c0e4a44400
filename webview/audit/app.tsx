/** The leakage audit from top to bottom: what was audited, what it means, and the figures behind it. */
import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import type {
  AuditReport,
  AuditViewIntent,
  AuditViewMessage,
  AuditViewState,
} from '../../src/protocol/audit-view.ts';
import { Button, TextButton } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer, moment } from '../ui/format.ts';
import type { Host } from '../ui/host.ts';
import { Notice } from '../ui/notice.tsx';
import { useSaved } from '../ui/saved.ts';
import { plural, t } from '../ui/strings.ts';
import { FilterField } from '../ui/text-field.tsx';
import './app.css';
import { SendProvider, useSend } from './context.ts';
import { FiguresSection } from './figures.tsx';
import { OverlapSection } from './overlap.tsx';
import { ContaminationSection, CopyingSection, InstructionsSection } from './pairs.tsx';
import { labelRows, selectRows } from './rows.ts';
import { Empty, RunState } from './run-state.tsx';
import type { SavedState } from './saved-state.ts';
import { corpusFacts, duration } from './wording.ts';

export type AuditHost = Host<AuditViewMessage, AuditViewIntent, SavedState>;

interface AppProps {
  readonly state: AuditViewState;
  readonly host: AuditHost;
}

export function App({ state, host }: AppProps) {
  const { report, run } = state;
  const running = run.kind === 'running';
  return (
    <SendProvider value={host.send}>
      <div class="audit-page">
        <Header state={state} />
        <RunState run={run} />
        {report && state.earlier && run.kind === 'idle' && (
          <div class="audit-notice">
            <Notice tone="info" icon="clock">
              {t(
                'This is the last report of this folder, of {0}. “Run again” audits the corpus as it is now.',
                moment(report.createdAt),
              )}
            </Notice>
          </div>
        )}
        {report ? (
          <main class={running ? 'outdated' : ''} aria-busy={running}>
            {/* Kept as it is while a run tells how far it is. */}
            <KeptReport report={report} problems={state.problems} host={host} />
          </main>
        ) : (
          run.kind !== 'running' && <Empty again={run.kind !== 'idle'} />
        )}
      </div>
    </SendProvider>
  );
}

function Header({ state: { folder, report, run } }: { readonly state: AuditViewState }) {
  const send = useSend();
  return (
    <header class="audit-header">
      <div class="audit-titles">
        <h1>{t('Leakage audit of {0}', folder)}</h1>
        {report && (
          <>
            <p class="audit-facts muted number">
              {corpusFacts(report).map((fact) => (
                <span key={fact}>{fact}</span>
              ))}
            </p>
            <p class="audit-facts muted number">
              <span>{moment(report.createdAt)}</span>
              <span>{t('took {0}', duration(report.seconds))}</span>
              {report.classifier && (
                <span title={`${report.classifier.path}\n${report.classifier.encoder}`}>
                  {report.classifier.name}
                </span>
              )}
            </p>
          </>
        )}
      </div>
      {report && (
        <div class="audit-actions">
          <Button icon="export" onPress={() => send({ kind: 'export', format: 'markdown' })}>
            {t('Markdown')}
          </Button>
          <Button icon="export" onPress={() => send({ kind: 'export', format: 'csv' })}>
            {t('CSV')}
          </Button>
          <Button
            icon="refresh"
            disabled={run.kind === 'running'}
            tooltip={t('Audit the corpus as it is now')}
            onPress={() => send({ kind: 'run' })}
          >
            {t('Run again')}
          </Button>
        </div>
      )}
    </header>
  );
}

interface ReportProps {
  readonly report: AuditReport;
  readonly problems: number;
  readonly host: AuditHost;
}

const KeptReport = memo(Report);

function Report({ report, problems, host }: ReportProps) {
  const send = useSend();
  const [filter, setFilter] = useSaved(host, 'filter', '');
  const [selection, setSelection] = useSaved(host, 'selection', 'all');
  const judged = report.audit.classifier !== null;
  const [words, setWords] = useSaved(host, 'words', 'names');
  const all = useMemo(() => labelRows(report, words), [report, words]);
  const rows = useMemo(
    () => selectRows(all, filter, judged ? selection : 'all'),
    [all, filter, judged, selection],
  );
  const narrowed = rows.length < all.length;
  return (
    <>
      <p class="audit-conclusion">{report.conclusion}</p>
      {(report.notes.length > 0 || problems > 0) && (
        <Notice tone="info">
          {report.notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
          {problems > 0 && (
            <p>
              {plural(
                problems,
                '{0} record could not be taken over.',
                '{0} records could not be taken over.',
                integer(problems),
              )}{' '}
              <TextButton onPress={() => send({ kind: 'show-problems' })}>{t('Show problems')}</TextButton>
            </p>
          )}
        </Notice>
      )}
      <div class="audit-tools">
        <FilterField
          label={t('Filter labels and documents')}
          placeholder={t('Filter labels and documents')}
          value={filter}
          onChange={setFilter}
        />
        {judged && (
          <Dropdown
            label={t('Labels')}
            value={selection}
            options={[
              { value: 'all', text: t('All labels') },
              { value: 'loss', text: t('Measurable loss') },
              { value: 'too-few', text: t('Too few to say') },
            ]}
            onChange={setSelection}
          />
        )}
        <span class="muted number" role="status">
          {narrowed ? t('{0} of {1} labels', integer(rows.length), integer(all.length)) : ''}
        </span>
      </div>
      <OverlapSection
        rows={rows}
        synthetic={report.audit.synthetic !== null}
        words={words}
        onWords={setWords}
        host={host}
      />
      <FiguresSection report={report} rows={rows} host={host} />
      <ContaminationSection report={report} filter={filter} />
      <CopyingSection report={report} filter={filter} />
      <InstructionsSection report={report} filter={filter} />
    </>
  );
}
