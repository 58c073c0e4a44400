/** Bounds on how long something takes, as processor time, so that a busy machine does not make a test fail. */

/** Processor time of `work` in milliseconds. */
export function cpuMilliseconds(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
