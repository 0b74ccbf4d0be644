/** What ends a command: its text goes to stderr, on a line of its own. */
export class ClientError extends Error {
  readonly exitCode: number;

  /** @param message without the last newline; empty: nothing is printed */
  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The exit code of a command line that cannot be read. */
export const usageExitCode = 125;
