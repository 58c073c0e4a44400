/** Where the corpus goes, the import itself, and what came of it. Sticks to the bottom of the panel. */
import { useEffect, useState } from 'preact/hooks';
import type { ImportRun, ImportState } from '../../src/protocol/import-view.ts';
import type { ImportResult } from '../../src/protocol/import.ts';
import { Button, TextButton } from '../ui/button.tsx';
import { integer } from '../ui/format.ts';
import { Icon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { plural, t } from '../ui/strings.ts';
import type { ImportHost } from './app.tsx';
import { placeText } from '../ui/place.ts';
import { CheckBox } from './check-box.tsx';
import './target.css';
import { isBusy } from './wording.ts';

interface TargetProps {
  readonly state: ImportState;
  readonly host: ImportHost;
}

export function Target({ state, host }: TargetProps) {
  const busy = isBusy(state.run);
  return (
    <footer class="target">
      <Outcome run={state.run} host={host} />
      <div class="target-row">
        <OutField out={state.out} disabled={busy} onChange={(out) => host.send({ kind: 'set-out', out })} />
        <Button disabled={busy} onPress={() => host.send({ kind: 'choose-out' })}>
          {t('Choose…')}
        </Button>
        <Actions state={state} host={host} />
      </div>
      <div class="target-row notes">
        <CheckBox
          label={t('Remember this mapping for tables with these columns')}
          checked={state.remember}
          disabled={busy}
          onChange={(remember) => host.send({ kind: 'set-remember', remember })}
        />
        {state.outExists && !busy && state.run.kind !== 'done' && (
          <span class="target-exists">
            <Icon name="warning" />
            {t('This file is there already.')}
          </span>
        )}
      </div>
    </footer>
  );
}

function Actions({ state, host }: TargetProps) {
  if (isBusy(state.run)) {
    return <Button onPress={() => host.send({ kind: 'cancel' })}>{t('Cancel')}</Button>;
  }
  if (state.outExists && state.run.kind !== 'done') {
    return (
      <>
        <Button primary onPress={() => host.send({ kind: 'import', existing: 'append' })}>
          {t('Add to It')}
        </Button>
        <Button onPress={() => host.send({ kind: 'import', existing: 'overwrite' })}>
          {t('Replace It')}
        </Button>
      </>
    );
  }
  const again = state.run.kind === 'cancelled';
  return (
    <Button
      primary
      disabled={state.run.kind === 'done'}
      onPress={() => host.send({ kind: 'import', existing: 'refuse' })}
    >
      {again ? t('Continue') : t('Import')}
    </Button>
  );
}

interface OutFieldProps {
  readonly out: string;
  readonly disabled: boolean;
  readonly onChange: (out: string) => void;
}

/** What is typed counts when the field is left or Enter is pressed. */
function OutField({ out, disabled, onChange }: OutFieldProps) {
  const [text, setText] = useState(out);
  useEffect(() => setText(out), [out]);
  const commit = (): void => {
    if (text.trim() !== '' && text !== out) onChange(text.trim());
    else setText(out);
  };
  return (
    <label class="target-out">
      <span>{t('Corpus file')}</span>
      <input
        class="input"
        type="text"
        spellcheck={false}
        disabled={disabled}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit();
          else if (event.key === 'Escape') setText(out);
        }}
      />
    </label>
  );
}

interface OutcomeProps {
  readonly run: ImportRun;
  readonly host: ImportHost;
}

function Outcome({ run, host }: OutcomeProps) {
  switch (run.kind) {
    case 'idle':
      return null;
    case 'running':
      return <Running run={run} />;
    case 'cancelled':
      return (
        <Notice tone="info">
          <p role="status">{t('Cancelled. What was read is kept: importing again goes on from here.')}</p>
        </Notice>
      );
    case 'failed':
      return (
        <Notice
          tone="error"
          actions={
            run.error.code === 'usage' && (
              <Button small onPress={() => host.send({ kind: 'start-anew' })}>
                {t('Start Anew')}
              </Button>
            )
          }
        >
          <p>{run.error.message}</p>
          <p class="muted">{run.error.remedy}</p>
        </Notice>
      );
    case 'done':
      return <Done result={run.result} host={host} />;
  }
}

function Running({ run }: { readonly run: Extract<ImportRun, { kind: 'running' }> }) {
  const { message, done, total } = run;
  const known = done !== undefined && total !== undefined && total > 0;
  return (
    <div class="target-running">
      <p role="status" class="number">
        {message}
      </p>
      <div
        class={`import-bar ${known ? '' : 'unknown'}`}
        role="progressbar"
        aria-label={t('Importing')}
        aria-valuemin={0}
        aria-valuemax={known ? total : undefined}
        aria-valuenow={known ? done : undefined}
      >
        <span class="import-fill" style={{ '--value': known ? done / total : 0 }} />
      </div>
    </div>
  );
}

function Done({ result, host }: { readonly result: ImportResult; readonly host: ImportHost }) {
  const listed = result.problems;
  return (
    <div class="target-done">
      <p role="status" class="target-summary">
        <Icon name="pass" />
        <strong class="number">
          {plural(result.added, '{0} record imported', '{0} records imported', integer(result.added))}
        </strong>
        <span class="muted number">{details(result).join(' · ')}</span>
        <span class="target-buttons">
          <Button small primary onPress={() => host.send({ kind: 'open-corpus' })}>
            {t('Open Corpus')}
          </Button>
          {result.problemCount > 0 && (
            <Button small onPress={() => host.send({ kind: 'show-problems' })}>
              {t('Show Problems')}
            </Button>
          )}
        </span>
      </p>
      {listed.length > 0 && (
        <ul class="target-problems" aria-label={t('Problems')}>
          {listed.map((problem, index) => (
            <li key={index}>
              <Icon name="warning" />
              <TextButton tooltip={problem.remedy} onPress={() => host.send({ kind: 'open-problem', index })}>
                {problem.message}
              </TextButton>
              {problem.place && <span class="muted number">{placeText(problem.place)}</span>}
            </li>
          ))}
          {result.problemCount > listed.length && (
            <li class="muted">{t('and {0} more', integer(result.problemCount - listed.length))}</li>
          )}
        </ul>
      )}
    </div>
  );
}

function details(result: ImportResult): readonly string[] {
  const { records, added, groups, grouped, sameText, duplicateIds, failed, withGaps } = result;
  return [
    ...(records > added ? [t('{0} in the corpus', integer(records))] : []),
    ...(groups > 0
      ? [t('{0} share a text or family, in {1} groups', integer(grouped), integer(groups))]
      : []),
    ...(sameText > 0 ? [t('{0} repeat a text', integer(sameText))] : []),
    ...(withGaps > 0 ? [t('{0} with gaps', integer(withGaps))] : []),
    ...(duplicateIds > 0 ? [t('{0} left out: id taken', integer(duplicateIds))] : []),
    ...(failed > 0 ? [t('{0} failed', integer(failed))] : []),
  ];
}
