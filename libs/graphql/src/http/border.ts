import type { IncomingHttpHeaders } from 'node:http';
import { failure } from '../failure/failure.ts';

/** Who may knock: names that requests may call this server by, and pages that may send them. */
export type Border = {
  /** Host names without port, e.g. `localhost`; a request that calls another is refused. */
  readonly hosts: readonly string[];
};

/** Names of the machine itself; a page elsewhere can make a browser connect, not say these. */
export const loopbackHosts: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Against DNS rebinding and requests from foreign pages: the `Host` must be one of ours, and so
 * must the `Origin` where there is one. Programs send none.
 *
 * @throws HOST_NOT_ALLOWED, ORIGIN_NOT_ALLOWED
 */
export function demandWithinBorder(headers: IncomingHttpHeaders, { hosts }: Border): void {
  if (!hosts.includes(hostNameOf(`http://${headers.host ?? ''}`))) {
    throw failure('HOST_NOT_ALLOWED', 'this server does not go by that name');
  }
  const { origin } = headers;
  if (origin !== undefined && !hosts.includes(hostNameOf(origin))) {
    throw failure('ORIGIN_NOT_ALLOWED', 'pages of that origin may not ask this server');
  }
}

/** Empty for what is no URL, the origin `null` among it. */
function hostNameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
