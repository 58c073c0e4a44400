/** What stands before a run: what it would compare, on what, and how long that takes. */
import type { StudyEstimate, StudySetup, StudyViewState } from '../../src/protocol/study-view.ts';
import { Button, TextButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { placeText } from '../ui/place.ts';
import { ProgressRing } from '../ui/progress-ring.tsx';
import { plural, t } from '../ui/strings.ts';
import { useStudySend } from './context.ts';
import './setup.css';
import { about, policyName, scheduleName } from './wording.ts';

interface SetupProps {
  readonly state: StudyViewState;
  readonly setup: StudySetup;
}

export function Setup({ state, setup }: SetupProps) {
  return (
    <main class="setup">
      <Icon name="compare" class="setup-icon" />
      <h1>{t('Does synthetic data help?')}</h1>
      <p class="setup-lead">
        {t(
          'More documents also mean more training steps, and more steps move every probability past the threshold. The study trains with synthetic documents, with as many copies of real ones, with as many steps and with tuned thresholds, and tells what is left for the synthetic text itself.',
        )}
      </p>
      <SetupBody state={state} setup={setup} />
    </main>
  );
}

function SetupBody({ state, setup }: SetupProps) {
  const send = useStudySend();
  switch (setup.kind) {
    case 'estimating':
      return (
        <p class="setup-waiting" role="status">
          <ProgressRing small label={t('Estimating')} />{' '}
          {t('Looking at the documents and measuring this machine…')}
        </p>
      );
    case 'failed':
      return (
        <div class="setup-failed">
          <Notice tone="error">
            <p class="failure">{setup.error.message}</p>
            {setup.error.place && <p class="muted">{placeText(setup.error.place)}</p>}
            <p>{setup.error.remedy}</p>
          </Notice>
          <div class="setup-actions">
            {setup.noSynthetic && state.canGenerate && (
              <Button primary onPress={() => send({ kind: 'generate' })}>
                {t('Generate synthetic patents')}
              </Button>
            )}
            <Button icon="refresh" onPress={() => send({ kind: 'prepare' })}>
              {t('Try again')}
            </Button>
            <Others state={state} />
          </div>
        </div>
      );
    case 'ready':
      return <Ready state={state} estimate={setup.estimate} />;
  }
}

function Ready({ state, estimate }: { readonly state: StudyViewState; readonly estimate: StudyEstimate }) {
  const send = useStudySend();
  const { plan, arms, notes } = estimate;
  return (
    <>
      <dl class="setup-counts number">
        <Count value={estimate.real} name={t('real documents')} />
        <Count value={estimate.synthetic} name={t('synthetic')} />
        <Count value={estimate.test} name={t('to judge on')} />
      </dl>
      <p class="setup-time number">
        <Icon name="clock" /> <strong>{about(estimate.seconds)}</strong>
        <span class="muted">
          {[
            plural(plan.regimes.length, '{0} regime', '{0} regimes', integer(plan.regimes.length)),
            plural(arms, '{0} arm', '{0} arms', integer(arms)),
            plural(plan.seeds, '{0} seed', '{0} seeds', integer(plan.seeds)),
          ].join(' × ')}
          {estimate.done > 0 &&
            ` · ${t('goes on: {0} of {1} trainings are done', integer(estimate.done), integer(estimate.fits))}`}
        </span>
      </p>
      <p class="setup-more muted">
        {t(
          'Schedules: {0}. Thresholds: {1}.',
          plan.schedules.map((schedule) => scheduleName(schedule).toLocaleLowerCase()).join(', '),
          plan.thresholds.map(policyName).join(', '),
        )}
        {estimate.texts > 0 &&
          ` ${plural(
            estimate.texts,
            '{0} text is encoded first.',
            '{0} texts are encoded first.',
            integer(estimate.texts),
          )}`}
      </p>
      {notes.length > 0 && (
        <Notice tone="warning">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
      <div class="setup-actions">
        <Button primary icon="play" onPress={() => send({ kind: 'run' })}>
          {estimate.done > 0 ? t('Go on') : t('Run')}
        </Button>
        <Button icon="edit" onPress={() => send({ kind: 'edit-plan' })}>
          {t('Edit plan')}
        </Button>
        <Others state={state} />
      </div>
      <p class="muted setup-note">
        {state.plan === undefined
          ? t('By the default plan. It runs on this machine, can be cancelled, and goes on where it was.')
          : t('By {0}. It runs on this machine, can be cancelled, and goes on where it was.', state.plan)}
      </p>
    </>
  );
}

/** The ways out: to the default plan, to the report there is. */
function Others({ state }: { readonly state: StudyViewState }) {
  const send = useStudySend();
  return (
    <>
      {state.plan !== undefined && (
        <TextButton onPress={() => send({ kind: 'default-plan' })}>{t('Use the default plan')}</TextButton>
      )}
      {state.report && (
        <TextButton onPress={() => send({ kind: 'back' })}>{t('Back to the report')}</TextButton>
      )}
    </>
  );
}

function Count({ value, name }: { readonly value: number; readonly name: string }) {
  return (
    <div class="setup-count">
      <dd>{integer(value)}</dd>
      <dt class="muted">{name}</dt>
    </div>
  );
}
