/** The leakage audit from top to bottom: what was audited, what it means, and the figures behind it. */
import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import type { AuditReport, AuditViewState } from '../../src/protocol/audit-view.ts';
import { SendProvider } from '../report/context.ts';
import type { ReportHost } from '../report/mount.tsx';
import { ReportPage } from '../report/page.tsx';
import { Remarks } from '../report/remarks.tsx';
import { duration } from '../report/wording.ts';
import { Dropdown } from '../ui/dropdown.tsx';
import { integer, moment } from '../ui/format.ts';
import { useSaved } from '../ui/saved.ts';
import { t } from '../ui/strings.ts';
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
  const { report } = state;
  return (
    <SendProvider value={host.send}>
      <ReportPage
        state={state}
        title={t('Leakage audit of {0}', state.folder)}
        facts={report ? headLines(report) : []}
        againTooltip={t('Audit the corpus as it is now')}
        running={t('Auditing')}
        cancelled={t('The audit was cancelled.')}
        earlier={(moment) => t('This report is of {0}. “Run again” audits the corpus as it is now.', moment)}
        empty={{
          icon: 'search',
          question: t('Does the text give the labels away?'),
          answers: [
            t('How often a label’s words stand in the documents that have it, real and synthetic'),
            t('How much of the classifier’s F1 is left when these words are masked'),
            t('Which documents stand on both sides of the split, and which copy others'),
            t('Which prompts of synthetic documents named the label'),
          ],
          action: t('Run the audit'),
          again: t('Run the audit again'),
          note: t('It runs on this machine and can be cancelled at any time.'),
        }}
      >
        {/* Kept as it is while a run tells how far it is. */}
        {report && <KeptReport report={report} problems={state.problems} host={host} />}
      </ReportPage>
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
      <Remarks notes={report.notes} problems={problems} />
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
