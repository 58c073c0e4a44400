/** The files of an import, all beside the corpus it makes, so that finishing is a rename. */

export interface ImportPlaces {
  /** The corpus. */
  readonly out: string;
  /** Records so far, one JSON object a line, whatever the format of the corpus. */
  readonly partial: string;
  /** Keys of these records, which link them at the end. */
  readonly keys: string;
  /** Problems so far, one JSON object a line. */
  readonly problemLines: string;
  readonly journal: string;
  /** The finished corpus, before it takes its place. */
  readonly finished: string;
  /**
   * What could not be taken over: a JSON list. Neither JSONL nor text by its name, so that no pattern for documents or
   * corpora finds it.
   */
  readonly problems: string;
}

export const importPlaces = (out: string): ImportPlaces => ({
  out,
  partial: `${out}.partial`,
  keys: `${out}.partial.keys`,
  problemLines: `${out}.partial.problems`,
  journal: `${out}.partial.json`,
  finished: `${out}.partial.finished`,
  problems: `${out}.problems.json`,
});
