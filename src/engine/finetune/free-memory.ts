/** How much memory a training may take on this machine. */
import os from 'node:os';

/** Of a Mac's memory, that it gives back where it is asked: it counts what it keeps of files as taken. [ours] */
const MAC_SHARE = 0.5;

interface Machine {
  readonly platform: string;
  /** What the system calls free, within a container's limit. Bytes. */
  readonly available: number;
  /** Bytes. */
  readonly total: number;
}

/** Bytes. */
export const freeMemory = ({ platform, available, total }: Machine = thisMachine()): number =>
  platform === 'darwin' ? Math.max(available, MAC_SHARE * total) : available;

function thisMachine(): Machine {
  // Older editors run a Node without it.
  const { availableMemory = os.freemem } = process as Partial<Pick<NodeJS.Process, 'availableMemory'>>;
  return { platform: process.platform, available: availableMemory(), total: os.totalmem() };
}
