/** The engine's steps as VS Code's progress: it wants increments, the engine counts. */
import type { Progress as EngineProgress } from '../protocol/engine.ts';

interface Sink {
  report(value: { message?: string; increment?: number }): void;
}

export class ProgressReporter {
  readonly #sink: Sink;
  #percent = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  /** A step that starts to count anew does not move the bar back. */
  report(progress: EngineProgress): void {
    if (progress.kind !== 'step') return;
    const { message, done, total } = progress;
    if (done === undefined || total === undefined || total <= 0) return this.#sink.report({ message });
    const percent = Math.min(100, (100 * done) / total);
    const increment = Math.max(0, percent - this.#percent);
    this.#percent = Math.max(this.#percent, percent);
    this.#sink.report({ message, increment });
  }
}
