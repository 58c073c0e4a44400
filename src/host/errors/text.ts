/** How an error reads: short paths, and its place and remedy in one line where there is only one. */
import type { ErrorReport } from '../../core/errors.ts';

/** Gives a path as a person knows it: relative to the workspace. */
export type Relative = (file: string) => string;

/** The engine names files by their whole path; a person looks for the part inside the workspace. */
export function withShortPath(report: ErrorReport, relative: Relative): ErrorReport {
  const file = report.place?.file;
  return file === undefined
    ? report
    : { ...report, message: report.message.replaceAll(file, relative(file)) };
}

/** One line for a notification: message, place unless the message names it, remedy. */
export function errorText(report: ErrorReport, relative: Relative): string {
  const { message, remedy, place } = withShortPath(report, relative);
  const file = place?.file === undefined ? undefined : relative(place.file);
  const where = [file, place?.line, place?.column].filter((part) => part !== undefined).join(':');
  const isNamed = file === undefined || message.includes(file);
  return [isNamed ? message : `${message} (${where})`, remedy].filter((part) => part !== '').join(' ');
}
