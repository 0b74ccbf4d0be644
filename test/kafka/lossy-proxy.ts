import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/**
 * `request`: the connection breaks before the broker got the records.
 * `reply`: the broker stored the records, and the connection breaks before it could say so.
 */
export type Loss = 'request' | 'reply';

export type LossyProxy = {
  /** Says for each Produce request, by its number from 0 on, what is to be lost. */
  lose(plan: (produceRequest: number) => Loss | null): void;
  readonly lost: { request: number; reply: number };
  close(): Promise<void>;
};

const produceApiKey = 0;
const lengthBytes = 4;
/** After the length: api key (2 bytes), its version (2), correlation id (4). */
const correlationIdAt = lengthBytes + 4;

/** Stands between a client and a broker and reads as much of the protocol as it must. */
export async function startLossyProxy(ports: {
  readonly listen: number;
  readonly broker: number;
}): Promise<LossyProxy> {
  const lost = { request: 0, reply: 0 };
  const sockets = new Set<Socket>();
  let plan: (produceRequest: number) => Loss | null = () => null;
  let produceRequests = 0;
  const server = createServer((client) => {
    const broker = connect(ports.broker, '127.0.0.1');
    const repliesToLose = new Set<number>();
    const cut = (): void => {
      client.destroy();
      broker.destroy();
    };
    for (const socket of [client, broker]) {
      sockets.add(socket);
      socket.once('close', () => {
        sockets.delete(socket);
        cut();
      });
      // A broken connection is what this proxy is for; 'close' follows.
      socket.on('error', cut);
    }
    onFrames(client, (frame) => {
      const isProduce = frame.readInt16BE(lengthBytes) === produceApiKey;
      const loss = isProduce ? plan(produceRequests++) : null;
      if (loss === 'request') {
        lost.request += 1;
        cut();
        return;
      }
      if (loss === 'reply') repliesToLose.add(frame.readInt32BE(correlationIdAt));
      broker.write(frame);
    });
    onFrames(broker, (frame) => {
      if (repliesToLose.has(frame.readInt32BE(lengthBytes))) {
        lost.reply += 1;
        cut();
        return;
      }
      client.write(frame);
    });
  }).listen(ports.listen, '127.0.0.1');
  await once(server, 'listening');
  return {
    lose: (next) => {
      plan = next;
      produceRequests = 0;
    },
    lost,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Cuts a stream into frames: four bytes of length, then so many bytes. */
function onFrames(socket: Socket, onFrame: (frame: Buffer) => void): void {
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= lengthBytes) {
      const end = lengthBytes + rest.readInt32BE(0);
      if (rest.length < end) return;
      const frame = rest.subarray(0, end);
      rest = rest.subarray(end);
      onFrame(frame);
    }
  });
}
