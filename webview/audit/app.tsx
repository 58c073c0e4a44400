/** The leakage audit from top to bottom: what was audited, what it means, and the figures behind it. */
import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import type { AuditReport, AuditViewState } from '../../src/protocol/audit-view.ts';
import { SendProvider, useSend } from '../report/context.ts';
import { ReportHeader } from '../report/header.tsx';
import type { ReportHost } from '../report/mount.tsx';
import { Empty, RunState } from '../report/run-state.tsx';
import { duration } from '../report/wording.ts';
import { TextButton } from '../ui/button.tsx';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer, moment } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { useSaved } from '../ui/saved.ts';
import { plural, t } from '../ui/strings.ts';
import { FilterField } from '../ui/text-field.tsx';
import './app.css';
import { FiguresSection } from './figures.tsx';
import { OverlapSection } from './overlap.tsx';
import { ContaminationSection, CopyingSection, InstructionsSection } from './pairs.tsx';
import { labelRows, selectRows } from './rows.ts';
import type { SavedState } from './saved-state.ts';
import { corpusFacts } from './wording.ts';

export type AuditHost = ReportHost<AuditViewState, SavedState>;

interface AppProps {
  readonly state: AuditViewState;
  readonly host: AuditHost;
}

export function App({ state, host }: AppProps) {
  const { report, run } = state;
  const running = run.kind === 'running';
  return (
    <SendProvider value={host.send}>
      <div class="report-page">
        <ReportHeader
          title={t('Leakage audit of {0}', state.folder)}
          facts={report ? headLines(report) : []}
          exportable={report !== undefined}
          running={running}
          againTooltip={t('Audit the corpus as it is now')}
        />
        <RunState run={run} label={t('Auditing')} cancelled={t('The audit was cancelled.')} />
        {report && state.earlier && run.kind === 'idle' && (
          <div class="report-notice">
            <Notice tone="info" icon="clock">
              {t(
                'This report is of {0}. “Run again” audits the corpus as it is now.',
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
          run.kind !== 'running' && (
            <Empty
              icon="search"
              question={t('Does the text give the labels away?')}
              answers={[
                t('How often a label’s words stand in the documents that have it, real and synthetic'),
                t('How much of the classifier’s F1 is left when these words are masked'),
                t('Which documents stand on both sides of the split, and which copy others'),
                t('Which prompts of synthetic documents named the label'),
              ]}
              action={run.kind === 'idle' ? t('Run the audit') : t('Run the audit again')}
              note={t('It runs on this machine and can be cancelled at any time.')}
            />
          )
        )}
      </div>
    </SendProvider>
  );
}

const headLines = (report: AuditReport) => [
  corpusFacts(report).map((text) => ({ text })),
  [
    { text: moment(report.createdAt) },
    { text: t('took {0}', duration(report.seconds)) },
    ...(report.classifier
      ? [
          {
            text: report.classifier.name,
            tooltip: `${report.classifier.path}\n${report.classifier.encoder}`,
          },
        ]
      : []),
  ],
];

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
      <p class="report-conclusion">{report.conclusion}</p>
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
      <div class="report-tools">
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
