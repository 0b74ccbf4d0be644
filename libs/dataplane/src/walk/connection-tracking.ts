import type { Packet } from './packet.ts';
import { answerTo, tupleKey } from './packet.ts';

/** A connection that one stack remembers: how it came, and how its answers will come. */
class Connection {
  readonly original: Packet;
  answer: Packet;
  hasAnswer = false;
  readonly seen = new Set<string>();

  constructor(original: Packet) {
    this.original = original;
    this.answer = answerTo(original);
  }
}

/** A packet's place in its connection while it is in one stack. */
export type Tracked = {
  readonly connection: Connection;
  readonly isAnswer: boolean;
};

/** The connections of one stack, as far as one walk made them. */
export class ConnectionTable {
  readonly #connections: Connection[] = [];

  track(packet: Packet): Tracked {
    const key = tupleKey(packet);
    for (const connection of this.#connections) {
      if (tupleKey(connection.answer) === key) {
        connection.hasAnswer = true;
        return { connection, isAnswer: true };
      }
      if (tupleKey(connection.original) === key) return { connection, isAnswer: false };
    }
    const connection = new Connection(packet);
    this.#connections.push(connection);
    return { connection, isAnswer: false };
  }
}

export type ConnectionState = 'NEW' | 'ESTABLISHED' | 'RELATED';

export const stateOf = (packet: Packet, { connection, isAnswer }: Tracked): ConnectionState => {
  if (packet.isError === true && isAnswer) return 'RELATED';
  return isAnswer || connection.hasAnswer ? 'ESTABLISHED' : 'NEW';
};

/** Nat rules see the first packet of a connection only, once at each hook. */
export const isFirstAt = ({ connection, isAnswer }: Tracked, hook: string): boolean => {
  if (isAnswer || connection.hasAnswer || connection.seen.has(hook)) return false;
  connection.seen.add(hook);
  return true;
};

/** Changes where the connection goes; an empty address leaves it as it is. */
export const setDestination = (tracked: Tracked, address: string, port: number | null): void => {
  const { connection } = tracked;
  const { answer } = connection;
  connection.answer = {
    ...answer,
    source: address === '' ? answer.source : address,
    sourcePort: port ?? answer.sourcePort,
  };
};

/** Changes where the connection seems to come from. */
export const setSource = (tracked: Tracked, address: string, port: number | null): void => {
  const { connection } = tracked;
  const { answer } = connection;
  connection.answer = {
    ...answer,
    destination: address === '' ? answer.destination : address,
    destinationPort: port ?? answer.destinationPort,
  };
};

/** The destination after the first hook: translated, or for an answer translated back. */
export const withDestination = (packet: Packet, { connection, isAnswer }: Tracked): Packet => {
  const { original, answer } = connection;
  return isAnswer
    ? { ...packet, destination: original.source, destinationPort: original.sourcePort }
    : { ...packet, destination: answer.source, destinationPort: answer.sourcePort };
};

/** The source after the last hook. */
export const withSource = (packet: Packet, { connection, isAnswer }: Tracked): Packet => {
  const { original, answer } = connection;
  return isAnswer
    ? { ...packet, source: original.destination, sourcePort: original.destinationPort }
    : { ...packet, source: answer.destination, sourcePort: answer.destinationPort };
};
