import { chmod, mkdir, rm, unlink } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { boundServer, boundedParsing } from './http/bounded-server.ts';

/** Where clients find the engine of one lab host. */
export type HostEndpoint = {
  /** Absolute path of the unix socket. */
  readonly socketPath: string;
  /** Port on 127.0.0.1, or `null` when none was asked for. */
  readonly port: number | null;
  close(): Promise<void>;
};

/** The longest path that the kernel takes for a unix socket, bytes without the final zero. */
const socketPathMax = 107;

/** A path that is too long for the kernel: named before anything is opened. */
export class SocketPathTooLong extends Error {
  readonly path: string;

  constructor(path: string) {
    super(`the socket path \`${path}\` is longer than ${socketPathMax} bytes`);
    this.path = path;
  }
}

const listen = (server: Server, where: { path: string } | { port: number; host: string }) =>
  new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(where, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
  });

const makeServer = (listener: RequestListener, sockets: Set<Socket>): Server => {
  const server = createServer(boundedParsing, listener);
  boundServer(server, sockets, 'connection');
  return server;
};

/**
 * Opens the sockets of one lab host: a unix socket (0600 in a 0700 directory), and on request a
 * port on the loopback address. `port` 0 picks a free one; `null` opens none.
 *
 * @throws SocketPathTooLong, or what the system says
 */
export const openHostSockets = async (parts: {
  readonly listener: RequestListener;
  /** A directory of this lab's own; it is made when missing. */
  readonly directory: string;
  readonly host: string;
  readonly port: number | null;
}): Promise<HostEndpoint> => {
  const socketPath = join(parts.directory, `${parts.host}.sock`);
  if (Buffer.byteLength(socketPath) > socketPathMax) throw new SocketPathTooLong(socketPath);
  await mkdir(parts.directory, { recursive: true, mode: 0o700 });
  await chmod(parts.directory, 0o700);
  await unlink(socketPath).catch(ignoreMissing);
  const sockets = new Set<Socket>();
  const servers = [makeServer(parts.listener, sockets)];
  const [first] = servers;
  if (first !== undefined) await listen(first, { path: socketPath });
  await chmod(socketPath, 0o600);
  let port: number | null = null;
  if (parts.port !== null) {
    const server = makeServer(parts.listener, sockets);
    await listen(server, { port: parts.port, host: '127.0.0.1' });
    port = (server.address() as AddressInfo).port;
    servers.push(server);
  }
  return {
    socketPath,
    port,
    close: async () => {
      const closed = Promise.all(servers.map(closeServer));
      for (const socket of sockets) socket.destroy();
      await closed;
      await rm(socketPath, { force: true });
    },
  };
};

const ignoreMissing = (error: unknown): void => {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  if (!isMissing) throw error;
};
