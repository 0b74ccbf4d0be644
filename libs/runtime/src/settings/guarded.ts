import { isIPv4 } from 'node:net';
import { NetfoldProblem } from '@netfold/configuration';

/** Where a service listens, and the names by which a proxy in front of it is called. */
export type Listening = {
  readonly address: string;
  readonly behindProxy: readonly string[];
};

/**
 * A service speaks no TLS itself. So it listens on loopback, or somebody has declared that nobody
 * reaches it but through a proxy.
 *
 * @throws NetfoldProblem
 */
export function demandGuarded({ address, behindProxy }: Listening): void {
  if (isLoopback(address) || behindProxy.length > 0) return;
  throw new NetfoldProblem({
    code: 'NF1504',
    problem: 'tokens would cross the network unprotected',
    cause: `NETFOLD_ADDRESS is ${address}, which is not loopback, and no proxy is declared`,
    fix:
      'put a proxy with TLS in front, let nobody else reach the service, and set ' +
      'NETFOLD_BEHIND_PROXY to the host names that the proxy is called by; or listen on 127.0.0.1',
  });
}

/** Whether only programs of this machine reach the address. */
export const isLoopback = (address: string): boolean =>
  isIPv4(address) ? address.startsWith('127.') : address === '::1';
