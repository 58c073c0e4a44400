/** The numerics report from top to bottom: what was compared, what it means, and the figures behind it. */
import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import type { NumericsReport, NumericsViewState } from '../../src/protocol/numerics-view.ts';
import { SendProvider, useSend } from '../report/context.ts';
import { FittedChart } from '../report/fitted-chart.tsx';
import { ReportHeader } from '../report/header.tsx';
import type { ReportHost } from '../report/mount.tsx';
import { Empty, RunState } from '../report/run-state.tsx';
import { Section } from '../report/section.tsx';
import { duration } from '../report/wording.ts';
import { TextButton } from '../ui/button.tsx';
import { integer, moment } from '../ui/format.ts';
import { Notice } from '../ui/notice.tsx';
import { plural, t } from '../ui/strings.ts';
import './app.css';
import { distanceChart, distanceTitle } from './distance-chart.ts';
import { FarthestSection } from './farthest.tsx';
import { FlipsSection } from './flips.tsx';
import type { SavedState } from './saved-state.ts';
import { CriteriaSection, ScoresSection } from './scores.tsx';
import { corpusFacts, cosineText, verdictText } from './wording.ts';

export type NumericsHost = ReportHost<NumericsViewState, SavedState>;

interface AppProps {
  readonly state: NumericsViewState;
  readonly host: NumericsHost;
}

export function App({ state, host }: AppProps) {
  const { report, run } = state;
  const running = run.kind === 'running';
  return (
    <SendProvider value={host.send}>
      <div class="report-page">
        <ReportHeader
          title={
            report ? t('Numerics of {0}', report.candidate.name) : t('Numerics check of {0}', state.folder)
          }
          facts={report ? headLines(report) : []}
          exportable={report !== undefined}
          running={running}
          againTooltip={t('Check it again on the corpus as it is now')}
        />
        <RunState run={run} label={t('Checking')} cancelled={t('The check was cancelled.')} />
        {report && state.earlier && run.kind === 'idle' && (
          <div class="report-notice">
            <Notice tone="info" icon="clock">
              {t('This report is of {0}. “Run again” checks it now.', moment(report.createdAt))}
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
              question={t('Does it calculate the same?')}
              answers={[
                t('How far its embeddings lie from those of the reference, document by document'),
                t('Which labels change at the thresholds'),
                t('Whether micro-F1 falls by more than chance, and whether any number is none'),
                t('How much faster it is'),
              ]}
              action={run.kind === 'idle' ? t('Check') : t('Check again')}
              note={t('It runs on this machine and can be cancelled at any time.')}
            />
          )
        )}
      </div>
    </SendProvider>
  );
}

const headLines = (report: NumericsReport) => [
  corpusFacts(report).map((text) => ({ text })),
  [
    { text: moment(report.createdAt) },
    { text: t('took {0}', duration(report.seconds)) },
    ...(report.classifier ? [{ text: report.classifier.name, tooltip: report.classifier.path }] : []),
    { text: t('ONNX Runtime {0}', report.onnxruntime), tooltip: report.machine },
  ],
];

interface ReportProps {
  readonly report: NumericsReport;
  readonly problems: number;
  readonly host: NumericsHost;
}

const KeptReport = memo(Report);

function Report({ report, problems, host }: ReportProps) {
  const send = useSend();
  const { flips } = report.comparison;
  return (
    <>
      <p class={`numerics-verdict ${report.verdict === 'passed' ? '' : 'failed'}`}>
        {verdictText(report.verdict)}
      </p>
      <p class="report-conclusion">{report.conclusion}</p>
      {(report.notes.length > 0 || problems > 0) && (
        <div class="numerics-note">
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
        </div>
      )}
      <CriteriaSection report={report} />
      <ScoresSection report={report} />
      <DistancesSection report={report} />
      {flips && <FlipsSection report={report} flips={flips} host={host} />}
      <FarthestSection report={report} />
    </>
  );
}

function DistancesSection({ report }: { readonly report: NumericsReport }) {
  const { distances, mean, worst } = report.comparison.cosine;
  const limit = 1 - (report.criteria.find(({ name }) => name === 'worst-cosine')?.limit ?? 1);
  const spec = useMemo(() => distances && distanceChart(distances, limit), [distances, limit]);
  if (!spec) return null;
  const lead = t(
    'The number of documents by the distance of their two embeddings, 1 − cosine. The dashed line is the limit, where it lies among them.',
  );
  return (
    <Section
      title={t('How far apart are the embeddings?')}
      lead={lead}
      chart={{ name: 'numerics-distances', spec }}
    >
      <FittedChart
        spec={spec}
        label={t(
          '{0}: cosine {1} on average, {2} at worst.',
          distanceTitle(),
          cosineText(mean),
          cosineText(worst),
        )}
      />
    </Section>
  );
}
