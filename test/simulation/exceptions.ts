/** A refusal that random users cannot reach, with the spec that proves it all the same. */
export type ProvenElsewhere = {
  readonly code: string;
  /** Below the root of the repository. */
  readonly spec: string;
  /** What the spec says of it. */
  readonly mention: string;
};

/** The list may only shrink: a code that occurs all the same fails the run. */
export const refusalsProvenElsewhere: readonly ProvenElsewhere[] = [];

/** Tables that stay empty, and why. One that has rows all the same fails the run. */
export const emptyTables: readonly { readonly table: string; readonly reason: string }[] = [];
