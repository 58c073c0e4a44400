/**
 * Refusals that keep a hostile or broken archive from costing more time and disk than its size suggests. All [ours]:
 * generous beside what offices and databases publish (weekly archives hold up to some ten thousand members, their XML
 * shrinks to a tenth), and tight beside what a bomb needs.
 */
export interface ArchiveLimits {
  readonly members: number;
  /** Bytes of all names, comments and other fields in the directory. */
  readonly directoryBytes: number;
  /** Bytes of one member, unpacked. */
  readonly memberBytes: number;
  /** Unpacked bytes for each packed one, behind {@link ratioFrom} bytes; deflate can reach 1,032. */
  readonly ratio: number;
  /** Repetitive small files shrink a lot, and cost nothing. */
  readonly ratioFrom: number;
  /** Archives inside archives; the outermost is the first. */
  readonly depth: number;
  /** Bytes of a member that must be copied to be read: an archive, a PDF, a spreadsheet, a Parquet file. */
  readonly copyBytes: number;
  /** Bytes of a member's name. */
  readonly nameBytes: number;
}

const MEGABYTE = 1024 * 1024;

export const ARCHIVE_LIMITS: ArchiveLimits = {
  members: 200_000,
  directoryBytes: 128 * MEGABYTE,
  memberBytes: 64 * 1024 * MEGABYTE,
  ratio: 250,
  ratioFrom: 16 * MEGABYTE,
  depth: 3,
  copyBytes: 4 * 1024 * MEGABYTE,
  nameBytes: 4096,
};
