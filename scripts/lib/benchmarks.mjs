/** Which benchmarks a person asks for. */

/** @param {string} file */
const nameOf = (file) => file.replace(/\.bench\.(mjs|ts)$/, '');

/**
 * By their names, or by a part of them where none is called just so; all where nothing is said.
 * @param {readonly string[]} files
 * @param {readonly string[]} words
 */
export function chosenBenchmarks(files, words) {
  if (words.length === 0) return files;
  const names = files.map(nameOf);
  return files.filter((file) =>
    words.some((word) => (names.includes(word) ? nameOf(file) === word : file.includes(word))),
  );
}
