/** Entry of the folder table: connects to the host and gathers the rows, which arrive in batches. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useReducer } from 'preact/hooks';
import type { TableIntent, TableMessage, TableRow, TableState } from '../../src/protocol/table-view.ts';
import '../ui/base.css';
import { connect } from '../ui/host.ts';
import { App } from './app.tsx';
import type { SavedState } from './saved-state.ts';

const host = connect<TableMessage, TableIntent, SavedState>();

interface Model {
  readonly state: TableState | undefined;
  readonly rows: readonly TableRow[];
}

function receive(model: Model, message: TableMessage): Model {
  switch (message.kind) {
    case 'state':
      return { ...model, state: message.state };
    case 'rows':
      return { ...model, rows: merge(model.rows, message.rows) };
  }
}

/** A row that is sent again replaces the one that stands there. */
function merge(rows: readonly TableRow[], added: readonly TableRow[]): readonly TableRow[] {
  const byKey = new Map(rows.map((row) => [row.key, row]));
  for (const row of added) byKey.set(row.key, row);
  return [...byKey.values()];
}

function Root() {
  const [{ state, rows }, dispatch] = useReducer(receive, { state: undefined, rows: [] });

  useEffect(() => {
    const stop = host.listen(dispatch);
    host.send({ kind: 'ready' });
    return stop;
  }, []);

  useLayoutEffect(() => {
    if (state)
      document.body.dataset['state'] = state.running ? 'running' : state.cancelled ? 'cancelled' : 'done';
  }, [state]);

  return state ? <App state={state} rows={rows} host={host} /> : null;
}

const root = document.getElementById('root');
if (root) render(<Root />, root);
