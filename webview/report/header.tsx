/** The head of a report: what it is about, its facts, and what can be done with it. */
import type { ComponentChildren } from 'preact';
import { Button } from '../ui/button.tsx';
import { t } from '../ui/strings.ts';
import { useSend } from './context.ts';

/** Lines of short facts; empty ones are left out. */
export type Facts = readonly (readonly { readonly text: string; readonly tooltip?: string }[])[];

interface HeaderProps {
  readonly title: string;
  readonly facts: Facts;
  /** There is something to export. */
  readonly exportable: boolean;
  readonly running: boolean;
  /** Whether "Run again" is possible otherwise. Default: it is. */
  readonly canRun?: boolean;
  readonly againTooltip: string;
  /** What "Run again" does. Default: it runs at once. */
  readonly onAgain?: () => void;
  /** Buttons before "Run again". */
  readonly children?: ComponentChildren;
}

export function ReportHeader(props: HeaderProps) {
  const { title, facts, exportable, running, canRun = true, againTooltip } = props;
  const send = useSend();
  return (
    <header class="report-header">
      <div class="report-titles">
        <h1>{title}</h1>
        {facts
          .filter((line) => line.length > 0)
          .map((line, at) => (
            <p key={at} class="report-facts muted number">
              {line.map(({ text, tooltip }) => (
                <span key={text} title={tooltip}>
                  {text}
                </span>
              ))}
            </p>
          ))}
      </div>
      {exportable && (
        <div class="report-actions">
          <Button icon="export" onPress={() => send({ kind: 'export', format: 'markdown' })}>
            {t('Markdown')}
          </Button>
          <Button icon="export" onPress={() => send({ kind: 'export', format: 'csv' })}>
            {t('CSV')}
          </Button>
          {props.children}
          <Button
            icon="refresh"
            disabled={running || !canRun}
            tooltip={againTooltip}
            onPress={props.onAgain ?? (() => send({ kind: 'run' }))}
          >
            {t('Run again')}
          </Button>
        </div>
      )}
    </header>
  );
}
