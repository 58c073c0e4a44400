/** One fetching of a file at a time in this process; a second caller waits for the first one's result. */
const underWay = new Map<string, Promise<unknown>>();

export async function takeOne<T>(key: string, work: () => Promise<T>): Promise<T> {
  for (;;) {
    const other = underWay.get(key);
    if (!other) break;
    // Its failure is its caller's; this one tries for itself.
    await other.catch(() => undefined);
  }
  const mine = work();
  underWay.set(key, mine);
  try {
    return await mine;
  } finally {
    underWay.delete(key);
  }
}
