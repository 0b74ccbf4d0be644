import type { ExecId } from '@netfold/contracts';

/** What an exec asks for beyond the container's own settings. */
export type RunAs = {
  readonly environment: readonly string[];
  readonly user: string;
  readonly workingDir: string;
  /** `null`: as the container has it. */
  readonly tty: boolean | null;
  /** Absent: the container's own process. */
  readonly id?: ExecId;
};

/** As the container's own process runs. */
export const asContainer: RunAs = { environment: [], user: '', workingDir: '', tty: null };
