/** What a script can rely on; documented in docs/reference/cli.md. */
export const exitCodes = {
  done: 0,
  /** The lab refused the command, or a check found something. */
  refused: 1,
  /** The command line itself is wrong. */
  usage: 2,
  /** No server answered, or it broke. */
  unavailable: 3,
  /** The token is missing or may not do this. */
  notAllowed: 4,
} as const;
