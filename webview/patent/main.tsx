/** Entry of the Patent view: connects to the host, renders its state, and remembers where one was. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { PatentViewIntent, PatentViewMessage, PatentViewState } from '../../src/protocol/patent-view.ts';
import '../ui/base.css';
import { connect } from '../ui/host.ts';
import { App, type WantedTab } from './app.tsx';
import { EMPTY } from './context.ts';
import type { SavedState } from './saved-state.ts';

const host = connect<PatentViewMessage, PatentViewIntent, SavedState>();

function Root() {
  const [state, setState] = useState<PatentViewState>();
  const [wanted, setWanted] = useState<WantedTab>();
  const uri = state && 'uri' in state.active ? state.active.uri : '';

  useEffect(() => {
    const stop = host.listen((message) => {
      if (message.kind === 'state') setState(message.state);
      else setWanted({ tab: message.tab });
    });
    host.send({ kind: 'ready' });
    return stop;
  }, []);

  useLayoutEffect(() => {
    if (state) document.body.dataset['state'] = state.active.kind;
  }, [state]);

  // A document is shown from its top, except the one that was left: it comes back where it was.
  useLayoutEffect(() => {
    if (uri === '') return;
    const { uri: savedUri, scroll = 0 } = host.saved();
    window.scrollTo({ top: savedUri === uri ? scroll : 0, behavior: 'instant' });
    let pending = 0;
    const remember = (): void => {
      window.clearTimeout(pending);
      pending = window.setTimeout(() => host.save({ uri, scroll: window.scrollY }), 150);
    };
    window.addEventListener('scroll', remember, { passive: true });
    return () => {
      window.clearTimeout(pending);
      window.removeEventListener('scroll', remember);
    };
  }, [uri]);

  return <App state={state ?? EMPTY} ready={state !== undefined} wanted={wanted} host={host} />;
}

const root = document.getElementById('root');
if (root) render(<Root />, root);
