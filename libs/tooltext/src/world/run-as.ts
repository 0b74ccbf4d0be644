/** What an exec asks for beyond the container's own settings. */
export type RunAs = {
  readonly environment: readonly string[];
  readonly user: string;
  readonly workingDir: string;
  readonly tty: boolean;
};

/** As the container's own process runs. */
export const asContainer: RunAs = { environment: [], user: '', workingDir: '', tty: false };
