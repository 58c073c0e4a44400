/** The name of an archive's member as a path: what it is shown as, and whether it is one at all. */
import path from 'node:path';

export interface MemberPath {
  /** With forward slashes; control characters made visible. */
  readonly name: string;
  /** What is wrong with it, in words for a person. */
  readonly problem: string | undefined;
  /** Its path with the archive as a folder. */
  shownIn(archive: string): string;
}

export function memberPath(raw: string, longest: number): MemberPath {
  const problem = problemOf(raw, longest);
  const segments = raw.split('/').filter((segment) => segment !== '' && segment !== '.');
  // Control characters must not reach a terminal or a list.
  const visible = raw.replace(/[\0-\x1f\x7f]/g, '\ufffd').slice(0, longest);
  const name = problem === undefined ? segments.join('/') : visible;
  return {
    name,
    problem,
    // A name that is no path below the archive stands for the archive itself.
    shownIn: (archive) => (problem === undefined ? joinMember(archive, segments) : archive),
  };
}

/** Path of a member with its archive as a folder, as the machine writes paths. */
export const joinMember = (archive: string, segments: readonly string[]): string =>
  [archive, ...segments].join(path.sep);

function problemOf(raw: string, longest: number): string | undefined {
  if (raw.length > longest) return 'Its name is too long.';
  if (/^\/|^[a-z]:/i.test(raw)) return 'Its name is an absolute path, which no archive should have.';
  if (raw.split('/').includes('..')) return 'Its name leads out of the archive.';
  if (/[\0-\x1f\x7f]/.test(raw)) return 'Its name has control characters.';
  if (/^[./]*$/.test(raw)) return 'It has no name.';
  return undefined;
}
