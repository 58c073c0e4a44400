/** What the commands print, and where: results on stdout, everything else on stderr. */
import { formatPlace, type ErrorReport } from '../core/errors.ts';
import { makeTask, type Task } from '../engine/task.ts';

export const print = (text: string): void => {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
};

export const printJson = (value: unknown): void => print(JSON.stringify(value));

export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** `place: message`. A message that begins with its file, as of a file that stands alone, does not name it twice. */
export function placedMessage({ place, message }: ErrorReport): string {
  const where = formatPlace(place);
  const file = `${place?.file ?? ''}: `;
  return where === ''
    ? message
    : `${where}: ${message.startsWith(file) ? message.slice(file.length) : message}`;
}

/** Problems beyond these are counted, not listed. */
const PROBLEMS_SHOWN = 10;

export function noteProblems(problems: readonly ErrorReport[]): void {
  for (const problem of problems.slice(0, PROBLEMS_SHOWN)) {
    note(`${placedMessage(problem)} ${problem.remedy}`);
  }
  if (problems.length > PROBLEMS_SHOWN) note(`… and ${problems.length - PROBLEMS_SHOWN} more problems.`);
}

/** Progress as one line that is overwritten on a terminal; silent elsewhere. Ctrl+C cancels. */
export function terminalTask(): Task {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  const live = process.stderr.isTTY;
  return makeTask(
    (message, done, total) => {
      if (!live) return;
      const share = done === undefined || total === undefined ? '' : ` ${done}/${total}`;
      process.stderr.write(`\r\u001b[K${message}${share}`);
    },
    () => controller.signal.aborted,
    controller.signal,
  );
}

/** Clears the progress line. */
export const endProgress = (): void => {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
};
