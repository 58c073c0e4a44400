/** The head of a report: what it is about, its facts, and what can be done with it. */
import { Button } from '../ui/button.tsx';
import { t } from '../ui/strings.ts';
import { useSend } from './context.ts';

interface HeaderProps {
  readonly title: string;
  /** Lines of short facts; empty ones are left out. */
  readonly facts: readonly (readonly { readonly text: string; readonly tooltip?: string }[])[];
  /** There is something to export. */
  readonly exportable: boolean;
  readonly running: boolean;
  readonly againTooltip: string;
}

export function ReportHeader({ title, facts, exportable, running, againTooltip }: HeaderProps) {
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
          <Button
            icon="refresh"
            disabled={running}
            tooltip={againTooltip}
            onPress={() => send({ kind: 'run' })}
          >
            {t('Run again')}
          </Button>
        </div>
      )}
    </header>
  );
}
