/** The panel of an encoder's adaptation: what it takes, its curves while it goes on, and what came of the last one. */
import type {
  AdaptationReport,
  AdaptationViewIntent,
  AdaptationViewMessage,
  AdaptationViewState,
} from '../../src/protocol/adaptation-view.ts';
import { fits } from '../learning/estimate.tsx';
import '../learning/learning.css';
import { useCurves } from '../learning/use-curves.ts';
import { SendProvider } from '../report/context.ts';
import { ReportHeader } from '../report/header.tsx';
import type { SavedScroll } from '../report/mount.tsx';
import { Empty, RunState } from '../report/run-state.tsx';
import { Button } from '../ui/button.tsx';
import type { Host } from '../ui/host.ts';
import { Notice } from '../ui/notice.tsx';
import { t } from '../ui/strings.ts';
import { Curves } from './curves.tsx';
import { Setup } from './setup.tsx';
import { goalName, headLines } from './wording.ts';

export type AdaptationHost = Host<AdaptationViewMessage, AdaptationViewIntent, SavedScroll>;

interface AppProps {
  readonly state: AdaptationViewState;
  readonly host: AdaptationHost;
}

export function App({ state, host }: AppProps) {
  const { report, run, setup, choice } = state;
  const curves = useCurves(state, host);
  const running = run.kind === 'running';
  const isAbout = curves && choice;
  return (
    <SendProvider value={host.send}>
      <div class="report-page">
        <ReportHeader
          title={t('Encoder adaptation in {0}', state.folder)}
          facts={report && !isAbout && !setup ? headLines(report) : []}
          exportable={report !== undefined && !isAbout && !setup}
          running={running}
          againTooltip={t('Adapt an encoder to the patents as they are now')}
          onAgain={() => host.send({ kind: 'choose' })}
        />
        <RunState
          run={run}
          label={t('Adapting')}
          cancelled={t('Adapting was stopped. It goes on from there when it is started again.')}
        />
        {isAbout ? (
          <main>
            {!running && <Again state={state} host={host} />}
            <Curves curves={curves} goal={choice.goal} epochs={curves.history.at(-1)?.epoch ?? 0} />
          </main>
        ) : setup ? (
          !running && <Prepared state={state} host={host} />
        ) : report ? (
          <main class={running ? 'outdated' : ''} aria-busy={running}>
            {!running && state.goesOn && (
              <Notice
                tone="info"
                icon="clock"
                actions={
                  <Button small onPress={() => host.send({ kind: 'run' })}>
                    {t('Go on')}
                  </Button>
                }
              >
                <Interrupted state={state} />
              </Notice>
            )}
            <Report report={report} host={host} />
          </main>
        ) : (
          !running && <Before state={state} host={host} />
        )}
      </div>
    </SendProvider>
  );
}

/** After an adaptation that was stopped or failed: its curves stand below. */
function Again({ state: { goesOn, run }, host }: AppProps) {
  return (
    <p class="learning-actions">
      {run.kind !== 'failed' && (
        <Button primary onPress={() => host.send({ kind: 'run' })}>
          {goesOn ? t('Go on') : t('Begin anew')}
        </Button>
      )}
      <Button onPress={() => host.send({ kind: 'choose' })}>{t('Choose something else…')}</Button>
    </p>
  );
}

/** Something was chosen: what it takes, and the button that begins it. */
function Prepared({ state: { setup, choice }, host }: AppProps) {
  if (!setup) return null;
  const canBegin = setup.kind === 'ready' && fits(setup.estimate);
  return (
    <main>
      <h2 class="learning-title">{t('Before it begins')}</h2>
      {choice && setup.kind === 'ready' && (
        <p class="muted">{t('The new encoder will be called {0}.', choice.name)}</p>
      )}
      <Setup setup={setup} />
      <p class="learning-actions">
        {canBegin && (
          <Button primary onPress={() => host.send({ kind: 'run' })}>
            {t('Adapt')}
          </Button>
        )}
        {setup.kind !== 'estimating' && (
          <Button onPress={() => host.send({ kind: 'choose' })}>{t('Choose something else…')}</Button>
        )}
      </p>
      {canBegin && (
        <p class="muted">
          {t(
            'It runs on this machine, and no text leaves it. It can be stopped at any step, and goes on from there.',
          )}
        </p>
      )}
    </main>
  );
}

/** That one can be gone on with. */
function Interrupted({ state: { choice, goesOn } }: Pick<AppProps, 'state'>) {
  if (!choice || !goesOn) return null;
  return <>{t('{0}, {1}, was interrupted.', choice.name, goalName(choice.goal))}</>;
}

/** Nothing was adapted here yet. */
function Before({ state, host }: AppProps) {
  const { choice, goesOn } = state;
  return (
    <Empty
      icon="layers"
      question={t('Does the encoder know the language of your patents?')}
      answers={[
        t('It is trained on your patents without their labels; the test split is not read'),
        t('Some patents are held out; the epoch that is best on them is kept'),
        t('The result is an encoder of its own, for classifiers that fine-tune one'),
      ]}
      action={choice ? (goesOn ? t('Go on') : t('Try again')) : t('Choose an encoder…')}
      onAction={choice ? undefined : () => host.send({ kind: 'choose' })}
      note={t('It runs on this machine, and no text leaves it.')}
    >
      {choice && (
        <>
          <p>
            <Interrupted state={state} />
          </p>
          <Button onPress={() => host.send({ kind: 'choose' })}>{t('Choose something else…')}</Button>
        </>
      )}
    </Empty>
  );
}

function Report({ report, host }: Pick<AppProps, 'host'> & { readonly report: AdaptationReport }) {
  const { conclusion, notes, losses, history, bestEpoch, steps, setup, encoder } = report;
  return (
    <>
      <p class="report-conclusion">{conclusion}</p>
      <p class="learning-actions">
        <Button primary onPress={() => host.send({ kind: 'train' })}>
          {t('Train a classifier with it')}
        </Button>
        <span class="muted">{t('The encoder is in {0}.', encoder.base)}</span>
      </p>
      <Notice tone="info">
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </Notice>
      <Curves
        curves={{ losses, history, bestEpoch, steps: Math.min(steps, setup.steps) }}
        goal={setup.plan.goal}
        epochs={history.at(-1)?.epoch ?? 0}
      />
    </>
  );
}
