/** The study: what stands before a run, its report from the answer to its hashes, or two reports side by side. */
import { memo } from 'preact/compat';
import { useState } from 'preact/hooks';
import type { StudyReport, StudyViewIntent, StudyViewState } from '../../src/protocol/study-view.ts';
import { SendProvider } from '../report/context.ts';
import { ReportHeader } from '../report/header.tsx';
import type { ReportHost } from '../report/mount.tsx';
import { RunState } from '../report/run-state.tsx';
import { Button } from '../ui/button.tsx';
import { integer, moment } from '../ui/format.ts';
import { Disclosure } from '../ui/disclosure.tsx';
import { Notice } from '../ui/notice.tsx';
import { useSaved } from '../ui/saved.ts';
import { plural, t } from '../ui/strings.ts';
import './app.css';
import { ArmsSection } from './arms.tsx';
import { shownCell } from './cells.ts';
import { Compare } from './compare.tsx';
import { StudySendProvider, useStudySend } from './context.ts';
import { FidelitySection } from './fidelity.tsx';
import { LabelsSection } from './labels.tsx';
import { MadeSection } from './made.tsx';
import { MixingSection } from './mixing.tsx';
import type { SavedState } from './saved-state.ts';
import { Setup } from './setup.tsx';
import { Answer, ShownCell, VerdictMatrix } from './verdict.tsx';
import { WaterfallSection } from './waterfall.tsx';
import { about } from './wording.ts';

export type StudyHost = ReportHost<StudyViewState, SavedState, StudyViewIntent>;

interface AppProps {
  readonly state: StudyViewState;
  readonly host: StudyHost;
}

export function App({ state, host }: AppProps) {
  return (
    <SendProvider value={host.send}>
      <StudySendProvider value={host.send}>
        <div class="report-page study-page">
          <Page state={state} host={host} />
        </div>
      </StudySendProvider>
    </SendProvider>
  );
}

function Page({ state, host }: AppProps) {
  const { report, run, setup, comparison } = state;
  const running = run.kind === 'running';
  if (comparison) return <Compare comparison={comparison} host={host} />;
  if (setup && !running) {
    return (
      <>
        {run.kind === 'cancelled' || run.kind === 'failed' ? <Run state={state} /> : null}
        <Setup state={state} setup={setup} />
      </>
    );
  }
  return (
    <>
      <Header state={state} />
      <Run state={state} />
      {report && state.earlier && run.kind === 'idle' && (
        <div class="report-notice">
          <Notice tone="info" icon="clock">
            {t(
              'This report is of {0}. “Run again” looks at the documents as they are now.',
              moment(report.createdAt),
            )}
          </Notice>
        </div>
      )}
      {report && (
        <main class={running ? 'outdated' : ''} aria-busy={running}>
          {/* Kept as it is while a run tells how far it is. */}
          <KeptReport report={report} host={host} />
        </main>
      )}
    </>
  );
}

const Run = ({ state }: { readonly state: StudyViewState }) => (
  <RunState
    run={state.run}
    label={t('Running the study')}
    cancelled={t('The study was cancelled. What is done is kept: running it again goes on from there.')}
    counted={false}
  />
);

function Header({ state: { folder, report, run } }: { readonly state: StudyViewState }) {
  const send = useStudySend();
  const running = run.kind === 'running';
  return (
    <ReportHeader
      title={t('Does synthetic data help in {0}?', folder)}
      facts={report ? headLines(report) : []}
      exportable={report !== undefined}
      running={running}
      againTooltip={t('See what a run would take, and run it')}
      onAgain={() => send({ kind: 'prepare' })}
    >
      <Button icon="compare" disabled={running} onPress={() => send({ kind: 'compare' })}>
        {t('Compare…')}
      </Button>
    </ReportHeader>
  );
}

function headLines({ name, documents, plan, createdAt, seconds, encoder, inputs }: StudyReport) {
  return [
    [
      // The default plan has no name of its own.
      ...(inputs.some(({ role }) => role === 'plan') ? [{ text: name }] : []),
      { text: t('{0} real documents', integer(documents.real)) },
      { text: t('{0} synthetic', integer(documents.synthetic)) },
      {
        text: t('judged on {0}', integer(documents.test)),
        tooltip: t('In {0} groups, which are resampled', integer(documents.testGroups)),
      },
      { text: t('{0} seeds', integer(plan.seeds)) },
    ],
    [{ text: moment(createdAt) }, { text: t('took {0}', about(seconds)) }, { text: encoder }],
  ];
}

interface ReportProps {
  readonly report: StudyReport;
  readonly host: StudyHost;
}

const KeptReport = memo(Report);

function Report({ report, host }: ReportProps) {
  const [cell, setCell] = useSaved(host, 'cell', '');
  const shown = shownCell(report, cell);
  return (
    <>
      <Answer report={report} />
      <Notes notes={report.notes} />
      {shown && (
        <>
          <VerdictMatrix report={report} shown={shown} onShow={setCell} />
          <ShownCell report={report} shown={shown} />
          <WaterfallSection report={report} shown={shown} />
          <ArmsSection report={report} shown={shown} host={host} />
          <MixingSection report={report} shown={shown} />
          <LabelsSection report={report} shown={shown} host={host} />
          <FidelitySection report={report} shown={shown} />
        </>
      )}
      <MadeSection report={report} host={host} />
    </>
  );
}

/** The first is the one to know; the others say how it was judged. */
function Notes({ notes }: { readonly notes: readonly string[] }) {
  const [open, setOpen] = useState(false);
  const [first, ...others] = notes;
  if (first === undefined) return null;
  return (
    <Notice tone="info">
      <p>{first}</p>
      {others.length > 0 && (
        <Disclosure
          title={plural(others.length, '{0} more note', '{0} more notes', integer(others.length))}
          open={open}
          onToggle={setOpen}
          look="inline"
        >
          {others.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Disclosure>
      )}
    </Notice>
  );
}
