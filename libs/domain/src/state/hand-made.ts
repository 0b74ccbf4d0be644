import type {
  FoundLink,
  HandMadeAddress,
  HandMadeNeighbour,
  HandMadeRoute,
  IndexedLink,
  LinkPlace,
} from '@netfold/contracts';
import type { LearntNeighbour, LearntStation } from './learnt.ts';

/** A link that somebody made with `ip link add` or `brctl addbr`. */
export type HandMadeLink = IndexedLink & {
  readonly isUp: boolean;
  /** Until then it has no queue: `qdisc noop`. */
  readonly hasBeenUp: boolean;
  /** The MAC that its fe80:: address was made of when it came up; `null` while it is down. */
  readonly linkLocalMac: string | null;
  readonly master: LinkPlace | null;
  readonly peer: LinkPlace | null;
  /** Of a bridge: once it had a port, its carrier and MAC are those of its ports. */
  readonly hasHadPort: boolean;
  /** Of a bridge: a MAC that was set stays whatever its ports have. */
  readonly isMacSet: boolean;
  /** What packets taught it; forgotten when it goes down. Absent: nothing. */
  readonly learnt?: readonly LearntNeighbour[];
  /** What a bridge heard at it while it was its port. Absent: nothing. */
  readonly stations?: readonly LearntStation[];
};

/** What was done by hand to a link of the machine or the engine. */
export type EditedLink = {
  /** As it was found first: the name under which its maker knows it. */
  readonly link: FoundLink;
  readonly isRemoved?: true;
  readonly isUp?: boolean;
  readonly name?: string;
  readonly mac?: string;
  readonly mtuBytes?: number;
  readonly master?: LinkPlace | null;
};

export type NetworkNamespace = {
  readonly name: string;
  /** As `link-netnsid` counts it, once a link of the host leads there. */
  readonly number: number | null;
};

/**
 * What was done to a host's network stacks by hand, beside what the engine made of them. Keys: see
 * `stack/stack-key.ts`. Entries stand in the order in which they were made.
 */
export type HandMade = {
  readonly namespaces: readonly NetworkNamespace[];
  /** The index given last, by stack; the host's own stack counts with the engine. */
  readonly lastIndexes: Readonly<Record<string, number>>;
  readonly links: Readonly<Record<string, HandMadeLink>>;
  readonly edited: Readonly<Record<string, EditedLink>>;
  readonly addresses: Readonly<Record<string, HandMadeAddress>>;
  readonly removedAddresses: Readonly<Record<string, true>>;
  readonly routes: Readonly<Record<string, HandMadeRoute>>;
  readonly removedRoutes: Readonly<Record<string, true>>;
  readonly neighbours: Readonly<Record<string, HandMadeNeighbour>>;
  readonly removedNeighbours: Readonly<Record<string, true>>;
  /** By stack and name. */
  readonly parameters: Readonly<Record<string, string>>;
};
