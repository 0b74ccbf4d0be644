import type { LabTime } from '@netfold/contracts';

/**
 * What there is to know of `/var/run/docker/netns` beyond the namespaces that are there: the file
 * of one that is gone stays until the engine sweeps, with nothing behind it.
 *
 * @source docker/libnetwork osl/namespace_linux.go removeUnusedPaths
 */
export type NamespaceFiles = {
  /** When the engine made its first namespace: it sweeps every minute from then on. */
  readonly since: LabTime;
  /** Whether a container was on the host's own stack: that file is never swept. */
  readonly hasHost: boolean;
  /** Names of files with nothing behind them, and since when. */
  readonly left: readonly { readonly name: string; readonly at: LabTime }[];
};
