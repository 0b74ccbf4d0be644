import { connect, failureText } from '../network/connect.ts';
import { lookUp } from '../network/lookup.ts';
import type { ToolWorld } from '../tool.ts';

/** How an attempt to reach a mirror ended; `null` of `mirrorFailure`: it answers. */
export type MirrorFailure =
  | { readonly kind: 'unresolved' }
  | { readonly kind: 'unknownName' }
  | {
      readonly kind: 'notConnected';
      readonly address: string;
      /** The C library's words, and its number of them. */
      readonly words: string;
      readonly number: number;
    }
  | { readonly kind: 'timedOut'; readonly address: string }
  /** A web server, and none that has packages. */
  | { readonly kind: 'notFound'; readonly address: string };

/** Linux errno(3). */
const numbers = { refused: 111, hostUnreachable: 113, netUnreachable: 101 } as const;

/**
 * Whether the packages behind a name are in reach of a program: its resolver, its routes and every
 * rule on the way decide. The outside machine of a lab is each mirror: what arrives there at the
 * port has arrived, also where nothing else is served by that port.
 */
export const mirrorFailure = (
  world: ToolWorld,
  { host, port }: { readonly host: string; readonly port: number },
): MirrorFailure | null => {
  const found = lookUp(world, host, [4, 6]);
  if (found.kind === 'noAnswer') return { kind: 'unresolved' };
  const address = found.kind === 'found' ? found.addresses[0] : undefined;
  if (address === undefined) return { kind: 'unknownName' };
  const { first, last, failure } = connect(world, { protocol: 'tcp', address, port }, null);
  if (first.arrivedAt !== null && !world.packets.lab.hosts.has(first.arrivedAt.host)) return null;
  if (failure === 'timedOut') return { kind: 'timedOut', address };
  if (failure !== null) {
    return {
      kind: 'notConnected',
      address,
      words: failureText[failure],
      number: numbers[failure],
    };
  }
  return last.service?.kind === 'outside' ? null : { kind: 'notFound', address };
};
