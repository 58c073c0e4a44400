/** Entry of the leakage audit: connects to the host, renders its state, and remembers where one was. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { AuditViewIntent, AuditViewMessage, AuditViewState } from '../../src/protocol/audit-view.ts';
import '../ui/base.css';
import { connect } from '../ui/host.ts';
import { App } from './app.tsx';
import type { SavedState } from './saved-state.ts';

const host = connect<AuditViewMessage, AuditViewIntent, SavedState>();

function Root() {
  const [state, setState] = useState<AuditViewState>();
  const report = state?.report?.createdAt;

  useEffect(() => {
    const stop = host.listen((message) => {
      if (message.kind === 'state') setState(message.state);
      else setState((state) => state && { ...state, run: message.run });
    });
    host.send({ kind: 'ready' });
    return stop;
  }, []);

  useLayoutEffect(() => {
    if (state) document.body.dataset['state'] = state.report ? 'report' : state.run.kind;
  }, [state]);

  useLayoutEffect(() => {
    if (report === undefined) return;
    window.scrollTo({ top: host.saved().scroll ?? 0, behavior: 'instant' });
    let pending = 0;
    const remember = (): void => {
      window.clearTimeout(pending);
      pending = window.setTimeout(() => host.save({ scroll: window.scrollY }), 150);
    };
    window.addEventListener('scroll', remember, { passive: true });
    return () => {
      window.clearTimeout(pending);
      window.removeEventListener('scroll', remember);
    };
  }, [report]);

  return state ? <App state={state} host={host} /> : null;
}

const root = document.getElementById('root');
if (root) render(<Root />, root);
