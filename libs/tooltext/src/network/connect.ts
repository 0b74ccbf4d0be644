import type { Disposition, Trace } from '@netfold/dataplane';
import type { ToolWorld } from '../tool.ts';
import { originOf } from './origin.ts';

/** How a connection went: `last` is where its bytes end, behind any docker-proxy. */
export type Connected = {
  readonly first: Trace;
  readonly last: Trace;
  /** `null`: it stands. */
  readonly failure: ConnectFailure | null;
  /** It stands, but the proxy could not reach what is behind it and closed. */
  readonly isClosedBehind: boolean;
};

export type ConnectFailure = 'refused' | 'timedOut' | 'hostUnreachable' | 'netUnreachable';

/** A kernel gives up asking for a neighbour after three seconds. */
const neighbourWaitS = 3;

/**
 * @param waitS  how long the program waits, seconds; `null`: as long as the kernel does
 */
export const connect = (
  world: ToolWorld,
  to: { readonly protocol: 'tcp' | 'udp'; readonly address: string; readonly port: number },
  waitS: number | null,
): Connected => {
  const flow = { ...originOf(world), protocol: to.protocol, destination: to.address };
  const { first, last } = world.packets.reach({ ...flow, port: to.port });
  const failure = failureOf(first.disposition, waitS);
  const isClosedBehind = failure === null && last.disposition.kind !== 'delivered';
  return { first, last, failure, isClosedBehind };
};

const failureOf = (disposition: Disposition, waitS: number | null): ConnectFailure | null => {
  switch (disposition.kind) {
    case 'delivered':
      return null;
    case 'refused':
      return 'refused';
    case 'netUnreachable':
      return 'netUnreachable';
    case 'hostUnreachable':
      return waitS !== null && waitS <= neighbourWaitS ? 'timedOut' : 'hostUnreachable';
    default:
      return 'timedOut';
  }
};

/** The C library's words. */
export const failureText: Readonly<Record<ConnectFailure, string>> = {
  refused: 'Connection refused',
  timedOut: 'Connection timed out',
  hostUnreachable: 'No route to host',
  netUnreachable: 'Network is unreachable',
};
