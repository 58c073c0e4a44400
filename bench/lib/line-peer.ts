/** Another program as a contender: one line asks it for a round, one line of JSON is the answer. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

export class LinePeer {
  /** The first line it printed. */
  readonly greeting: unknown;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    child: ChildProcessWithoutNullStreams,
    lines: AsyncIterator<string>,
    greeting: unknown,
  ) {
    this.#child = child;
    this.#lines = lines;
    this.greeting = greeting;
  }

  /** Undefined when the program cannot be started or ends before its greeting (a missing package, say). */
  static async start(command: string, given: readonly string[]): Promise<LinePeer | undefined> {
    const child = spawn(command, given, { stdio: ['pipe', 'pipe', 'pipe'] });
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.stderr.resume();
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { value, done } = await lines.next();
    return done ? undefined : new LinePeer(child, lines, JSON.parse(value));
  }

  async ask(): Promise<unknown> {
    this.#child.stdin.write('\n');
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('the peer ended before its answer');
    return JSON.parse(value) as unknown;
  }

  end(): void {
    this.#child.stdin.end();
  }
}
