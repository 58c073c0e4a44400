/** The stored scikit-learn values (see reference.py), typed. */
import { readFileSync } from 'node:fs';

export interface ReferenceProblem {
  readonly label: number;
  readonly scales: readonly number[];
  readonly l2: number;
  readonly weights: readonly number[];
  readonly intercept: number;
  readonly objective: number;
}

export interface LogisticReference {
  readonly documents: number;
  readonly blocks: readonly number[];
  readonly labels: number;
  readonly features: readonly number[];
  /** A string of 0s and 1s a document. */
  readonly targets: readonly string[];
  readonly cases: readonly {
    readonly name: string;
    readonly interceptRidge: number;
    readonly documentWeights: readonly number[];
    readonly problems: readonly ReferenceProblem[];
  }[];
}

export interface TfidfReference {
  readonly texts: readonly string[];
  readonly idf: Readonly<Record<string, number>>;
  readonly vectors: readonly Readonly<Record<string, number>>[];
}

interface Reference {
  readonly logistic: LogisticReference;
  readonly tfidf: TfidfReference;
}

export const reference = (): Reference =>
  JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Reference;
