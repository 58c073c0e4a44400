/** What came out of a run, in one line. */

/** The sentence that most reports end with; undefined for one that has none. */
export function conclusionOf(report: unknown): string | undefined {
  if (typeof report !== 'object' || report === null || !('conclusion' in report)) return undefined;
  const { conclusion } = report;
  return typeof conclusion === 'string' && conclusion !== '' ? conclusion : undefined;
}
