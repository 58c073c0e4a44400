/** Entry of the review: connects to the host, gathers rows and details, and renders. */
import { render } from 'preact';
import { useEffect, useLayoutEffect, useReducer } from 'preact/hooks';
import type { ReviewViewIntent, ReviewViewMessage } from '../../src/protocol/review-view.ts';
import '../ui/base.css';
import { connect } from '../ui/host.ts';
import { App } from './app.tsx';
import { EMPTY, receive } from './model.ts';
import type { SavedState } from './saved-state.ts';

const host = connect<ReviewViewMessage, ReviewViewIntent, SavedState>();

function Root() {
  const [model, dispatch] = useReducer(receive, EMPTY);

  useEffect(() => {
    const stop = host.listen(dispatch);
    host.send({ kind: 'ready' });
    return stop;
  }, []);

  const { state } = model;
  useLayoutEffect(() => {
    if (state) document.body.dataset['state'] = state.loaded ? state.run.kind : 'loading';
  }, [state]);

  return state ? <App state={state} model={model} host={host} /> : null;
}

const root = document.getElementById('root');
if (root) render(<Root />, root);
