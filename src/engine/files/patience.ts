/**
 * A limit on the time that one document takes. A reader cannot be interrupted inside a document, so a file is left
 * after the document that took too long: the next ones of such a file would most likely take as long.
 */

/** Seconds; a document of the longest length allowed takes one minute on a slow machine. [ours] */
export const MOST_SECONDS = 300;

/**
 * Passes items on until one took too long to come; then it ends with what `tooSlow` makes.
 * @param now milliseconds; only what passes while an item is awaited counts, not what its reader does with it.
 */
export async function* withPatience<Item>(
  items: AsyncIterable<Item>,
  tooSlow: (seconds: number) => Item,
  most = MOST_SECONDS,
  now: () => number = () => performance.now(),
): AsyncGenerator<Item> {
  let asked = now();
  for await (const item of items) {
    const seconds = (now() - asked) / 1000;
    yield item;
    if (seconds > most) {
      yield tooSlow(seconds);
      return;
    }
    asked = now();
  }
}
