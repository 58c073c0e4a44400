/** Progress of the scripts: always on stderr, so that stdout carries results only. */

/** @param {string} text */
export function note(text) {
  process.stderr.write(`${text}\n`);
}

/** @param {number} milliseconds */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** @param {number} bytes */
export function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/**
 * Says what is going on, and how long it took once it is done.
 * @template T
 * @param {string} label
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function timed(label, work) {
  const start = performance.now();
  note(`${label} …`);
  const result = await work();
  note(`${label}: ${seconds(performance.now() - start)}`);
  return result;
}
