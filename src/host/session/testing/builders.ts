/** Builders for tests: a prediction with only what a test is about. */
import type { LabelPrediction, Prediction, Span } from '../../../protocol/engine.ts';

export function label(id: string, over: Partial<LabelPrediction> = {}): LabelPrediction {
  const probability = over.probability ?? 0.8;
  return {
    id,
    name: id.toUpperCase(),
    probability,
    threshold: 0.5,
    status: probability >= 0.5 ? 'assigned' : 'rest',
    basis: 'trained',
    logit: Math.log(probability / (1 - probability)),
    ...over,
  };
}

export function prediction(
  id: string,
  span: Span,
  labels: readonly LabelPrediction[] = [label('a'), label('b', { probability: 0.1 })],
): Prediction {
  return {
    document: {
      id,
      path: '/w/a.xml',
      index: 0,
      format: 'us-xml',
      office: 'US',
      title: `Title of ${id}`,
      span,
      partial: false,
    },
    labels,
    coverage: { view: 'TAC', sections: [], missing: [], tokens: 1, windows: 1, cut: [], gaps: [] },
    uncertainty: 0,
    elapsed: 1,
  };
}
