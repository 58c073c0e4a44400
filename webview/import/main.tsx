/** Entry of the Import panel: connects to the host and shows the state it sends. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { ImportIntent, ImportMessage, ImportState } from '../../src/protocol/import-view.ts';
import '../ui/base.css';
import { connect } from '../ui/host.ts';
import { App } from './app.tsx';
import type { SavedState } from './saved-state.ts';

const host = connect<ImportMessage, ImportIntent, SavedState>();

function Root() {
  const [state, setState] = useState<ImportState>();

  useEffect(() => {
    const stop = host.listen((message) => setState(message.state));
    host.send({ kind: 'ready' });
    return stop;
  }, []);

  useLayoutEffect(() => {
    if (!state) return;
    const { run, preview } = state;
    document.body.dataset['state'] = run.kind === 'idle' ? `preview-${preview.kind}` : run.kind;
  }, [state]);

  return state ? <App state={state} host={host} /> : null;
}

const root = document.getElementById('root');
if (root) render(<Root />, root);
