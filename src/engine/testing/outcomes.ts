/** Made-up outcomes, for what only passes them on. */
import type {
  ClassifyOutcome,
  Coverage,
  DocumentInfo,
  LabelPrediction,
  Prediction,
} from '../../protocol/engine.ts';

export const madeUpLabel = (id: string, probability: number, threshold = 0.5): LabelPrediction => ({
  id,
  name: `Label ${id}`,
  probability,
  threshold,
  status: probability >= threshold ? 'assigned' : 'rest',
  basis: 'trained',
  logit: Math.log(probability / (1 - probability)),
});

export const madeUpCoverage: Coverage = {
  view: 'TAC',
  sections: [],
  missing: [],
  tokens: 3,
  windows: 1,
  cut: [],
  gaps: [],
};

export interface OutcomeChanges extends Omit<Partial<Prediction>, 'document'> {
  readonly document?: Partial<DocumentInfo>;
}

export const madeUpOutcome = ({ document, ...changes }: OutcomeChanges = {}): ClassifyOutcome => ({
  kind: 'classified',
  prediction: {
    document: {
      id: 'A1',
      path: '/patents/a.xml',
      index: 0,
      format: 'us-xml',
      office: 'US',
      title: 'A wheelchair',
      span: { start: 0, end: 10 },
      partial: false,
      ...document,
    },
    labels: [madeUpLabel('walker', 0.75), madeUpLabel('hearing', 0.25)],
    coverage: madeUpCoverage,
    uncertainty: 0.5,
    elapsed: 1,
    ...changes,
  },
});

export const madeUpFailure: ClassifyOutcome = {
  kind: 'failed',
  path: '/patents/broken.xml',
  index: 2,
  error: {
    code: 'xml-malformed',
    message: 'broken.xml, line 3, column 7: "x", no.',
    remedy: 'Correct it.',
    place: { file: '/patents/broken.xml', line: 3, column: 7 },
  },
};
