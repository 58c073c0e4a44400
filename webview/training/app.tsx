/** The training panel: what training takes, its curves while it goes on, and what came of the last one. */
import type {
  TrainingCurves,
  TrainingReport,
  TrainingSetup,
  TrainingViewIntent,
  TrainingViewMessage,
  TrainingViewState,
} from '../../src/protocol/training-view.ts';
import '../learning/learning.css';
import { useCurves } from '../learning/use-curves.ts';
import { SendProvider } from '../report/context.ts';
import { ReportHeader } from '../report/header.tsx';
import { Empty, RunState } from '../report/run-state.tsx';
import { Button } from '../ui/button.tsx';
import type { Host } from '../ui/host.ts';
import { Notice } from '../ui/notice.tsx';
import { t } from '../ui/strings.ts';
import { Curves } from './curves.tsx';
import type { SavedState } from './saved-state.ts';
import { mayTrain, Setup } from './setup.tsx';
import { headLines } from './wording.ts';

export type TrainingHost = Host<TrainingViewMessage, TrainingViewIntent, SavedState>;

interface AppProps {
  readonly state: TrainingViewState;
  readonly host: TrainingHost;
}

export function App({ state, host }: AppProps) {
  const { report, run, setup } = state;
  const curves = useCurves(state, host);
  const running = run.kind === 'running';
  return (
    <SendProvider value={host.send}>
      <div class="report-page">
        <ReportHeader
          title={t('Classifier training in {0}', state.folder)}
          facts={report && !curves ? headLines(report) : []}
          exportable={report !== undefined && !curves}
          running={running}
          canRun={mayTrain(setup)}
          againTooltip={t('Train on the documents as they are now')}
        >
          <Choose host={host} />
        </ReportHeader>
        <RunState
          run={run}
          label={t('Training')}
          cancelled={t('Training was stopped. It goes on from there when it is started again.')}
        />
        {curves ? (
          <main>
            {!running && setup && <Next setup={setup} host={host} />}
            {!running && run.kind !== 'failed' && mayTrain(setup) && <Again host={host} />}
            <Curves curves={curves} epochs={epochsOf(curves)} />
          </main>
        ) : report ? (
          <main class={running ? 'outdated' : ''} aria-busy={running}>
            {!running && setup && <Next setup={setup} host={host} />}
            <Report report={report} host={host} />
          </main>
        ) : (
          !running && <Before state={state} host={host} />
        )}
      </div>
    </SendProvider>
  );
}

/** Epochs that were validated: how many there will be is not known, since training ends when none is better. */
const epochsOf = ({ history }: TrainingCurves): number => Math.max(3, history.at(-1)?.epoch ?? 0);

const Choose = ({ host }: Pick<AppProps, 'host'>) => (
  <Button onPress={() => host.send({ kind: 'choose-family' })}>{t('Choose what is trained…')}</Button>
);

/** After a training that was stopped: its curves stand below. */
const Again = ({ host }: Pick<AppProps, 'host'>) => (
  <p class="learning-actions">
    <Button primary onPress={() => host.send({ kind: 'run' })}>
      {t('Go on')}
    </Button>
  </p>
);

/** Above what came of the last training: what the next one would take. */
function Next({ setup, host }: Pick<AppProps, 'host'> & { readonly setup: TrainingSetup }) {
  return (
    <section aria-labelledby="next-training">
      <h2 id="next-training" class="learning-title">
        {t('What training would take')}
      </h2>
      <Setup setup={setup} />
      <Instead setup={setup} host={host} />
    </section>
  );
}

/** Where training with curves is not offered: a head is trained at once; for the rest there may be room by now. */
function Instead({ setup, host }: Pick<AppProps, 'host'> & { readonly setup: TrainingSetup }) {
  if (mayTrain(setup)) return null;
  return (
    <p class="learning-actions">
      {setup.kind === 'frozen' ? (
        <Button primary onPress={() => host.send({ kind: 'train-head' })}>
          {t('Train')}
        </Button>
      ) : (
        <Button onPress={() => host.send({ kind: 'estimate' })}>{t('Estimate again')}</Button>
      )}
    </p>
  );
}

function Before({ state: { run, setup }, host }: AppProps) {
  return (
    <Empty
      icon="search"
      question={t('Would the classifier be better if the encoder learned too?')}
      answers={[
        t('Some documents are held out; the epoch that is best on them is kept'),
        t('Where none is better than the frozen encoder, that one is kept'),
        t('Training can be stopped at any step, and goes on from there'),
      ]}
      action={mayTrain(setup) ? (run.kind === 'idle' ? t('Train') : t('Train again')) : undefined}
      note={t('It runs on this machine, and no text leaves it.')}
    >
      {setup && (
        <>
          <Setup setup={setup} />
          <Instead setup={setup} host={host} />
        </>
      )}
      <Choose host={host} />
    </Empty>
  );
}

function Report({ report, host }: Pick<AppProps, 'host'> & { readonly report: TrainingReport }) {
  const { conclusion, notes, losses, history, bestEpoch, steps, setup } = report;
  return (
    <>
      <p class="report-conclusion">{conclusion}</p>
      {notes.length > 0 && (
        <Notice
          tone="info"
          actions={
            <Button small onPress={() => host.send({ kind: 'open-card' })}>
              {t('Open card')}
            </Button>
          }
        >
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      <Curves
        curves={{ losses, history, bestEpoch, steps: Math.min(steps, setup.steps) }}
        epochs={epochsOf({ losses, history, bestEpoch, steps })}
      />
    </>
  );
}
