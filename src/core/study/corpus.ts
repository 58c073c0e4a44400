/** The documents of a study, by position, and what they are to it. */
import { PatentLabError } from '../errors.ts';

export interface StudyDocument {
  readonly id: string;
  readonly file: string;
  /** Positions of its labels. */
  readonly labels: readonly number[];
  /** Families and shared texts, and a synthetic document with everything it was made from. */
  readonly group: string;
  readonly role: 'real' | 'synthetic' | 'test';
  /** Of a synthetic document: positions of the documents it was made from, -1 for one that is not here. */
  readonly parents: readonly number[];
  /** Of a synthetic document: how and by which model it was made, as far as is known. */
  readonly model: string;
  readonly strategy: string;
}

export interface StudyCorpus {
  readonly labels: readonly { readonly id: string; readonly name: string }[];
  readonly documents: readonly StudyDocument[];
  /** Positions by role. */
  readonly real: Int32Array;
  readonly synthetic: Int32Array;
  readonly test: Int32Array;
}

export function studyCorpus(labels: StudyCorpus['labels'], documents: readonly StudyDocument[]): StudyCorpus {
  const of = (role: StudyDocument['role']): Int32Array =>
    Int32Array.from(documents.flatMap((document, at) => (document.role === role ? [at] : [])));
  const corpus = { labels, documents, real: of('real'), synthetic: of('synthetic'), test: of('test') };
  if (corpus.real.length < 2) throw tooFew('real training', corpus.real.length);
  if (corpus.test.length < 2) throw tooFew('real test', corpus.test.length);
  return corpus;
}

const tooFew = (what: string, count: number): PatentLabError =>
  new PatentLabError({
    code: 'study-too-small',
    message: `The study has ${count} ${what} documents; at least 2 are needed.`,
    remedy:
      'Name more labelled documents in the plan, or give some of the corpus "split": "test" so that there is something to judge on.',
  });

/** 0/1, row-major `[documents, labels]`. */
export function targetsOf({ documents, labels }: StudyCorpus): Float32Array {
  const targets = new Float32Array(documents.length * labels.length);
  documents.forEach((document, row) => {
    for (const label of document.labels) targets[row * labels.length + label] = 1;
  });
  return targets;
}

/** The generator and strategy of a synthetic document, as reports call them. */
export const cellOf = ({ model, strategy }: StudyDocument): string => `${model}/${strategy}`;
