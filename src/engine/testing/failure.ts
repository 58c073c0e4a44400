/** What a failing promise ends with, as the report a person would get. */
import { toErrorReport, type ErrorReport } from '../../core/errors.ts';

export async function failureOf(work: Promise<unknown>): Promise<ErrorReport> {
  const result = await work.then(
    () => undefined,
    (cause: unknown) => toErrorReport(cause),
  );
  if (!result) throw new Error('it was expected to fail');
  return result;
}
