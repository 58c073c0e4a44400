/** The curves of a training: those of the state, or newer ones that were sent alone. */
import { useEffect, useState } from 'preact/hooks';
import type { LearningCurves } from '../../src/protocol/learning-curves.ts';
import type { Host } from '../ui/host.ts';

interface CurvesMessage<S> {
  readonly kind: 'curves';
  readonly curves: LearningCurves<S>;
}

/** Undefined while there is nothing to draw. */
export function useCurves<S, M extends { readonly kind: string }>(
  state: { readonly curves?: LearningCurves<S>; readonly report?: unknown },
  host: Pick<Host<M | CurvesMessage<S>, never, object>, 'listen'>,
): LearningCurves<S> | undefined {
  const [curves, setCurves] = useState(state.curves);
  // A report ends what was drawn alone.
  useEffect(() => setCurves(state.curves), [state.curves, state.report]);
  useEffect(
    () =>
      host.listen((message) => {
        if (isCurves(message)) setCurves(message.curves);
      }),
    [host],
  );
  const isEmpty = curves?.history.length === 0 && curves.losses.length === 0;
  return isEmpty ? undefined : curves;
}

const isCurves = <S, M extends { readonly kind: string }>(
  message: M | CurvesMessage<S>,
): message is CurvesMessage<S> => message.kind === 'curves';
