/** The Import panel: what the columns of a table mean, how its first records will read, and where they go. */
import type { ImportIntent, ImportMessage, ImportState } from '../../src/protocol/import-view.ts';
import { integer } from '../ui/format.ts';
import type { Host } from '../ui/host.ts';
import { useSaved } from '../ui/saved.ts';
import { plural, t } from '../ui/strings.ts';
import './app.css';
import { Columns } from './columns.tsx';
import { Preview } from './preview.tsx';
import type { SavedState } from './saved-state.ts';
import { Target } from './target.tsx';
import { delimiterName, isBusy, sizeText } from './wording.ts';

export type ImportHost = Host<ImportMessage, ImportIntent, SavedState>;

export function App({ state, host }: { readonly state: ImportState; readonly host: ImportHost }) {
  const [unsureOnly, setUnsureOnly] = useSaved(host, 'unsureOnly', false);
  const busy = isBusy(state.run);
  return (
    <div class="import-page">
      <header class="import-header">
        <h1>{t('Import {0}', state.file.name)}</h1>
        <p class="muted">{facts(state)}</p>
      </header>
      <main class="import-main">
        <Columns
          columns={state.columns}
          vendor={state.file.vendor}
          separator={state.separator}
          disabled={busy}
          unsureOnly={unsureOnly}
          onUnsureOnly={setUnsureOnly}
          onField={(column, field) => host.send({ kind: 'set-field', column, field })}
          onSeparator={(separator) => host.send({ kind: 'set-separator', separator })}
        />
        <Preview preview={state.preview} />
      </main>
      <Target state={state} host={host} />
    </div>
  );
}

function facts({ file, columns }: ImportState): string {
  return [
    ...(file.vendor === undefined ? [] : [t('Looks like an export of {0}', file.vendor)]),
    plural(columns.length, '{0} column', '{0} columns', integer(columns.length)),
    plural(file.rows, '{0} row looked at', '{0} rows looked at', integer(file.rows)),
    t('divided by {0}', delimiterName(file.delimiter)),
    sizeText(file.size),
    ...(file.others === 0
      ? []
      : [plural(file.others, 'and {0} more to import', 'and {0} more to import', integer(file.others))]),
  ].join(' · ');
}
