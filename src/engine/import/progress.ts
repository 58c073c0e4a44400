/** How far an import is and how fast it goes, as numbers and in words. */

export interface ImportProgress {
  /** Documents read in all, and in this run. */
  readonly documents: number;
  /** Bytes of the inputs that are dealt with, of `totalBytes`; close to it while a file is being read. */
  readonly bytes: number;
  readonly totalBytes: number;
  /** The records are being linked and put in place. */
  readonly finishing: boolean;
  readonly documentsPerSecond: number;
  readonly bytesPerSecond: number;
  /** Absent until the speed is known. */
  readonly secondsLeft?: number;
}

/** Speeds are told once this much time has passed; before that they mean little. [ours] */
const SETTLED_MS = 1000;
/** Progress is told this often. [ours] */
const TELL_MS = 200;

/** Measures the speed of this run: what an interrupted one had done already is no speed. */
export class Pace {
  readonly #now: () => number;
  readonly #started: number;
  readonly #totalBytes: number;
  #startDocuments = 0;
  #startBytes = 0;
  #lastTold = -Infinity;

  constructor(totalBytes: number, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#started = now();
    this.#totalBytes = totalBytes;
  }

  get seconds(): number {
    return (this.#now() - this.#started) / 1000;
  }

  /** What was done before this run. */
  startAt(documents: number, bytes: number): void {
    this.#startDocuments = documents;
    this.#startBytes = bytes;
  }

  /** Whether it is time to tell progress again. */
  isDue(): boolean {
    const now = this.#now();
    if (now - this.#lastTold < TELL_MS) return false;
    this.#lastTold = now;
    return true;
  }

  progress(documents: number, bytes: number, finishing = false): ImportProgress {
    const totalBytes = this.#totalBytes;
    const elapsed = this.#now() - this.#started;
    const perSecond = (amount: number): number => (elapsed <= 0 ? 0 : (1000 * Math.max(0, amount)) / elapsed);
    const bytesPerSecond = perSecond(bytes - this.#startBytes);
    const known = elapsed >= SETTLED_MS && bytesPerSecond > 0 && !finishing;
    return {
      documents,
      bytes: Math.min(bytes, totalBytes),
      totalBytes,
      finishing,
      documentsPerSecond: perSecond(documents - this.#startDocuments),
      bytesPerSecond,
      ...(known ? { secondsLeft: Math.max(0, totalBytes - bytes) / bytesPerSecond } : {}),
    };
  }
}

/** `12,345 documents · 210 of 700 MB · 24.1 MB/s · 1,210 documents/s · 20 s left` */
export function progressText(progress: ImportProgress): string {
  const { documents, bytes, totalBytes, bytesPerSecond, documentsPerSecond, secondsLeft } = progress;
  const count = `${integer(documents)} documents`;
  if (progress.finishing) return `${count} · linking families and texts`;
  return [
    count,
    `${megabytes(bytes)} of ${megabytes(totalBytes)} MB`,
    ...(secondsLeft === undefined
      ? []
      : [
          `${megabytes(bytesPerSecond)} MB/s`,
          `${integer(Math.round(documentsPerSecond))} documents/s`,
          `${duration(secondsLeft)} left`,
        ]),
  ].join(' · ');
}

export const integer = (value: number): string => value.toLocaleString('en');

export const megabytes = (bytes: number): string => {
  const value = bytes / 1e6;
  return value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 1 : 0 });
};

export function duration(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (whole < 90) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
